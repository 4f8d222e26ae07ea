package org.evenhand.audit;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The metrics of one value of an attribute, whatever the true class. Adding one is adding a
 * constant here: texts, JSON, reports and documentation go through the list.
 */
// A record of values and a function without state are immutable, which the checker cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum ValueMetric implements Metric {
  /** Share given the favourable class. */
  SELECTION_RATE(
      "selection rate",
      Unit.PERCENT,
      Better.NEITHER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Share of the rows given the favourable class.",
      value -> value.own().selectionRate()),

  /** Of those who deserve it, the share given the favourable class. */
  TRUE_POSITIVE_RATE(
      "true positive rate",
      Unit.PERCENT,
      Better.HIGHER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Of the rows whose true class is the favourable one, the share given it.",
      value -> value.own().truePositiveRate()),

  /** Of those who do not deserve it, the share given the favourable class. */
  FALSE_POSITIVE_RATE(
      "false positive rate",
      Unit.PERCENT,
      Better.LOWER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Of the rows of another true class, the share given the favourable class.",
      value -> value.own().falsePositiveRate()),

  /** Of those given the favourable class, the share who deserve it. */
  POSITIVE_PREDICTIVE_VALUE(
      "positive predictive value",
      Unit.PERCENT,
      Better.HIGHER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Of the rows given the favourable class, the share of which it is the true class.",
      value -> value.own().positivePredictiveValue()),

  /** Selection rate over the reference's. */
  IMPACT_RATIO(
      "impact ratio",
      Unit.RATIO,
      Better.NEAR_ONE,
      Basis.DECISIONS,
      Compared.WITH_REFERENCE,
      "Selection rate over that of the reference; below 0.8 is flagged.",
      value -> value.ratio(Rates::selectionRate)),

  /** Difference of selection rates. */
  STATISTICAL_PARITY_DIFFERENCE(
      "statistical parity",
      Unit.POINTS,
      Better.NEAR_ZERO,
      Basis.DECISIONS,
      Compared.WITH_REFERENCE,
      "Selection rate less that of the reference.",
      value -> value.difference(Rates::selectionRate)),

  /** Difference of true positive rates. */
  EQUAL_OPPORTUNITY_DIFFERENCE(
      "equal opportunity",
      Unit.POINTS,
      Better.NEAR_ZERO,
      Basis.DECISIONS,
      Compared.WITH_REFERENCE,
      "True positive rate less that of the reference.",
      value -> value.difference(Rates::truePositiveRate)),

  /** Mean of the differences of true and of false positive rates. */
  AVERAGE_ODDS_DIFFERENCE(
      "average odds",
      Unit.POINTS,
      Better.NEAR_ZERO,
      Basis.DECISIONS,
      Compared.WITH_REFERENCE,
      "Mean of the differences of true and of false positive rates from those of the reference.",
      value -> value.meanDifference(Rates::falsePositiveRate, Rates::truePositiveRate)),

  /** Difference of positive predictive values. */
  PREDICTIVE_PARITY_DIFFERENCE(
      "predictive parity",
      Unit.POINTS,
      Better.NEAR_ZERO,
      Basis.DECISIONS,
      Compared.WITH_REFERENCE,
      "Positive predictive value less that of the reference.",
      value -> value.difference(Rates::positivePredictiveValue)),

  /** Mean absolute gap between score and outcome over bins of equal mass. */
  CALIBRATION_ERROR(
      "calibration error",
      Unit.POINTS,
      Better.LOWER,
      Basis.SCORES,
      Compared.ALONE,
      "Mean absolute gap between mean score and share of true favourable rows over 15 bins of equal"
          + " mass.",
      value ->
          value.ofScores(
              (scores, label) ->
                  scores.calibrationError(
                      value.settings().confidence(), value.settings().seed(), label))),

  /** Area under the ROC curve of the favourable class's score. */
  AUC(
      "AUC",
      Unit.RATIO,
      Better.HIGHER,
      Basis.SCORES,
      Compared.ALONE,
      "Chance that a row of the favourable true class scores above one of another, ties counting"
          + " half.",
      value -> value.ofScores((scores, label) -> scores.areaUnderRoc(value.settings().z(), label))),

  /** Of those who deserve it, the share not given the favourable class. */
  FALSE_NEGATIVE_RATE(
      "false negative rate",
      Unit.PERCENT,
      Better.LOWER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Of the rows whose true class is the favourable one, the share given another.",
      value -> value.own().falseNegativeRate()),

  /** Of those given the favourable class, the share who do not deserve it. */
  FALSE_DISCOVERY_RATE(
      "false discovery rate",
      Unit.PERCENT,
      Better.LOWER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Of the rows given the favourable class, the share of another true class.",
      value -> value.own().falseDiscoveryRate()),

  /** Of those given another class, the share who deserve the favourable one. */
  FALSE_OMISSION_RATE(
      "false omission rate",
      Unit.PERCENT,
      Better.LOWER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Of the rows given another class, the share whose true class is the favourable one.",
      value -> value.own().falseOmissionRate()),

  /** Of those given another class, the share who do not deserve the favourable one. */
  NEGATIVE_PREDICTIVE_VALUE(
      "negative predictive value",
      Unit.PERCENT,
      Better.HIGHER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Of the rows given another class, the share whose true class is not the favourable one.",
      value -> value.own().negativePredictiveValue()),

  /** Share who deserve the favourable class. */
  BASE_RATE(
      "base rate",
      Unit.PERCENT,
      Better.NEITHER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Share of the rows whose true class is the favourable one, whatever was decided.",
      value -> value.own().baseRate()),

  /** Share decided correctly, between all classes. */
  ACCURACY(
      "accuracy",
      Unit.PERCENT,
      Better.HIGHER,
      Basis.DECISIONS,
      Compared.ALONE,
      "Share of the rows decided correctly, between all classes; needs no favourable class.",
      value -> value.own().accuracy()),

  /** Difference of mean scores. */
  MEAN_SCORE_DIFFERENCE(
      "mean score difference",
      Unit.POINTS,
      Better.NEAR_ZERO,
      Basis.SCORES,
      Compared.WITH_REFERENCE,
      "Mean probability of the favourable class less that of the reference.",
      value -> value.ofBothScores(Moments::difference)),

  /** The same in standard deviations: Cohen's d. */
  STANDARDISED_SCORE_DIFFERENCE(
      "standardised score difference",
      Unit.NUMBER,
      Better.NEAR_ZERO,
      Basis.SCORES,
      Compared.WITH_REFERENCE,
      "Mean score difference in standard deviations, pooled over the two values (Cohen's d).",
      value -> value.ofBothScores(Moments::standardisedDifference));

  /** What a metric is made of, and so where it exists. */
  public enum Basis {
    /** Decided classes, which every audit has. */
    DECISIONS,
    /** Probabilities, which some models do not give. */
    SCORES
  }

  /** What a metric is about. */
  public enum Compared {
    /** The rows of this value alone. */
    ALONE,
    /** These rows beside those of the reference value. */
    WITH_REFERENCE
  }

  private static final List<ValueMetric> FOR_TERMINALS = List.of(SELECTION_RATE, IMPACT_RATIO);

  private static final Set<ValueMetric> WITHOUT_OUTCOMES =
      Set.of(
          SELECTION_RATE,
          IMPACT_RATIO,
          STATISTICAL_PARITY_DIFFERENCE,
          MEAN_SCORE_DIFFERENCE,
          STANDARDISED_SCORE_DIFFERENCE);

  private final Meaning meaning;
  private final Basis basis;
  private final Compared compared;
  private final Function<ValueComparison, Estimate> figure;

  ValueMetric(
      String title,
      Unit unit,
      Better better,
      Basis basis,
      Compared compared,
      String definition,
      Function<ValueComparison, Estimate> figure) {
    this.meaning = new Meaning(title, unit, better, definition);
    this.basis = basis;
    this.compared = compared;
    this.figure = figure;
  }

  /** The few that fit on a line of text. */
  public static List<ValueMetric> forTerminals() {
    return FOR_TERMINALS;
  }

  /**
   * Those of one kind, in the order of declaration.
   *
   * @param basis what they are made of
   * @param compared what they are about
   */
  public static List<ValueMetric> of(Basis basis, Compared compared) {
    return Stream.of(values())
        .filter(metric -> metric.basis == basis && metric.compared == compared)
        .toList();
  }

  /** Whether it compares answers with true classes. */
  public boolean needsOutcomes() {
    return !WITHOUT_OUTCOMES.contains(this);
  }

  /** Whether it is about scores as probabilities, and not only about their order. */
  boolean needsProbabilities() {
    return basis == Basis.SCORES && this != AUC;
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }

  /** What it is made of. */
  public Basis basis() {
    return basis;
  }

  /** What it is about. */
  public Compared compared() {
    return compared;
  }

  /**
   * The figure with its interval.
   *
   * @param values of a value of an attribute
   */
  public Estimate of(ValueMetrics values) {
    return values.of(this);
  }

  Estimate compute(ValueComparison value) {
    return figure.apply(value);
  }
}
