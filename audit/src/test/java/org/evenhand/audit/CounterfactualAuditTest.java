package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

class CounterfactualAuditTest {
  private static final Classes NO_YES = Classes.of("no", "yes");

  private static LabelledSet set(int[] targets, int[] sexes, double[] weights) {
    return new LabelledSet(
        Table.of(List.of(new NumericColumn("row", new double[targets.length]))),
        new Target("hired", NO_YES, targets),
        List.of(new Attribute("sex", List.of("f", "m"), sexes)),
        weights);
  }

  private static CounterfactualPairs pairs(
      int[] targets, int[] sexes, double[] weights, Relation relation) {
    int[] others = Arrays.stream(sexes).map(sex -> 1 - sex).toArray();
    return new CounterfactualPairs(
        "sex", set(targets, sexes, weights), set(targets, others, weights), relation);
  }

  /** Answers with these probabilities of {@code yes}. */
  private static Answers.Soft yes(double... probabilities) {
    return Answers.Soft.ofProbabilities(
        NO_YES,
        Arrays.stream(probabilities).flatMap(p -> Arrays.stream(new double[] {1 - p, p})).toArray(),
        Answers.FLOAT_FLOOR);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static CounterfactualBias measure(
      CounterfactualPairs pairs, Answers before, Answers after) {
    return CounterfactualAudit.of(
        pairs, before, after, CounterfactualAudit.DELTA, AuditSettings.DEFAULT);
  }

  @Test
  void the_figures_of_four_pairs_are_those_worked_out_by_hand() {
    CounterfactualPairs pairs =
        pairs(
            new int[] {0, 1, 1, 0},
            new int[] {0, 0, 1, 1},
            new double[] {1, 2, 1, 1},
            Relation.SAME_INDIVIDUAL);

    CounterfactualBias bias =
        measure(pairs, yes(0.2, 0.4, 0.9, 0.5001), yes(0.3, 0.6, 0.6, 0.5001));

    // (1·0.1 + 2·0.2 + 0.3 + 0) / 5.
    assertThat(bias.bias().value()).isEqualTo(0.8 / 5, offset(1e-9));
    assertThat(bias.pairs()).isEqualTo(5);
    // Only the second pair, of weight 2, crosses one half.
    assertThat(((Known) bias.flippedDecisions()).value()).isEqualTo(2.0 / 5, offset(1e-12));
    assertThat(bias.about()).isEqualTo("yes");
    assertThat(bias.directions()).hasSize(2);
    CounterfactualBias.Direction toMen = bias.directions().get(0);
    assertThat(toMen.from()).isEqualTo("f");
    assertThat(toMen.to()).isEqualTo("m");
    assertThat(toMen.n()).isEqualTo(3);
    // (0.1 + 2·0.2) / 3: as a man, a woman would be hired more often.
    assertThat(((Known) toMen.change()).value()).isEqualTo(0.5 / 3, offset(1e-9));
    assertThat(((Known) bias.directions().get(1).change()).value()).isEqualTo(-0.15, offset(1e-9));
    assertThat(bias.groupGap()).isEmpty();
  }

  @Test
  void the_favourable_class_is_the_one_that_directions_are_about() {
    CounterfactualPairs pairs =
        pairs(new int[] {0, 1}, new int[] {0, 0}, ones(2), Relation.SAME_INDIVIDUAL);
    AuditSettings settings =
        AuditSettings.builder().favourable("no").references(Map.of("race", "White")).build();

    CounterfactualBias bias =
        CounterfactualAudit.of(pairs, yes(0.2, 0.4), yes(0.3, 0.6), 0.02, settings);

    assertThat(bias.about()).isEqualTo("no");
    assertThat(((Known) bias.directions().get(0).change()).value()).isEqualTo(-0.15, offset(1e-9));
  }

  @Test
  void verdicts_compare_the_interval_with_delta() {
    assertThat(changedBy(0.1, 500).verdict()).isEqualTo(Verdict.BIASED);
    assertThat(changedBy(0.001, 500).verdict()).isEqualTo(Verdict.WITHIN_TOLERANCE);
    assertThat(changedBy(0.001, 20).verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(changedBy(0.1, 500).explanation())
        .matches(
            "The mean change of the true class's probability is between \\d+\\.\\d\\d and 10\\.\\d\\d points, above the tolerance of 2\\.00\\.");
  }

  private static CounterfactualBias changedBy(double change, int n) {
    double[] before = new double[n];
    Arrays.fill(before, 0.3);
    return measure(
        pairs(
            IntStream.range(0, n).map(i -> i % 2).toArray(),
            IntStream.range(0, n).map(i -> i / 2 % 2).toArray(),
            ones(n),
            Relation.SAME_INDIVIDUAL),
        yes(before),
        yes(Arrays.stream(before).map(p -> p + change).toArray()));
  }

  @Test
  void other_individuals_who_differ_at_random_are_not_taken_for_bias() {
    CounterfactualBias bias = others(400, 0, 5);

    // Two independent uniform variables differ by 1/3 in the mean.
    assertThat(bias.bias().low()).isGreaterThan(0.25);
    assertThat(bias.judged().low()).isZero();
    assertThat(bias.judged().high()).isLessThan(0.1);
    assertThat(bias.verdict()).isNotEqualTo(Verdict.BIASED);
    assertThat(bias.explanation())
        .contains("difference of the true class's probability between the groups")
        .endsWith("differ in more than the attribute.");
  }

  @Test
  void a_group_gap_shows_even_where_it_cancels_between_the_classes() {
    CounterfactualBias bias = others(2_000, 0.2, 6);

    assertThat(bias.judged().value()).isEqualTo(0.2, offset(0.05));
    assertThat(bias.verdict()).isEqualTo(Verdict.BIASED);
  }

  @Test
  void intervals_of_the_group_gap_hold_the_truth() {
    for (double gap : new double[] {0, 0.02, 0.1}) {
      long covered =
          IntStream.range(0, 500)
              .parallel()
              .filter(
                  seed -> {
                    Known judged = others(120, gap, seed).judged();
                    return judged.low() <= gap && gap <= judged.high();
                  })
              .count();

      assertThat(covered / 500.0).as("coverage at a gap of %s", gap).isGreaterThan(0.93);
    }
  }

  /** Probabilities of yes between 0 and 0.8, of men higher by the gap. */
  private static CounterfactualBias others(int n, double gap, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double scale = gap == 0 ? 1 : 0.8;
    double[] women = random.doubles(n).map(p -> scale * p).toArray();
    double[] men = random.doubles(n).map(p -> scale * p + gap).toArray();
    return measure(
        pairs(
            IntStream.range(0, n).map(i -> i % 2).toArray(),
            new int[n],
            ones(n),
            Relation.OTHER_INDIVIDUAL),
        yes(women),
        yes(men));
  }

  @Test
  void answers_without_probabilities_are_refused() {
    CounterfactualPairs pairs =
        pairs(new int[] {0, 1}, new int[] {0, 0}, ones(2), Relation.SAME_INDIVIDUAL);
    Answers labels = new Answers.Hard(NO_YES, new int[] {0, 1});

    assertThatExceptionOfType(AuditException.class)
        .isThrownBy(() -> measure(pairs, labels, labels))
        .withMessage(
            "Counterfactual bias is a change of probabilities, but the model answers with labels only; name an output with probabilities or logits. "
                + Answers.Hard.WAYS_TO_SCORES);
  }

  @Test
  void answers_to_other_rows_and_a_delta_out_of_range_are_refused() {
    CounterfactualPairs pairs =
        pairs(new int[] {0, 1}, new int[] {0, 0}, ones(2), Relation.SAME_INDIVIDUAL);

    assertThatExceptionOfType(AuditException.class)
        .isThrownBy(() -> measure(pairs, yes(0.1, 0.2), yes(0.1)))
        .withMessage("The classifier answered 1 rows, but 2 rows were to be audited.");
    assertThatExceptionOfType(AuditException.class)
        .isThrownBy(
            () ->
                CounterfactualAudit.of(
                    pairs, yes(0.1, 0.2), yes(0.1, 0.2), 1, AuditSettings.DEFAULT))
        .withMessage("The delta is 1.0; it must be at least 0 and below 1.");
  }

  @Test
  void a_column_that_the_model_does_not_read_has_a_bias_of_exactly_zero() {
    CounterfactualBias bias = CounterfactualBias.notRead("sex", 30, 0.02);

    assertThat(bias.bias()).isEqualTo(new Known(0, 0, 0));
    assertThat(bias.verdict()).isEqualTo(Verdict.WITHIN_TOLERANCE);
    assertThat(bias.explanation()).startsWith("The model does not read 'sex', so");
  }

  @Test
  void intervals_of_a_weighted_sample_hold_the_mean_of_the_population() {
    // In the population a fifth of the people change by 0 to 0.6, the others by 0 to 0.1; who
    // changes much was drawn with a quarter of the chance and weighs four times as much.
    double truth = 0.2 * 0.3 + 0.8 * 0.05;
    AuditSettings frequency = AuditSettings.builder().weights(WeightKind.FREQUENCY).build();
    AuditSettings sampling = AuditSettings.builder().weights(WeightKind.SAMPLING).build();
    int samples = 500;
    int held = 0;
    int heldAsFrequency = 0;
    for (int sample = 0; sample < samples; sample++) {
      SplittableRandom random = new SplittableRandom(sample);
      int n = 200;
      double[] weights = new double[n];
      double[] was = new double[n];
      double[] is = new double[n];
      int[] ones = new int[n];
      for (int i = 0; i < n; i++) {
        boolean much = random.nextDouble() < 0.05 / (0.05 + 0.8);
        weights[i] = (much ? 4 : 1) * (0.5 + random.nextDouble());
        was[i] = 0.8;
        is[i] = 0.8 - random.nextDouble() * (much ? 0.6 : 0.1);
        ones[i] = 1;
      }
      CounterfactualPairs pairs = pairs(ones, new int[n], weights, Relation.SAME_INDIVIDUAL);
      held += holds(pairs, was, is, sampling, truth) ? 1 : 0;
      heldAsFrequency += holds(pairs, was, is, frequency, truth) ? 1 : 0;
    }
    assertThat((double) held / samples).isGreaterThan(0.93);
    assertThat((double) heldAsFrequency / samples).as("as frequencies").isLessThan(0.9);
  }

  private static boolean holds(
      CounterfactualPairs pairs, double[] was, double[] is, AuditSettings settings, double truth) {
    Known bias =
        CounterfactualAudit.of(pairs, yes(was), yes(is), CounterfactualAudit.DELTA, settings)
            .bias();
    return bias.low() <= truth && truth <= bias.high();
  }

  @Test
  void equal_sampling_weights_change_no_interval() {
    int[] targets = {1, 0, 1, 1, 0, 1};
    int[] sexes = {0, 1, 0, 1, 1, 0};
    double[] tens = new double[6];
    Arrays.fill(tens, 10);
    Answers was = yes(0.9, 0.2, 0.7, 0.6, 0.4, 0.8);
    Answers is = yes(0.8, 0.3, 0.4, 0.6, 0.1, 0.9);

    for (Relation relation : Relation.values()) {
      CounterfactualBias plain = measure(pairs(targets, sexes, ones(6), relation), was, is);
      CounterfactualBias weighted =
          CounterfactualAudit.of(
              pairs(targets, sexes, tens, relation),
              was,
              is,
              CounterfactualAudit.DELTA,
              AuditSettings.builder().weights(WeightKind.SAMPLING).build());
      assertThat(weighted.judged().low()).isCloseTo(plain.judged().low(), offset(1e-9));
      assertThat(weighted.judged().high()).isCloseTo(plain.judged().high(), offset(1e-9));
      assertThat(((Known) weighted.flippedDecisions()).high())
          .isCloseTo(((Known) plain.flippedDecisions()).high(), offset(1e-9));
    }
  }
}
