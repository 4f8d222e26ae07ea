package org.evenhand.audit;

import org.evenhand.core.Attribute;
import org.evenhand.core.Target;

/**
 * The four figures by which models are compared, without intervals (Rule Eraser 1.9), each 0 to 1.
 *
 * @param average unweighted mean of the group accuracies; NaN if a group is empty
 * @param worst their minimum; NaN if a group is empty
 * @param modelBias mean over classes and over pairs of the attribute's values of the absolute
 *     difference of group accuracies; NaN if a group is empty
 * @param overall plain share of correct decisions; NaN without rows
 */
public record GroupSummary(double average, double worst, double modelBias, double overall) {

  /**
   * Summarises decisions.
   *
   * @param target the true classes
   * @param attribute the attribute's values, as many as the target has rows
   * @param decisions one class index a row
   * @param weights frequency weights, one a row
   * @throws AuditException if the lengths differ
   */
  public static GroupSummary of(
      Target target, Attribute attribute, int[] decisions, double[] weights) {
    return of(ConfusionTable.of(target, attribute, decisions, weights));
  }

  /**
   * Summarises counts.
   *
   * @param table counts of an attribute with at least two values
   */
  public static GroupSummary of(ConfusionTable table) {
    int classes = table.classes();
    int values = table.values();
    double[] accuracies = new double[classes * values];
    double sum = 0;
    double worst = 1;
    double rows = 0;
    double correct = 0;
    for (int t = 0; t < classes; t++) {
      for (int b = 0; b < values; b++) {
        double accuracy = table.accuracy(t, b);
        accuracies[t * values + b] = accuracy;
        sum += accuracy;
        worst = Math.min(worst, accuracy);
        rows += table.rows(t, b);
        correct += table.count(t, b, t);
      }
    }
    return new GroupSummary(
        sum / accuracies.length, worst, modelBias(accuracies, classes, values), correct / rows);
  }

  /**
   * Model Bias of group accuracies, classes × values, row-major.
   *
   * <p>Pairs are summed by ranks: of values in ascending order, the one at rank r (from 0) is the
   * larger of r pairs and the smaller of |B|-1-r.
   *
   * @param accuracies one a group, none of them NaN
   * @param classes K
   * @param values |B|, at least 2
   */
  public static double modelBias(double[] accuracies, int classes, int values) {
    double sum = 0;
    double[] sorted = new double[values];
    for (int t = 0; t < classes; t++) {
      System.arraycopy(accuracies, t * values, sorted, 0, values);
      // Insertion sort: the noise floor asks thousands of times about a handful of values.
      for (int i = 1; i < values; i++) {
        double moved = sorted[i];
        int j = i - 1;
        while (j >= 0 && sorted[j] > moved) {
          sorted[j + 1] = sorted[j];
          j--;
        }
        sorted[j + 1] = moved;
      }
      for (int rank = 0; rank < values; rank++) {
        sum += (2 * rank + 1 - values) * sorted[rank];
      }
    }
    return sum * 2 / ((double) values * (values - 1) * classes);
  }
}
