package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OddsThresholdsTest {
  /** Scores N(±1, 1) of the two classes, those of the second value moved. */
  private static OddsCurve shifted(double shift, int rows, long seed) {
    Random random = new Random(seed);
    double[] scores = new double[rows];
    double[] chances = new double[rows];
    int[] targets = new int[rows];
    double[] weights = new double[rows];
    Arrays.fill(weights, 1);
    for (int row = 0; row < rows; row++) {
      targets[row] = row % 2;
      double plain = random.nextGaussian() + (targets[row] == 1 ? 1 : -1);
      scores[row] = plain + shift;
      // With equal shares the log-odds of two such normal distributions are twice the score.
      chances[row] = 1 / (1 + Math.exp(-2 * plain));
    }
    return OddsCurve.of(scores, chances, targets, weights);
  }

  /** By trying every pair of thresholds. */
  private static double highest(List<OddsCurve> curves, OddsThresholds.Aim aim) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double left : curves.get(0).thresholds()) {
      for (double right : curves.get(1).thresholds()) {
        highest = Math.max(highest, value(curves, aim, new double[] {left, right}));
      }
    }
    return highest;
  }

  private static double value(List<OddsCurve> curves, OddsThresholds.Aim aim, double[] thresholds) {
    double[][] accuracies = new double[2][2];
    double total = 0;
    double right = 0;
    double average = 0;
    for (int b = 0; b < 2; b++) {
      OddsCurve curve = curves.get(b);
      int at = Arrays.binarySearch(curve.thresholds(), thresholds[b]);
      accuracies[b] = new double[] {curve.first()[at], curve.second()[at]};
      right += curve.firstRows() * curve.first()[at] + curve.secondRows() * curve.second()[at];
      total += curve.firstRows() + curve.secondRows();
      average += (curve.first()[at] + curve.second()[at]) / 4;
    }
    double bias =
        (Math.abs(accuracies[0][0] - accuracies[1][0])
                + Math.abs(accuracies[0][1] - accuracies[1][1]))
            / 2;
    return (1 - aim.balance()) * right / total + aim.balance() * average - aim.price() * bias;
  }

  @Test
  void a_shift_of_one_values_scores_is_taken_back() {
    List<OddsCurve> curves = List.of(shifted(0, 20_000, 1), shifted(3, 20_000, 2));

    double[] thresholds = OddsThresholds.of(curves, new OddsThresholds.Aim(0, 1));

    // The best threshold between N(-1, 1) and N(1, 1) is 0.
    assertThat(thresholds[0]).isCloseTo(0, within(0.1));
    assertThat(thresholds[1]).isCloseTo(3, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({"0,0.5", "0,2", "0.5,1", "1,0.25", "1,4"})
  void no_pair_of_thresholds_is_better_by_more_than_the_grids_step(double balance, double price) {
    OddsThresholds.Aim aim = new OddsThresholds.Aim(balance, price);
    List<OddsCurve> curves = List.of(shifted(0, 200, 3), shifted(0.7, 150, 4));

    double found = value(curves, aim, OddsThresholds.of(curves, aim));

    assertThat(found).isBetween(highest(curves, aim) - 0.005, highest(curves, aim) + 1e-12);
  }

  @Test
  void a_curve_of_many_rows_is_what_was_counted_and_one_of_few_rows_what_was_fitted() {
    double[] scores = {0, 1, 2, 3};
    double[] fitted = {0.5, 0.5, 0.5, 0.5};
    int[] targets = {0, 0, 1, 1};
    OddsCurve few = OddsCurve.of(scores, fitted, targets, new double[] {1, 1, 1, 1});
    OddsCurve many = OddsCurve.of(scores, fitted, targets, new double[] {1e6, 1e6, 1e6, 1e6});

    // Above 1.5 lie both rows of the second class, and half of what the fit holds of it.
    assertThat(few.thresholds()[2]).isEqualTo(1.5);
    assertThat(few.second()[2]).isCloseTo(0.5, within(0.01));
    assertThat(many.second()[2]).isCloseTo(1, within(0.001));
    assertThat(many.first()[2]).isCloseTo(1, within(0.001));
  }

  @Test
  void equal_scores_are_never_told_apart() {
    OddsCurve curve =
        OddsCurve.of(
            new double[] {1, 1, 1, 2},
            new double[] {0.2, 0.2, 0.2, 0.8},
            new int[] {0, 1, 0, 1},
            new double[] {1, 1, 1, 1});

    assertThat(curve.thresholds()).containsExactly(0, 1.5, 3);
  }
}
