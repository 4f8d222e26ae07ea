package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.audit.Cells.attribute;
import static org.evenhand.audit.Cells.target;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final AuditSettings FREQUENCY =
      AuditSettings.builder().weights(WeightKind.FREQUENCY).favourable("1").build();

  private static final LabelledSet FOUR_ROWS =
      Cells.set(target(2, 0, 0, 1, 1), attribute(2, 0, 1, 0, 1), new double[] {1, 1, 1, 1});

  @Test
  void groups_come_by_class_and_then_by_value_with_their_counts() {
    Cells cells = Cells.of(new double[][][] {{{8, 2}, {15, 5}}, {{1, 3}, {2, 6}}});

    AuditResult result = Audit.of(cells.set(), cells.answers(), FREQUENCY);

    assertThat(result.rows()).isEqualTo(42);
    assertThat(result.favourable()).isEqualTo("1");
    assertThat(((Known) result.overallAccuracy()).value()).isCloseTo(32 / 42.0, within(1e-15));
    assertThat(result.attribute("g").groups())
        .extracting(g -> g.target() + g.attributeValue() + " " + g.correct() + "/" + g.n())
        .containsExactly("0a 8.0/10.0", "0b 15.0/20.0", "1a 3.0/4.0", "1b 6.0/8.0");
  }

  @Test
  void figures_agree_with_the_plain_summary() {
    Cells cells = Cells.of(new double[][][] {{{80, 20}, {150, 50}}, {{10, 30}, {20, 70}}});
    GroupSummary summary =
        GroupSummary.of(
            cells.set().target(),
            cells.set().attributes().get(0),
            cells.answers().labels(),
            cells.set().weights());

    AttributeAudit audit = cells.audit();

    assertThat(((Known) audit.modelBias().estimate()).value())
        .isCloseTo(summary.modelBias(), within(1e-15));
    assertThat(((Known) audit.worstGroupAccuracy()).value()).isEqualTo(summary.worst());
    assertThat(((Known) audit.averageGroupAccuracy()).value())
        .isCloseTo(summary.average(), within(1e-15));
  }

  @Test
  void the_order_of_rows_changes_nothing() {
    Sample sample = Sample.random(3_000, 2, 3, weight -> 1);
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, 3_000).boxed().toList());
    Collections.shuffle(shuffled, new Random(11));
    int[] order = shuffled.stream().mapToInt(Integer::intValue).toArray();

    assertThat(sample.select(order).audit()).isEqualTo(sample.audit());
  }

  @Test
  void rows_repeated_are_rows_weighted_to_the_last_bit() {
    Sample sample = Sample.random(2_000, 2, 3, random -> random.nextInt(4));
    int[] repeated =
        IntStream.range(0, 2_000)
            .flatMap(row -> IntStream.generate(() -> row).limit((long) sample.set.weights()[row]))
            .toArray();

    assertThat(sample.select(repeated).withUnitWeights().audit()).isEqualTo(sample.audit());
  }

  @Test
  void the_number_of_threads_changes_nothing_even_with_fractional_weights() throws Exception {
    Sample sample = Sample.random(200_000, 3, 5, SplittableRandom::nextDouble);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool four = new ForkJoinPool(4);
    try {
      assertThat(four.submit(sample::audit).get()).isEqualTo(one.submit(sample::audit).get());
    } finally {
      one.shutdown();
      four.shutdown();
    }
  }

  @Test
  void values_that_no_audited_row_has_are_no_values_but_said() {
    Attribute wide = new Attribute("g", List.of("a", "x", "b", "z"), new int[] {0, 2, 0, 2, 3});
    double[] weights = {100, 100, 100, 100, 0};
    LabelledSet set = Cells.set(target(2, 0, 0, 1, 1, 1), wide, weights);

    AttributeAudit audit = Audit.of(set, hard(0, 1, 1, 1, 0), FREQUENCY).attribute("g");

    assertThat(audit.coverage().elsewhere()).containsExactly("x", "z");
    assertThat(audit.groups())
        .extracting(GroupAccuracy::attributeValue)
        .containsExactly("a", "b", "a", "b");
    assertThat(audit.values()).extracting(ValueMetrics::value).containsExactly("a", "b");
    assertThat(audit.verdict()).isEqualTo(Verdict.BIASED);
  }

  @Test
  void several_attributes_share_the_risk_of_a_false_alarm() {
    Attribute first = attribute(2, 0, 1, 0, 1);
    Attribute second = new Attribute("h", List.of("a", "b"), new int[] {0, 1, 1, 0});
    double[] hundred = {100, 100, 100, 100};
    LabelledSet set =
        new LabelledSet(FOUR_ROWS.inputs(), FOUR_ROWS.target(), List.of(first, second), hundred);
    Answers answers = new Answers.Hard(set.target().classes(), new int[] {0, 1, 1, 0});

    AuditResult result = Audit.of(set, answers, FREQUENCY);

    assertThat(result.attribute("g").modelBias().pValue()).isEqualTo(1e-4);
    assertThat(result.attribute("g").modelBias().adjustedPValue()).isEqualTo(2e-4);
    Judgement judgement = result.attribute("g").judgement();
    assertThat(judgement.adjustedPValue()).isEqualTo(2 * judgement.pValue());
  }

  @Test
  void nothing_to_audit_is_refused() {
    assertRefused(
        Cells.set(target(2), attribute(2), new double[0]),
        hard(),
        AuditSettings.DEFAULT,
        "There are no rows to audit; check the split and the weights.");
    assertRefused(
        Cells.set(target(2, 0, 1), attribute(2, 0, 1), new double[2]),
        hard(0, 1),
        AuditSettings.DEFAULT,
        "There are no rows to audit; check the split and the weights.");
  }

  @Test
  void answers_to_other_rows_or_other_classes_are_refused() {
    assertRefused(
        FOUR_ROWS,
        hard(0, 1, 1),
        AuditSettings.DEFAULT,
        "The classifier answered 3 rows, but 4 rows were to be audited.");
    assertRefused(
        FOUR_ROWS,
        new Answers.Hard(Classes.of("no", "yes"), new int[4]),
        AuditSettings.DEFAULT,
        "The classifier decides between [no, yes], but target 'y' has the classes [0, 1]; name the same classes in the same order.");
  }

  @Test
  void weights_of_which_nobody_says_what_they_mean_are_refused() {
    assertRefused(
        Cells.set(target(2, 0, 0, 1, 1), attribute(2, 0, 1, 0, 1), new double[] {1, 1, 2, 1}),
        hard(0, 0, 1, 1),
        AuditSettings.DEFAULT,
        "The rows have weights, but what they mean is not said; say whether they are frequencies (a row of weight 2 is two equal rows) or sampling weights (it is one row that stands for two).");
  }

  @Test
  void a_constant_target_or_attribute_is_refused() {
    assertRefused(
        Cells.set(target(2, 1, 1), attribute(2, 0, 1), new double[] {1, 1}),
        hard(0, 1),
        AuditSettings.DEFAULT,
        "Every row has y = 1; an audit needs rows of at least two classes.");
    assertRefused(
        Cells.set(target(2, 0, 1), attribute(2, 0, 0), new double[] {1, 1}),
        hard(0, 1),
        AuditSettings.DEFAULT,
        "Every row has g = a; an audit compares at least two values.");
  }

  @Test
  void settings_that_name_what_is_not_there_are_refused_with_what_is() {
    assertRefused(
        FOUR_ROWS,
        hard(0, 0, 1, 1),
        ValueMetricsTest.settings(Optional.of("yes"), Map.of()),
        "The favourable class 'yes' is not a class of target 'y'; its classes are [0, 1].");
    assertRefused(
        FOUR_ROWS,
        hard(0, 0, 1, 1),
        ValueMetricsTest.settings(Optional.empty(), Map.of("g", "c")),
        "The reference 'c' is not a value of attribute 'g' among the audited rows; their values are [a, b].");
    assertRefused(
        FOUR_ROWS,
        hard(0, 0, 1, 1),
        ValueMetricsTest.settings(Optional.empty(), Map.of("race", "a")),
        "A reference is given for attribute 'race', which is not audited; the attributes are [g].");
  }

  private static Answers hard(int... labels) {
    return new Answers.Hard(Classes.of("0", "1"), labels);
  }

  private static void assertRefused(
      LabelledSet set, Answers answers, AuditSettings settings, String message) {
    assertThatThrownBy(() -> Audit.of(set, answers, settings))
        .isInstanceOf(AuditException.class)
        .hasMessage(message);
  }

  /** Random rows with probabilities of two decimals, so that scores tie. */
  private record Sample(LabelledSet set, Answers.Soft answers) {
    interface Weight {
      double draw(SplittableRandom random);
    }

    static Sample random(int rows, int classes, int values, Weight weight) {
      SplittableRandom random = new SplittableRandom(10);
      int[] b = random.ints(rows, 0, values).toArray();
      int[] t = new int[rows];
      double[] probabilities = new double[rows * classes];
      double[] weights = new double[rows];
      for (int row = 0; row < rows; row++) {
        double share = random.nextInt(1, 100) / 100.0;
        probabilities[row * classes] = share;
        for (int k = 1; k < classes; k++) {
          probabilities[row * classes + k] = (1 - share) / (classes - 1);
        }
        t[row] = random.nextDouble() < share ? 0 : random.nextInt(1, classes);
        weights[row] = weight.draw(random);
      }
      LabelledSet set = Cells.set(target(classes, t), attribute(values, b), weights);
      return new Sample(
          set, Answers.Soft.ofProbabilities(set.target().classes(), probabilities, 1e-7));
    }

    Sample select(int[] rows) {
      return new Sample(set.select(rows), answers.select(rows));
    }

    Sample withUnitWeights() {
      return new Sample(LabelledSet.of(set.inputs(), set.target(), set.attributes()), answers);
    }

    AuditResult audit() {
      return Audit.of(set, answers, FREQUENCY);
    }
  }
}
