package org.evenhand.repair;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.evenhand.audit.ConfusionTable;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;
import org.evenhand.core.Target;

/**
 * What decisions about some rows come to, each figure the mean over the repaired attributes.
 *
 * @param overall share of correct decisions
 * @param average group accuracy
 * @param worst group accuracy
 * @param modelBias mean absolute gap in accuracy between values
 * @param largestGap the largest of those gaps
 * @param impactRatio lowest selection rate of a value over the highest, the lowest over attributes;
 *     NaN without a favourable class
 * @param shares of the rows that get each class
 * @param truths shares of the rows that have each class
 * @param pairs what answers to the rows and their twins come to
 */
record SearchFigures(
    double overall,
    double average,
    double worst,
    double modelBias,
    double largestGap,
    double impactRatio,
    List<Double> shares,
    List<Double> truths,
    PairFigures pairs) {
  /** Of a method that does not apply. */
  static final SearchFigures NONE =
      new SearchFigures(
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          List.of(),
          List.of(),
          PairFigures.NONE);

  /**
   * Counts.
   *
   * @param some the rows that count
   * @param attributes those that are repaired
   * @param favourable class whose selection is compared
   * @param decided about those rows
   * @param pairs of those rows
   */
  static SearchFigures of(
      LabelledSet some,
      List<String> attributes,
      OptionalInt favourable,
      int[] decided,
      PairFigures pairs) {
    double[] sums = new double[4];
    double ratio = favourable.isPresent() ? 1 : Double.NaN;
    for (String name : attributes) {
      Members members = Members.of(some.attribute(name), some.weights());
      ConfusionTable table = table(some.target(), members, decided);
      GroupSummary summary = GroupSummary.of(table);
      sums[0] += summary.average() / attributes.size();
      sums[1] += summary.worst() / attributes.size();
      sums[2] += summary.modelBias() / attributes.size();
      sums[3] += largestGap(table) / attributes.size();
      if (favourable.isPresent()) {
        ratio = Math.min(ratio, impactRatio(table, favourable.getAsInt()));
      }
    }
    double[] byDecision = new double[some.target().classes().size()];
    double[] byTruth = new double[byDecision.length];
    double right = 0;
    int[] truth = some.target().codes();
    double[] weights = some.weights();
    for (int i = 0; i < decided.length; i++) {
      byDecision[decided[i]] += weights[i];
      byTruth[truth[i]] += weights[i];
      right += decided[i] == truth[i] ? weights[i] : 0;
    }
    double total = some.weight();
    return new SearchFigures(
        right / total,
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        ratio,
        shares(byDecision, total),
        shares(byTruth, total),
        pairs);
  }

  private static List<Double> shares(double[] weights, double total) {
    return Arrays.stream(weights).map(weight -> weight / total).boxed().toList();
  }

  private static ConfusionTable table(Target target, Members members, int[] decided) {
    int[] rows = members.rows();
    Attribute attribute = members.attribute();
    return ConfusionTable.of(
        target.select(rows),
        attribute,
        Arrays.stream(rows).map(row -> decided[row]).toArray(),
        members.weights());
  }

  private static double largestGap(ConfusionTable table) {
    double largest = 0;
    for (int t = 0; t < table.classes(); t++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int b = 0; b < table.values(); b++) {
        if (table.rows(t, b) > 0) {
          low = Math.min(low, table.accuracy(t, b));
          high = Math.max(high, table.accuracy(t, b));
        }
      }
      largest = Math.max(largest, high - low);
    }
    return largest;
  }

  private static double impactRatio(ConfusionTable table, int favourable) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (int b = 0; b < table.values(); b++) {
      double rows = 0;
      double selected = 0;
      for (int t = 0; t < table.classes(); t++) {
        rows += table.rows(t, b);
        selected += table.count(t, b, favourable);
      }
      if (rows > 0) {
        low = Math.min(low, selected / rows);
        high = Math.max(high, selected / rows);
      }
    }
    return high > 0 ? low / high : Double.NaN;
  }

  /** Share of the rows that get the class that is decided most; NaN without any. */
  double mostDecided() {
    return shares.stream().max(Comparator.naturalOrder()).orElse(Double.NaN);
  }

  /** The figure of an aim. */
  double of(Aim aim) {
    return switch (aim) {
      case MODEL_BIAS -> modelBias;
      case LARGEST_GAP -> largestGap;
      case WORST_GROUP -> worst;
      case AVERAGE_GROUP -> average;
      case COUNTERFACTUAL_BIAS -> pairs.bias();
    };
  }
}
