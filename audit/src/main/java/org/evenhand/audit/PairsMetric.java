package org.evenhand.audit;

import java.util.Optional;
import java.util.function.Function;

/** The figures of counterfactual pairs, of models that could be asked about them. */
// A record of values and a function without state are immutable, which the checker cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum PairsMetric implements Metric {
  /** {@link CounterfactualBias#bias}. */
  COUNTERFACTUAL_BIAS(
      "counterfactual bias",
      Unit.POINTS,
      Better.LOWER,
      "Mean absolute change of the true class's probability between the members of a pair.",
      bias -> Optional.of(bias.bias())),

  /** {@link CounterfactualBias#groupGap}. */
  GROUP_GAP(
      "counterfactual bias between groups",
      Unit.POINTS,
      Better.LOWER,
      "For pairs of different people: mean over classes and pairs of values of the absolute mean"
          + " change of the true class's probability.",
      CounterfactualBias::groupGap),

  /** {@link CounterfactualBias#flippedDecisions}. */
  FLIPPED_DECISIONS(
      "decisions that flip",
      Unit.PERCENT,
      Better.LOWER,
      "Share of pairs whose members are decided differently.",
      bias -> Optional.of(bias.flippedDecisions()));

  private final Meaning meaning;
  private final Function<CounterfactualBias, Optional<? extends Estimate>> figure;

  PairsMetric(
      String title,
      Unit unit,
      Better better,
      String definition,
      Function<CounterfactualBias, Optional<? extends Estimate>> figure) {
    this.meaning = new Meaning(title, unit, better, definition);
    this.figure = figure;
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }

  /**
   * The figure with its interval; empty where it does not exist.
   *
   * @param bias on pairs
   */
  public Optional<Estimate> of(CounterfactualBias bias) {
    return figure.apply(bias).map(Estimate.class::cast);
  }
}
