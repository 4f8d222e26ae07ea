package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

/** Audits of rows whose attribute is unknown, or known by probabilities only. */
class UncertainGroupsTest {
  private static final AuditSettings FREQUENCY =
      AuditSettings.builder().weights(WeightKind.FREQUENCY).build();

  private static final AuditSettings FEW_DRAWS =
      AuditSettings.builder().draws(99).weights(WeightKind.FREQUENCY).build();

  private static final int[] TARGETS = {0, 0, 1, 1, 0, 1};
  private static final int[] DECISIONS = {0, 1, 1, 1, 0, 0};

  private static AuditResult audit(Attribute attribute, double[] weights, AuditSettings settings) {
    LabelledSet set = Cells.set(Cells.target(2, TARGETS), attribute, weights);
    return Audit.of(set, new Answers.Hard(set.target().classes(), DECISIONS), settings);
  }

  private static double[] times(int n) {
    double[] weights = new double[TARGETS.length];
    Arrays.fill(weights, n);
    return weights;
  }

  @Test
  void rows_of_unknown_value_count_in_overall_accuracy_alone() {
    Attribute attribute = Cells.attribute(2, 0, 1, 0, 1, Attribute.UNKNOWN, Attribute.UNKNOWN);

    AuditResult result = audit(attribute, times(20), FREQUENCY);

    assertThat(result.rows()).isEqualTo(120);
    // Four of six decisions are right.
    assertThat(((Known) result.overallAccuracy()).value()).isCloseTo(4 / 6.0, within(1e-15));
    AttributeAudit audit = result.attribute("g");
    assertThat(audit.coverage()).isEqualTo(new Coverage(80, 40, false, List.of()));
    assertThat(audit.groups())
        .extracting(g -> g.target() + g.attributeValue() + " " + g.correct() + "/" + g.n())
        .containsExactly("0a 20.0/20.0", "0b 0.0/20.0", "1a 20.0/20.0", "1b 20.0/20.0");
    assertThat(audit.values().stream().mapToDouble(ValueMetrics::n).sum()).isEqualTo(80);
  }

  @Test
  void an_attribute_that_is_known_for_a_handful_of_rows_is_refused() {
    Attribute attribute = Cells.attribute(2, 0, 1, 0, 1, Attribute.UNKNOWN, Attribute.UNKNOWN);

    assertThatThrownBy(() -> audit(attribute, times(7), FREQUENCY))
        .isInstanceOf(AuditException.class)
        .hasMessage(
            "Attribute 'g' is known for only 28 of 42 rows; an audit needs at least 30,"
                + " so add the missing values.");
  }

  @Test
  void certain_probabilities_give_the_figures_of_certain_values() {
    int[] codes = {0, 1, 0, 1, 1, 0};
    double[] probabilities = new double[2 * codes.length];
    IntStream.range(0, codes.length).forEach(row -> probabilities[2 * row + codes[row]] = 1);
    Attribute certain = Cells.attribute(2, codes);
    Attribute probable = new Attribute("g", certain.values(), codes, Optional.of(probabilities));

    AttributeAudit byValue = audit(certain, times(30), FREQUENCY).attribute("g");
    AttributeAudit byProbability = audit(probable, times(30), FREQUENCY).attribute("g");

    assertThat(byProbability.groups()).isEqualTo(byValue.groups());
    assertThat(byProbability.values()).isEqualTo(byValue.values());
    assertThat(byProbability.modelBias()).isEqualTo(byValue.modelBias());
    assertThat(byProbability.coverage().byProbability()).isTrue();
  }

  @Test
  void a_row_counts_in_every_group_with_its_probability() {
    double[] probabilities = {1, 0, 0.25, 0.75, 0.5, 0.5, 0, 1, 0, 1, 1, 0};
    Attribute probable =
        new Attribute(
            "g", List.of("a", "b"), new int[] {0, 1, 0, 1, 1, 0}, Optional.of(probabilities));

    AttributeAudit audit = audit(probable, times(100), FEW_DRAWS).attribute("g");

    // Of class 0, rows 0, 1 and 4 (of which 1 is wrong) are a with 1, ¼, 0 and b with 0, ¾, 1.
    assertThat(audit.groups())
        .extracting(g -> g.target() + g.attributeValue() + " " + g.correct() + "/" + g.n())
        .containsExactly("0a 100.0/125.0", "0b 100.0/175.0", "1a 50.0/150.0", "1b 150.0/150.0");
  }

  /**
   * Rows of probability p are right with an accuracy that depends on class and p alone, so that
   * weighting by p estimates the groups' accuracies without bias: E(p·accuracy) / E(p).
   */
  @Test
  void intervals_hold_the_truth_although_rows_are_spread_over_groups() {
    for (double slope : new double[] {0, 0.1, 0.25}) {
      int repetitions = 1_000;
      int[] held = new int[4];
      for (int repetition = 0; repetition < repetitions; repetition++) {
        count(simulated(slope, 240, repetition), slope, held);
      }
      for (int figure : held) {
        assertThat(figure / (double) repetitions).as("slope %s", slope).isGreaterThan(0.93);
      }
    }
  }

  private static final double[] LEVELS = {0.1, 0.4, 0.9};

  private static GroupAudit simulated(double slope, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] targets = new int[rows];
    int[] decisions = new int[rows];
    int[] codes = new int[rows];
    double[] probabilities = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      double p = LEVELS[random.nextInt(LEVELS.length)];
      targets[row] = row % 2;
      boolean right = random.nextDouble() < accuracy(slope, p);
      decisions[row] = right ? targets[row] : 1 - targets[row];
      probabilities[2 * row] = p;
      probabilities[2 * row + 1] = 1 - p;
      codes[row] = p > 0.5 ? 0 : 1;
    }
    Target target = Cells.target(2, targets);
    Attribute attribute = new Attribute("g", List.of("a", "b"), codes, Optional.of(probabilities));
    return GroupAudit.of(
        Counts.of(ConfusionTable.of(target, attribute, decisions)), target, attribute, FEW_DRAWS);
  }

  private static double accuracy(double slope, double p) {
    return 0.7 + slope * (p - 0.5);
  }

  /** Counts the intervals that hold the truth: group accuracy, average, worst, Model Bias. */
  private static void count(GroupAudit audit, double slope, int[] held) {
    double a = Arrays.stream(LEVELS).map(p -> p * accuracy(slope, p)).sum();
    double b = Arrays.stream(LEVELS).map(p -> (1 - p) * accuracy(slope, p)).sum();
    double accuracyOfA = a / Arrays.stream(LEVELS).sum();
    double accuracyOfB = b / Arrays.stream(LEVELS).map(p -> 1 - p).sum();
    Estimate[] estimates = {
      audit.groups().get(0).accuracy(), audit.average(), audit.worst(), audit.modelBias()
    };
    double[] truths = {
      accuracyOfA,
      (accuracyOfA + accuracyOfB) / 2,
      Math.min(accuracyOfA, accuracyOfB),
      Math.abs(accuracyOfA - accuracyOfB)
    };
    for (int i = 0; i < truths.length; i++) {
      Known known = (Known) estimates[i];
      held[i] += known.low() <= truths[i] && truths[i] <= known.high() ? 1 : 0;
    }
  }

  /**
   * The documented caveat: 1,000 rows of either class have p = 0.2 and as many 0.8; truly, members
   * of a are right in 90 % and members of b in 40 %, whatever their p. Weighting gives 0.36 of the
   * gap: E(p²)/E(p) − E(p(1−p))/E(1−p) = 0.68 − 0.32.
   */
  @Test
  void a_gap_among_rows_of_one_probability_is_understated() {
    double[] p = {0.2, 0.8};
    int[] targets = IntStream.range(0, 8).map(i -> i / 4).toArray();
    int[] decisions = IntStream.range(0, 8).map(i -> i % 2).toArray();
    double[] weights = new double[8];
    double[] probabilities = new double[16];
    for (int i = 0; i < 8; i++) {
      double share = p[i / 2 % 2];
      double right = 0.9 * share + 0.4 * (1 - share);
      weights[i] = 1_000 * (decisions[i] == targets[i] ? right : 1 - right);
      probabilities[2 * i] = share;
      probabilities[2 * i + 1] = 1 - share;
    }
    Attribute probable =
        new Attribute("g", List.of("a", "b"), new int[8], Optional.of(probabilities));
    LabelledSet set = Cells.set(Cells.target(2, targets), probable, weights);

    AuditResult result =
        Audit.of(set, new Answers.Hard(set.target().classes(), decisions), FEW_DRAWS);

    assertThat(((Known) result.attribute("g").modelBias().estimate()).value())
        .isCloseTo(0.36 * 0.5, within(1e-12));
  }
}
