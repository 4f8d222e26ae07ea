package org.evenhand.audit;

import org.evenhand.core.Attribute;
import org.evenhand.core.Target;

/**
 * The four figures by which models are compared, without intervals, each 0 to 1.
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
   * @param weights frequency weights, one per row
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
   * @param accuracies one per group, none of them NaN
   * @param classes K
   * @param values |B|, at least 2
   */
  public static double modelBias(double[] accuracies, int classes, int values) {
    double sum = 0;
    double[] members = new double[values];
    for (int t = 0; t < classes; t++) {
      System.arraycopy(accuracies, t * values, members, 0, values);
      sum += AbsoluteGaps.meanGap(members);
    }
    return sum / classes;
  }
}
