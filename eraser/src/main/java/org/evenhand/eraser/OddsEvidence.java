package org.evenhand.eraser;

import java.util.Arrays;
import org.evenhand.core.Answers;
import org.evenhand.core.Patch;
import org.evenhand.core.Table;

/**
 * What thresholds are set on and blended by, of some rows.
 *
 * @param own log-odds of the deployed model, one per row
 * @param second log-odds of the second opinion, one per row
 * @param predicted p(b|x), rows × |B|
 */
record OddsEvidence(double[] own, double[] second, double[] predicted) {
  /** What is learned from the inputs. */
  record Patches(Patch value, Patch outcome) {}

  /**
   * What the deployed model says; the rest is still to be learned.
   *
   * @param deployed its answers
   * @param values |B|
   */
  static OddsEvidence of(Answers.Soft deployed, int values) {
    double[] clipped = deployed.logProbabilities().clone();
    Rounding.clip(clipped);
    double[] odds = new double[clipped.length / 2];
    Arrays.setAll(odds, row -> clipped[2 * row + 1] - clipped[2 * row]);
    return new OddsEvidence(odds, new double[odds.length], new double[odds.length * values]);
  }

  /** Notes what patches say of some rows. */
  void learn(Patches patches, Table asked, int[] rows) {
    double[] odds = secondLogOdds(patches.outcome(), asked);
    double[] shares = patches.value().logProbabilities(asked);
    int values = predicted.length / own.length;
    for (int i = 0; i < rows.length; i++) {
      second[rows[i]] = odds[i];
      for (int b = 0; b < values; b++) {
        predicted[rows[i] * values + b] = Math.exp(shares[i * values + b]);
      }
    }
  }

  private static double[] secondLogOdds(Patch patch, Table inputs) {
    double[] logs = patch.logProbabilities(inputs);
    double floor = Math.log(OddsCorrection.Opinion.FLOOR);
    double[] odds = new double[logs.length / 2];
    Arrays.setAll(odds, row -> Math.max(logs[2 * row + 1], floor) - Math.max(logs[2 * row], floor));
    return odds;
  }

  /** The score of a row. */
  double score(SharedRefit refit, boolean withSecond, int row) {
    return refit.score(own[row], withSecond ? second[row] : 0);
  }

  /** The threshold of a row, between those of the values that it may have. */
  double threshold(double[] thresholds, int row) {
    double threshold = 0;
    for (int b = 0; b < thresholds.length; b++) {
      threshold += predicted[row * thresholds.length + b] * thresholds[b];
    }
    return threshold;
  }
}
