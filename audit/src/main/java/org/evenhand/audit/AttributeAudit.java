package org.evenhand.audit;

import java.util.List;
import java.util.Optional;

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
 * @param groups one per group (t,b), by class and then by value
 * @param values one per value of the attribute
 * @param counterfactualBias what the attribute's other value does to the answers, where that was
 *     measured
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
    List<ValueMetrics> values,
    Optional<CounterfactualBias> counterfactualBias) {
  /** Copies the lists. */
  public AttributeAudit {
    groups = List.copyOf(groups);
    values = List.copyOf(values);
  }

  /**
   * An audit without counterfactual pairs.
   *
   * @param attribute its name
   * @param reference the value that the others are compared with, or empty
   * @param averageGroupAccuracy unweighted mean of the group accuracies
   * @param worstGroupAccuracy their minimum
   * @param modelBias the equal-odds gap with noise floor and p-value
   * @param verdict what the evidence allows to say
   * @param explanation why
   * @param coverage how many rows the groups are made of
   * @param groups one per group (t,b), by class and then by value
   * @param values one per value of the attribute
   */
  public AttributeAudit(
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
    this(
        attribute,
        reference,
        averageGroupAccuracy,
        worstGroupAccuracy,
        modelBias,
        verdict,
        explanation,
        coverage,
        groups,
        values,
        Optional.empty());
  }

  /**
   * The same with the bias on counterfactual pairs.
   *
   * @param bias of this attribute
   */
  public AttributeAudit with(CounterfactualBias bias) {
    return new AttributeAudit(
        attribute,
        reference,
        averageGroupAccuracy,
        worstGroupAccuracy,
        modelBias,
        verdict,
        explanation,
        coverage,
        groups,
        values,
        Optional.of(bias));
  }

  AttributeAudit withoutProbabilities() {
    return new AttributeAudit(
        attribute,
        reference,
        averageGroupAccuracy,
        worstGroupAccuracy,
        modelBias,
        verdict,
        explanation,
        coverage,
        groups,
        values.stream().map(ValueMetrics::withoutProbabilities).toList(),
        counterfactualBias);
  }

  /** Whether decisions or counterfactual pairs show bias. */
  public boolean isBiased() {
    return verdict == Verdict.BIASED
        || counterfactualBias.filter(bias -> bias.verdict() == Verdict.BIASED).isPresent();
  }
}
