package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule table must do whatever the model: shifts, temperatures, and known worlds. */
class RuleTableTest {
  private static final double SHIFT_TOLERANCE = 2e-13;

  @ParameterizedTest
  @CsvSource({"2,2,500,0.9", "2,2,20000,0.999", "3,4,800,0.5", "10,10,1000,0.9"})
  void a_shift_that_the_model_learned_for_a_value_moves_the_table_by_just_that_shift(
      int classes, int values, int rows, double rho) {
    Calibration plain = Calibrations.random(classes, values, rows, rho, 11);
    Random random = new Random(5);
    double[] shift = random.doubles((long) values * classes, -4, 4).toArray();
    Calibration shifted =
        Calibrations.mapLogits(
            plain, (row, k, logit) -> logit + shift[plain.attribute().codes()[row] * classes + k]);
    RuleTable shiftTable = new RuleTable(classes, shift);

    double[] before = CellStatistics.of(plain).shrunkTable(5).entries();
    double[] after = CellStatistics.of(shifted).shrunkTable(5).entries();

    for (int i = 0; i < before.length; i++) {
      assertThat(after[i] - before[i])
          .isCloseTo(shiftTable.entries()[i], within(100 * SHIFT_TOLERANCE));
    }
  }

  @Test
  void shift_invariance_holds_with_two_thirds_of_the_cells_empty_while_they_are_connected() {
    // A path through a 10 × 10 grid of cells plus a few more: 32 populated, 68 empty.
    Calibration all = Calibrations.random(10, 10, 30_000, 0, 3);
    int[] kept =
        IntStream.range(0, all.rows())
            .filter(
                row -> {
                  int off = all.attribute().codes()[row] - all.target().codes()[row];
                  return off == 0
                      || off == 1
                      || (off == 2 && all.target().codes()[row] < 8)
                      || off == 9
                      || (off == -9)
                      || (off == 5 && all.target().codes()[row] < 3);
                })
            .toArray();
    Calibration sparse = all.select(kept);
    assertThat(CellStatistics.of(sparse).hasEmptyCell()).isTrue();
    double[] shift = new Random(9).doubles(100, -4, 4).toArray();
    Calibration shifted =
        Calibrations.mapLogits(
            sparse, (row, k, logit) -> logit + shift[sparse.attribute().codes()[row] * 10 + k]);
    double[] expected = new RuleTable(10, shift).entries();

    double[] before = CellStatistics.of(sparse).shrunkTable(5).entries();
    double[] after = CellStatistics.of(shifted).shrunkTable(5).entries();

    for (int i = 0; i < before.length; i++) {
      assertThat(after[i] - before[i]).isCloseTo(expected[i], within(100 * SHIFT_TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C2", "S4", "S1"})
  void a_temperature_changes_no_corrected_decision(String code) {
    Calibration plain = Calibrations.random(3, 2, 600, 0.8, 21);
    Calibration confident = Calibrations.mapLogits(plain, (row, k, logit) -> 4 * logit);

    assertThat(Calibrations.corrected(Estimator.of(code), confident))
        .isEqualTo(Calibrations.corrected(Estimator.of(code), plain));
  }

  @Test
  void calibrated_answers_to_equal_covariance_gaussians_give_the_log_prior_odds() {
    // x|y ~ N(2y, 1), π(1|b) = 0.1 and 0.7: log odds = 2x − 2 + log π/(1−π), T_b = log prior odds,
    // as both divergences are equal.
    double[] priors = {0.1, 0.7};
    Random random = new Random(17);
    int rows = 40_000;
    int[] targets = new int[rows];
    int[] values = new int[rows];
    double[] logits = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      values[row] = row % 2;
      double prior = priors[values[row]];
      targets[row] = random.nextDouble() < prior ? 1 : 0;
      double x = 2 * targets[row] + random.nextGaussian();
      logits[2 * row + 1] = 2 * x - 2 + Math.log(prior / (1 - prior));
    }
    CellStatistics cells = CellStatistics.of(Calibrations.of(2, 2, targets, values, logits));
    double[] table = cells.geometricTable().entries();

    for (int b = 0; b < 2; b++) {
      double odds = table[2 * b + 1] - table[2 * b];
      // The two entries of a centred row are opposite: the error of their difference is twice that
      // of one.
      assertThat(odds)
          .isCloseTo(Math.log(priors[b] / (1 - priors[b])), within(3 * 2 * cells.standardError(b)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,-2.1972", "0.5,-5.4416", "2,-1.2029", "3,-0.1847"})
  void unequal_spreads_bias_the_geometric_table_as_the_divergences_say(
      double spread, double quadrature) {
    // p0 = N(0,1), p1 = N(2,s²), π(1) = 0.1: log π(1)/π(0) + ½·(KL(p1‖p0) − KL(p0‖p1)), frozen from
    // numerical quadrature. A grid over quantiles stands in for an infinite sample.
    int grid = 200_000;
    int[] targets = new int[2 * grid];
    double[] logits = new double[4 * grid];
    for (int i = 0; i < 2 * grid; i++) {
      targets[i] = i % 2;
      int step = i / 2;
      double z = normalQuantile((step + 0.5) / grid);
      double x = targets[i] == 0 ? z : 2 + spread * z;
      logits[2 * i + 1] =
          Math.log(0.1 / 0.9)
              - Math.log(spread)
              - (x - 2) * (x - 2) / (2 * spread * spread)
              + x * x / 2;
    }
    Calibration calibration = Calibrations.of(2, 1, targets, new int[2 * grid], logits);
    double[] table = CellStatistics.of(calibration).geometricTable().entries();

    assertThat(table[1] - table[0]).isCloseTo(quadrature, within(0.01));
  }

  @Test
  void two_classes_are_divided_at_the_midpoint_of_the_group_means_of_their_log_odds() {
    Calibration calibration = Calibrations.random(2, 2, 400, 0.8, 31);
    double[] odds = new double[calibration.rows()];
    for (int row = 0; row < odds.length; row++) {
      odds[row] =
          calibration.answers().logProbabilities()[2 * row + 1]
              - calibration.answers().logProbabilities()[2 * row];
    }
    double[] midpoints = new double[2];
    for (int b = 0; b < 2; b++) {
      for (int t = 0; t < 2; t++) {
        midpoints[b] +=
            Calibrations.rowsOf(calibration, t, b).stream()
                    .mapToDouble(row -> odds[row])
                    .average()
                    .orElseThrow()
                / 2;
      }
    }
    int[] expected =
        IntStream.range(0, odds.length)
            .map(row -> odds[row] > midpoints[calibration.attribute().codes()[row]] ? 1 : 0)
            .toArray();

    assertThat(Calibrations.corrected(Estimator.of("C2"), calibration)).isEqualTo(expected);
  }

  @Test
  void averaging_anchor_labels_in_log_space_is_the_full_form() {
    Calibration calibration = Calibrations.random(3, 2, 300, 0.7, 41);
    CellStatistics cells = CellStatistics.of(calibration);
    double[] full = cells.geometricTable().entries();
    double[] logs = calibration.centredLogProbabilities();
    for (int t = 0; t < 3; t++) {
      for (int b = 0; b < 2; b++) {
        double[] mean = new double[3];
        for (int row : Calibrations.rowsOf(calibration, t, b)) {
          for (int k = 0; k < 3; k++) {
            double anchor = logs[row * 3 + k];
            for (int other = 0; other < 3; other++) {
              anchor += other == t ? 0 : cells.means()[(other * 2 + b) * 3 + k];
            }
            mean[k] += anchor / 3;
          }
        }
        RuleTable.centreRows(mean, 3);
        double size = cells.sizes()[t * 2 + b];
        for (int k = 0; k < 3; k++) {
          assertThat(mean[k] / size).isCloseTo(full[b * 3 + k], within(1e-12));
        }
      }
    }
  }

  @Test
  void without_shrinkage_the_shrunk_table_is_the_plain_one() {
    CellStatistics cells = CellStatistics.of(Calibrations.random(3, 3, 500, 0.5, 51));

    assertThat(cells.shrunkTable(0).entries())
        .containsExactly(cells.geometricTable().entries(), within(1e-12));
  }

  @Test
  void a_row_of_weight_two_is_the_row_twice() {
    Calibration once = Calibrations.random(2, 2, 200, 0.6, 61);
    Calibration twice = once.select(IntStream.range(0, 400).map(i -> i / 2).toArray());
    double[] twos = new double[200];
    java.util.Arrays.fill(twos, 2);
    Calibration weighted =
        new Calibration(once.inputs(), once.answers(), once.target(), once.attribute(), twos);

    assertThat(CellStatistics.of(weighted).shrunkTable(5).entries())
        .containsExactly(CellStatistics.of(twice).shrunkTable(5).entries(), within(1e-12));
  }

  @Test
  void classes_that_share_no_value_are_refused_with_the_groups_that_are_missing() {
    Calibration diagonal =
        Calibrations.of(
            2,
            2,
            new int[] {0, 0, 1, 1},
            new int[] {0, 0, 1, 1},
            new double[] {1, 0, 1, 0, 0, 1, 0, 1});

    assertThat(CellStatistics.of(diagonal).connected()).isFalse();
    assertThatThrownBy(() -> Guards.requireConnected(Calibrations.oracle(diagonal).parts().get(0)))
        .isInstanceOf(EraserException.class)
        .hasMessage(
            "In the calibration rows, classes of 't' and values of 'b' do not overlap enough to tell one from the"
                + " other; add rows of the empty groups: group (t = t0, b = b1); group (t = t1, b = b0).");
  }

  @Test
  void one_empty_cell_of_four_is_filled_as_class_effect_plus_bias_effect() {
    // Cell means of the log odds: (0,0) → 0, (0,1) → 1, (1,0) → 2; so (1,1) → 3, T_0 = 1, T_1 = 2.
    Calibration calibration =
        Calibrations.of(
            2, 2, new int[] {0, 0, 1}, new int[] {0, 1, 0}, new double[] {0, 0, 0, 1, 0, 2});
    double[] table = CellStatistics.of(calibration).shrunkTable(5).entries();

    assertThat(table[1] - table[0]).isCloseTo(1, within(1e-12));
    assertThat(table[3] - table[2]).isCloseTo(2, within(1e-12));
  }

  private static double normalQuantile(double p) {
    double low = -10;
    double high = 10;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (normalCdf(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Series for |z| < 6, accurate to 1e-14. */
  private static double normalCdf(double z) {
    if (z < -8) {
      return 0;
    }
    if (z > 8) {
      return 1;
    }
    double sum = z;
    double term = z;
    for (int i = 3; Math.abs(term) > 1e-17; i += 2) {
      term *= z * z / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }
}
