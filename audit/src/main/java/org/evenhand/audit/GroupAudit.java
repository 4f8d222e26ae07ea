package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.core.Attribute;
import org.evenhand.core.Target;

/**
 * The groups (t,b) of one attribute with what is measured over them.
 *
 * @param groups by class and then by value
 * @param average unweighted mean of the group accuracies
 * @param worst their minimum
 * @param modelBias the equal-odds gap
 */
record GroupAudit(
    List<GroupAccuracy> groups, Estimate average, Estimate worst, Estimate modelBias) {

  static GroupAudit of(
      ConfusionTable table, Target target, Attribute attribute, AuditSettings settings) {
    double z = settings.z();
    List<GroupAccuracy> groups = new ArrayList<>();
    for (int t = 0; t < table.classes(); t++) {
      for (int b = 0; b < table.values(); b++) {
        Proportion share = new Proportion(table.count(t, b, t), table.rows(t, b));
        String value = attribute.values().get(b);
        String targetClass = target.classes().names().get(t);
        String label = label(attribute.name(), value, target.name(), targetClass);
        groups.add(
            new GroupAccuracy(
                targetClass,
                value,
                share.n(),
                share.hits(),
                share.estimate(z, "the group %s has no rows".formatted(label))));
      }
    }
    for (GroupAccuracy group : groups) {
      if (group.accuracy() instanceof Estimate.Unknown empty) {
        return new GroupAudit(groups, empty, empty, empty);
      }
    }
    Proportion[] accuracies = proportions(groups);
    return new GroupAudit(
        groups,
        Mover.mean(Arrays.stream(accuracies).map(share -> share.wilson(z)).toArray(Known[]::new)),
        worst(accuracies, settings),
        gaps(accuracies, table.classes(), table.values())
            .interval(settings.confidence(), settings.seed()));
  }

  /** The accuracies as counts. */
  static Proportion[] proportions(List<GroupAccuracy> groups) {
    return groups.stream()
        .map(group -> new Proportion(group.correct(), group.n()))
        .toArray(Proportion[]::new);
  }

  /** A group in words, such as {@code race = Other, repaid = no}. */
  static String label(String attribute, String value, String target, String targetClass) {
    return "%s = %s, %s = %s".formatted(attribute, value, target, targetClass);
  }

  /** Model Bias as gaps between values within classes of equal weight. */
  static AbsoluteGaps gaps(Proportion[] accuracies, int classes, int values) {
    double[] ones = new double[classes];
    Arrays.fill(ones, 1);
    return new AbsoluteGaps(
        ones,
        values,
        Arrays.stream(accuracies).mapToDouble(Proportion::value).toArray(),
        Arrays.stream(accuracies).mapToDouble(Proportion::adjustedVariance).toArray());
  }

  /**
   * The minimum of the accuracies. The truly worst group is above its own lower limit, so the
   * smallest lower limit needs no correction; the upper end must hold for whichever group looks
   * worst, so it shares its error among all.
   */
  private static Known worst(Proportion[] accuracies, AuditSettings settings) {
    double z = settings.z();
    double zOfAll = Normal.quantile(1 - (1 - settings.confidence()) / 2 / accuracies.length);
    double value = 1;
    double low = 1;
    double high = 1;
    for (Proportion accuracy : accuracies) {
      value = Math.min(value, accuracy.value());
      low = Math.min(low, accuracy.wilson(z).low());
      high = Math.min(high, accuracy.wilson(zOfAll).high());
    }
    return new Known(value, low, high);
  }
}
