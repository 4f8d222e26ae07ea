package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbsoluteGapsTest {
  private static final int REPETITIONS = 1_000;

  /** Groups of the COMPAS test rows. */
  private static final long[] COMPAS = {303, 332, 256, 165};

  private static final long[] TINY = {30, 30, 30, 30};
  private static final long[] UNBALANCED = {30, 1000, 60, 3000};
  private static final long[] FIVE_VALUES = {300, 200, 40, 100, 60, 250, 500, 30, 80, 45};

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.1})
  void intervals_of_model_bias_hold_the_truth_on_compas_sized_groups(double bias) {
    assertCoverage(COMPAS, 2, 0.68, bias);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.1})
  void intervals_of_model_bias_hold_the_truth_on_tiny_groups(double bias) {
    assertCoverage(TINY, 2, 0.7, bias);
    assertCoverage(TINY, 2, 0.95, -bias);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.1})
  void intervals_of_model_bias_hold_the_truth_on_very_unequal_groups(double bias) {
    assertCoverage(UNBALANCED, 2, 0.95, -bias);
    assertCoverage(UNBALANCED, 2, 0.8, bias);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.1})
  void intervals_of_model_bias_hold_the_truth_for_five_values(double bias) {
    assertCoverage(FIVE_VALUES, 5, 0.6, bias);
    assertCoverage(FIVE_VALUES, 5, 0.95, -bias);
  }

  /** Accuracies rise (fall) evenly from the first value to the last, the same in both classes. */
  private static void assertCoverage(long[] sizes, int values, double first, double signedBias) {
    // Of evenly spaced values, the mean gap over pairs is (|B|+1)/3 steps.
    double step = signedBias * 3 / (values + 1);
    double[] accuracies =
        IntStream.range(0, 2 * values).mapToDouble(i -> first + step * (i % values)).toArray();
    double truth = Math.abs(signedBias);
    assertThat(GroupSummary.modelBias(accuracies, 2, values)).isCloseTo(truth, within(1e-12));

    long covered =
        IntStream.range(0, REPETITIONS)
            .parallel()
            .filter(
                repetition -> {
                  Proportion[] sample = sample(sizes, accuracies, repetition);
                  Known interval =
                      AbsoluteGaps.ofShares(strata(sample, values)).bounds(999, 1).interval(0.95);
                  return interval.low() <= truth + 1e-12 && truth <= interval.high() + 1e-12;
                })
            .count();

    assertThat(covered / (double) REPETITIONS)
        .as("coverage of groups %s at bias %s", Arrays.toString(sizes), truth)
        .isGreaterThanOrEqualTo(0.93);
  }

  private static List<Proportion[]> strata(Proportion[] groups, int values) {
    return IntStream.range(0, groups.length / values)
        .mapToObj(t -> Arrays.copyOfRange(groups, t * values, (t + 1) * values))
        .toList();
  }

  private static Proportion[] sample(long[] sizes, double[] accuracies, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, sizes.length)
        .mapToObj(
            i -> {
              long correct = new BinomialSampler(sizes[i], accuracies[i]).draw(random);
              return new Proportion(correct, sizes[i]);
            })
        .toArray(Proportion[]::new);
  }

  @Test
  void average_and_worst_group_accuracy_hold_the_truth() {
    double[] accuracies = {0.97, 0.8, 0.75, 0.76};
    long[] sizes = {40, 300, 60, 35};
    int average = 0;
    int worst = 0;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      Proportion[] sample = sample(sizes, accuracies, repetition);
      GroupAudit audit =
          groups(
              Arrays.stream(sample).mapToDouble(Proportion::hits).toArray(),
              Arrays.stream(sample).mapToDouble(Proportion::n).toArray());
      average += holds(audit.average(), 0.82) ? 1 : 0;
      worst += holds(audit.worst(), 0.75) ? 1 : 0;
    }

    assertThat(average / (double) REPETITIONS).isGreaterThanOrEqualTo(0.93);
    assertThat(worst / (double) REPETITIONS).isGreaterThanOrEqualTo(0.93);
  }

  private static boolean holds(Estimate estimate, double truth) {
    return estimate instanceof Known known && known.low() <= truth && truth <= known.high();
  }

  private static GroupAudit groups(double[] correct, double[] rows) {
    return Cells.ofAccuracies(2, correct, rows).groups(AuditSettings.DEFAULT);
  }

  @Test
  void a_single_clear_gap_has_the_usual_normal_interval() {
    // One stratum of two members, 0.9 and 0.4 with standard errors 0.03 and 0.04: 0.5 ± 1.96·0.05.
    AbsoluteGaps gaps =
        new AbsoluteGaps(
            new double[] {1}, 2, new double[] {0.9, 0.4}, new double[] {0.0009, 0.0016});

    Known interval = gaps.interval(0.95, 1);

    assertThat(interval.value()).isCloseTo(0.5, within(1e-15));
    assertThat(interval.high()).isCloseTo(0.598, within(1e-5));
    // Drawn, with a standard error of 0.002 for 4,000 draws.
    assertThat(interval.low()).isCloseTo(0.402, within(0.006));
  }
}
