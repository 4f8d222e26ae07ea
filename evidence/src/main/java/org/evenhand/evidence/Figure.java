package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Metric;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.PairsMetric;
import org.evenhand.repair.Aim;

/**
 * A figure before and, if there is a repair, after it.
 *
 * @param metric what it is
 * @param before its number
 * @param after its number with the repair
 */
record Figure(Metric metric, Estimate before, Optional<Estimate> after) {

  /** The figure that a repair may be for; empty where it was not measured. */
  static Optional<Figure> of(Aim aim, AttributeAudit before, Optional<AttributeAudit> after) {
    return switch (aim) {
      case MODEL_BIAS -> Optional.of(of(AttributeMetric.MODEL_BIAS, before, after));
      case LARGEST_GAP -> Optional.of(of(AttributeMetric.LARGEST_GAP, before, after));
      case WORST_GROUP -> Optional.of(of(AttributeMetric.WORST_GROUP_ACCURACY, before, after));
      case AVERAGE_GROUP -> Optional.of(of(AttributeMetric.AVERAGE_GROUP_ACCURACY, before, after));
      case COUNTERFACTUAL_BIAS -> onPairs(before, after);
    };
  }

  private static Figure of(
      AttributeMetric metric, AttributeAudit before, Optional<AttributeAudit> after) {
    return new Figure(metric, metric.of(before), after.map(metric::of));
  }

  private static Optional<Figure> onPairs(AttributeAudit before, Optional<AttributeAudit> after) {
    return before
        .counterfactualBias()
        .map(
            bias ->
                new Figure(
                    bias.groupGap().isPresent()
                        ? PairsMetric.GROUP_GAP
                        : PairsMetric.COUNTERFACTUAL_BIAS,
                    bias.judged(),
                    after
                        .flatMap(AttributeAudit::counterfactualBias)
                        .map(CounterfactualBias::judged)));
  }

  /** The accuracy of all rows. */
  static Figure overall(AuditResult before, Optional<AuditResult> after) {
    OverallMetric accuracy = OverallMetric.OVERALL_ACCURACY;
    return new Figure(accuracy, accuracy.of(before), after.map(accuracy::of));
  }

  /** Those of an attribute, each once, what the repair was for first; and that of all rows. */
  static List<Figure> of(Comparison comparison) {
    List<Aim> order = new ArrayList<>(comparison.aims());
    List.of(
            Aim.MODEL_BIAS,
            Aim.LARGEST_GAP,
            Aim.WORST_GROUP,
            Aim.AVERAGE_GROUP,
            Aim.COUNTERFACTUAL_BIAS)
        .stream()
        .filter(aim -> !order.contains(aim))
        .forEach(order::add);
    List<Figure> figures = new ArrayList<>();
    for (Aim aim : order) {
      of(aim, comparison.before(), comparison.after()).ifPresent(figures::add);
    }
    figures.add(overall(comparison.audit(), comparison.auditAfter()));
    return figures;
  }
}
