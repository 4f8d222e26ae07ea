package org.evenhand.audit;

import java.util.List;
import java.util.function.Function;

/** The figures of an attribute: what its groups come to. */
// A record of values and a function without state are immutable, which the checker cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum AttributeMetric implements Metric {
  /** {@link AttributeAudit#averageGroupAccuracy}. */
  AVERAGE_GROUP_ACCURACY(
      "average group accuracy",
      Unit.PERCENT,
      Better.HIGHER,
      "Mean of the judged groups' accuracies, in which every group counts alike, however small.",
      AttributeAudit::averageGroupAccuracy),

  /** {@link AttributeAudit#worstGroupAccuracy}. */
  WORST_GROUP_ACCURACY(
      "worst group accuracy",
      Unit.PERCENT,
      Better.HIGHER,
      "Lowest of the judged groups' accuracies.",
      AttributeAudit::worstGroupAccuracy),

  /** {@link ModelBias#estimate}. */
  MODEL_BIAS(
      "Model Bias",
      Unit.POINTS,
      Better.LOWER,
      "Mean over classes and pairs of judged values of the absolute difference of group accuracies.",
      audit -> audit.modelBias().estimate()),

  /** {@link LargestGap#estimate}. */
  LARGEST_GAP(
      "largest gap",
      Unit.POINTS,
      Better.LOWER,
      "Largest difference of accuracy between two values within one class.",
      audit -> audit.largestGap().estimate());

  private static final List<AttributeMetric> FOR_PEOPLE =
      List.of(MODEL_BIAS, LARGEST_GAP, WORST_GROUP_ACCURACY, AVERAGE_GROUP_ACCURACY);

  private final Meaning meaning;
  private final Function<AttributeAudit, Estimate> figure;

  AttributeMetric(
      String title,
      Unit unit,
      Better better,
      String definition,
      Function<AttributeAudit, Estimate> figure) {
    this.meaning = new Meaning(title, unit, better, definition);
    this.figure = figure;
  }

  /** All of them in the order in which people read them; JSON keeps the order of declaration. */
  public static List<AttributeMetric> forPeople() {
    return FOR_PEOPLE;
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }

  /**
   * The figure with its interval.
   *
   * @param audit of the attribute
   */
  public Estimate of(AttributeAudit audit) {
    return figure.apply(audit);
  }
}
