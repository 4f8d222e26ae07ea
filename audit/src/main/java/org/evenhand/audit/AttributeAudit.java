package org.evenhand.audit;

import java.util.List;

/**
 * Everything measured about one protected attribute.
 *
 * @param attribute its name
 * @param reference the value that the others are compared with; empty when none was named and no
 *     class is known to be favourable
 * @param averageGroupAccuracy unweighted mean of the group accuracies
 * @param worstGroupAccuracy their minimum
 * @param modelBias the equal-odds gap with noise floor and p-value
 * @param verdict what the evidence allows to say
 * @param explanation why, in one or two sentences; for insufficient evidence about how many more
 *     rows of which group would decide
 * @param coverage how many rows the groups are made of
 * @param groups one a group (t,b), by class and then by value
 * @param values one a value of the attribute
 */
public record AttributeAudit(
    String attribute,
    String reference,
    Estimate averageGroupAccuracy,
    Estimate worstGroupAccuracy,
    ModelBias modelBias,
    Verdict verdict,
    String explanation,
    Coverage coverage,
    List<GroupAccuracy> groups,
    List<ValueMetrics> values) {
  /** Copies the lists. */
  public AttributeAudit {
    groups = List.copyOf(groups);
    values = List.copyOf(values);
  }
}
