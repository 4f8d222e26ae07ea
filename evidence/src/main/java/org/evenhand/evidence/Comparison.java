package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.repair.Aim;
import org.evenhand.repair.RepairJudgement.AimFinding;

/**
 * One attribute before and, if there is a repair, after it.
 *
 * @param audit the whole audit before
 * @param before the attribute in it
 * @param auditAfter the whole audit after
 * @param after the attribute in that
 * @param labels how the two series are called
 * @param aims what the repair was for, if it was one of this attribute, whether it stands or not
 * @param target name of the column of true classes; empty where it is not known
 */
record Comparison(
    AuditResult audit,
    AttributeAudit before,
    Optional<AuditResult> auditAfter,
    Optional<AttributeAudit> after,
    Labels labels,
    List<Aim> aims,
    String target) {

  /** Names of the two series. */
  record Labels(String before, String after) {}

  /** One per attribute, in the order of the audit. */
  static List<Comparison> of(Evidence evidence) {
    Optional<RepairRecord> standing = evidence.change().filter(RepairRecord::stands);
    Labels labels =
        standing.isPresent() ? new Labels("before", "after") : new Labels("measured", "");
    Optional<AuditResult> after = standing.map(RepairRecord::after);
    List<Comparison> comparisons = new ArrayList<>();
    for (AttributeAudit attribute : evidence.deployed().attributes()) {
      comparisons.add(
          new Comparison(
              evidence.deployed(),
              attribute,
              after,
              after.flatMap(result -> counterpart(attribute, result)),
              labels,
              evidence
                  .change()
                  .map(repair -> aims(repair, attribute.attribute()))
                  .orElse(List.of()),
              evidence.presentation().target()));
    }
    return comparisons;
  }

  private static Optional<AttributeAudit> counterpart(
      AttributeAudit attribute, AuditResult result) {
    return result.attributes().stream()
        .filter(other -> other.attribute().equals(attribute.attribute()))
        .findFirst();
  }

  private static List<Aim> aims(RepairRecord repair, String attribute) {
    return repair.proposal().attributes().contains(attribute)
        ? repair.judgement().findings().stream().map(AimFinding::aim).toList()
        : List.of();
  }

  /** What the page leads with: the first thing that the repair was for, else Model Bias. */
  Aim lead() {
    return aims.stream()
        .filter(aim -> Figure.of(aim, before, after).isPresent())
        .findFirst()
        .orElse(Aim.MODEL_BIAS);
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

  /** A class in a sentence: {@code income = >50K}. */
  String classNamed(String name) {
    return target.isEmpty() ? "class " + name : target + " = " + name;
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
