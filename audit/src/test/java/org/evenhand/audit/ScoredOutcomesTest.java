package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.junit.jupiter.api.Test;

class ScoredOutcomesTest {
  private static final double Z = 1.959963984540054;
  private static final int REPETITIONS = 1_000;

  @Test
  void radix_order_is_the_order_of_the_numbers() {
    SplittableRandom random = new SplittableRandom(3);
    double[] scores =
        DoubleStream.concat(
                DoubleStream.of(0.0, -0.0, 1, -1, Double.MIN_VALUE, -700, 3e300, -0.25, -0.25),
                random.doubles(5000).map(x -> Math.log(x) * (x < 0.1 ? -1 : 1)))
            .toArray();

    int[] order = RadixSort.ascending(scores);

    assertThat(Arrays.stream(order).sorted().toArray())
        .containsExactly(IntStream.range(0, 5009).toArray());
    for (int i = 1; i < order.length; i++) {
      double before = scores[order[i - 1]];
      double here = scores[order[i]];
      assertThat(before < here || (before == here && order[i - 1] < order[i])).isTrue();
    }
  }

  @Test
  void equal_scores_count_half_in_the_area() {
    // Deserving 0.2, 0.5, 0.9 against 0.1, 0.5: wins 1 + 0, 1 + ½, 1 + 1 of 6.
    Known area =
        auc(
            new double[] {0.2, 0.5, 0.9, 0.1, 0.5},
            new boolean[] {true, true, true, false, false},
            1,
            1,
            1,
            1,
            1);

    assertThat(area.value()).isCloseTo(4.5 / 6, within(1e-15));
  }

  @Test
  void the_area_is_the_mean_over_pairs_of_weighted_rows() {
    SplittableRandom random = new SplittableRandom(4);
    int rows = 200;
    double[] scores =
        IntStream.range(0, rows).mapToDouble(i -> random.nextInt(1, 30) / 30.0).toArray();
    boolean[] deserving = new boolean[rows];
    double[] weights = new double[rows];
    for (int i = 0; i < rows; i++) {
      deserving[i] = random.nextInt(3) == 0;
      weights[i] = random.nextInt(4);
    }
    double wins = 0;
    double pairs = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        if (deserving[i] && !deserving[j]) {
          pairs += weights[i] * weights[j];
          wins += weights[i] * weights[j] * (1 + Math.signum(scores[i] - scores[j])) / 2;
        }
      }
    }

    assertThat(auc(scores, deserving, weights).value()).isCloseTo(wins / pairs, within(1e-12));
  }

  @Test
  void a_perfect_ranking_of_few_rows_is_not_certain() {
    Known area =
        auc(
            new double[] {0.1, 0.2, 0.8, 0.9},
            new boolean[] {false, false, true, true},
            1,
            1,
            1,
            1);

    assertThat(area.value()).isEqualTo(1);
    assertThat(area.high()).isEqualTo(1);
    assertThat(area.low()).isBetween(0.3, 0.8);
  }

  @Test
  void without_both_outcomes_there_is_no_area() {
    Estimate area =
        outcomes(new double[] {-1, -2}, new boolean[2], new double[] {1, 1})
            .areaUnderRoc(Z, "g = a");

    assertThat(area)
        .isEqualTo(
            new Unknown(
                "the rows with g = a do not have both outcomes, so that there is nothing to rank"));
  }

  @Test
  void intervals_of_the_area_hold_the_truth() {
    // Normal scores one apart: the area is Φ(1/√2).
    int covered = 0;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      SplittableRandom random = new SplittableRandom(repetition);
      double[] scores = new double[70];
      boolean[] deserving = new boolean[70];
      double[] weights = new double[70];
      for (int i = 0; i < 70; i++) {
        deserving[i] = i < 25;
        scores[i] = random.nextGaussian() + (deserving[i] ? 1 : 0);
        weights[i] = 1;
      }
      Estimate area = outcomes(scores, deserving, weights).areaUnderRoc(Z, "g = a");
      covered += holds(area, 0.7602499389065233) ? 1 : 0;
    }

    assertThat(covered / (double) REPETITIONS).isBetween(0.93, 0.98);
  }

  @Test
  void calibration_error_is_the_mean_gap_of_bins() {
    // One bin a score: 15 scores of equal mass. Score i/20 with 5 of 10 deserving: mean |i/20 - ½|.
    double[] scores = new double[30];
    boolean[] deserving = new boolean[30];
    double[] weights = new double[30];
    double expected = 0;
    for (int i = 0; i < 15; i++) {
      double score = (i + 1) / 20.0;
      scores[2 * i] = Math.log(score);
      scores[2 * i + 1] = Math.log(score);
      deserving[2 * i] = true;
      weights[2 * i] = 5;
      weights[2 * i + 1] = 5;
      expected += Math.abs(score - 0.5) / 15;
    }

    assertThat(calibrationError(scores, deserving, weights).value())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void calibration_error_of_one_score_is_its_distance_from_the_share() {
    double score = Math.log(0.7);

    // All rows have one score and so one bin: |0.7 - 1/4|.
    assertThat(
            calibrationError(
                    new double[] {score, score}, new boolean[] {true, false}, new double[] {1, 3})
                .value())
        .isCloseTo(0.45, within(1e-12));
  }

  @Test
  void intervals_of_the_calibration_error_hold_the_truth_also_when_it_is_zero() {
    for (double shift : new double[] {0, 0.02, 0.1}) {
      int covered = 0;
      for (int repetition = 0; repetition < REPETITIONS; repetition++) {
        SplittableRandom random = new SplittableRandom(repetition);
        double[] scores = new double[600];
        boolean[] deserving = new boolean[600];
        double[] weights = new double[600];
        for (int i = 0; i < 600; i++) {
          double score = 0.15 + 0.8 * random.nextDouble();
          scores[i] = Math.log(score);
          deserving[i] = random.nextDouble() < score - shift;
          weights[i] = 1;
        }
        covered += holds(calibrationError(scores, deserving, weights), shift) ? 1 : 0;
      }

      assertThat(covered / (double) REPETITIONS)
          .as("coverage at a true error of %s", shift)
          .isGreaterThanOrEqualTo(0.93);
    }
  }

  private static boolean holds(Estimate estimate, double truth) {
    return estimate instanceof Known known && known.low() <= truth && truth <= known.high();
  }

  private static Known auc(double[] probabilities, boolean[] deserving, double... weights) {
    double[] logs = Arrays.stream(probabilities).map(Math::log).toArray();
    return (Known) outcomes(logs, deserving, weights).areaUnderRoc(Z, "g = a");
  }

  private static Known calibrationError(double[] scores, boolean[] deserving, double[] weights) {
    return (Known) outcomes(scores, deserving, weights).calibrationError(0.95, 1, "g = a");
  }

  private static ScoredOutcomes outcomes(double[] scores, boolean[] deserving, double[] weights) {
    return new ScoredOutcomes(scores, deserving, weights, weights);
  }
}
