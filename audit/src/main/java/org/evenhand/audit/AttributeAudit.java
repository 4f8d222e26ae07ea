package org.evenhand.audit;

import java.util.List;
import java.util.Optional;

/**
 * Everything measured about one protected attribute.
 *
 * @param attribute its name
 * @param reference the value that the others are compared with; empty when none was named and no
 *     class is known to be favourable
 * @param averageGroupAccuracy unweighted mean of the judged groups' accuracies
 * @param worstGroupAccuracy their minimum
 * @param modelBias the equal-odds gap with noise floor and p-value
 * @param largestGap between two values in one class
 * @param judgement what the evidence allows to say, and why
 * @param fourFifths the lowest selection rate over the highest: beside the verdict, and none
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
    LargestGap largestGap,
    Judgement judgement,
    FourFifths fourFifths,
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
        largestGap,
        judgement,
        fourFifths,
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
        largestGap,
        judgement,
        fourFifths,
        coverage,
        groups,
        values.stream().map(ValueMetrics::withoutProbabilities).toList(),
        counterfactualBias);
  }

  /** The judgement in one word. */
  public Verdict verdict() {
    return judgement.verdict();
  }

  /** The judgement in sentences. */
  public String explanation() {
    return judgement.explanation();
  }

  /** The groups with too few rows to be judged, by class and then by value. */
  public List<GroupAccuracy> notJudged() {
    return groups.stream().filter(group -> !group.judged()).toList();
  }

  /** Whether decisions or counterfactual pairs show bias. */
  public boolean isBiased() {
    return verdict() == Verdict.BIASED
        || counterfactualBias.filter(bias -> bias.verdict() == Verdict.BIASED).isPresent();
  }
}
