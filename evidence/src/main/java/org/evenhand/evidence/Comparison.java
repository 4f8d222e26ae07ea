package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.ValueMetrics;

/**
 * One attribute before and, if there is a repair, after it.
 *
 * @param audit the whole audit before
 * @param before the attribute in it
 * @param auditAfter the whole audit after
 * @param after the attribute in that
 * @param labels how the two series are called
 */
record Comparison(
    AuditResult audit,
    AttributeAudit before,
    Optional<AuditResult> auditAfter,
    Optional<AttributeAudit> after,
    Labels labels) {

  /** Names of the two series. */
  record Labels(String before, String after) {}

  /** One per attribute, in the order of the audit. */
  static List<Comparison> of(Evidence evidence) {
    Optional<RepairRecord> standing = evidence.change().filter(RepairRecord::stands);
    return of(
        evidence.deployed(),
        standing.map(RepairRecord::after),
        standing.isPresent() ? new Labels("before", "after") : new Labels("measured", ""));
  }

  private static List<Comparison> of(
      AuditResult before, Optional<AuditResult> after, Labels labels) {
    List<Comparison> comparisons = new ArrayList<>();
    for (AttributeAudit attribute : before.attributes()) {
      Optional<AttributeAudit> counterpart =
          after.flatMap(
              result ->
                  result.attributes().stream()
                      .filter(other -> other.attribute().equals(attribute.attribute()))
                      .findFirst());
      comparisons.add(new Comparison(before, attribute, after, counterpart, labels));
    }
    return comparisons;
  }

  /** On counterfactual pairs, before. */
  Optional<CounterfactualBias> counterfactualBefore() {
    return before.counterfactualBias();
  }

  /** On counterfactual pairs, after. */
  Optional<CounterfactualBias> counterfactualAfter() {
    return after.flatMap(AttributeAudit::counterfactualBias);
  }

  String attribute() {
    return before.attribute();
  }

  /** The style of the first series: hollow if a second, filled one follows it. */
  String firstSeries() {
    return after.isPresent() ? "before" : "only";
  }

  Optional<GroupAccuracy> after(GroupAccuracy group) {
    return after.flatMap(
        attribute ->
            attribute.groups().stream()
                .filter(other -> other.target().equals(group.target()))
                .filter(other -> other.attributeValue().equals(group.attributeValue()))
                .findFirst());
  }

  Optional<ValueMetrics> after(ValueMetrics metrics) {
    return after.flatMap(
        attribute ->
            attribute.values().stream()
                .filter(other -> other.value().equals(metrics.value()))
                .findFirst());
  }
}
