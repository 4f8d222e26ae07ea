package org.evenhand.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * How the decisions that a model names go together with its probabilities. They need not: some
 * exporters keep a threshold in the label alone, others decide by votes.
 *
 * @param rows compared
 * @param differing rows whose label is not the most probable class
 * @param rule by which the probabilities give every label; empty if none that is known does
 */
public record LabelAgreement(int rows, int differing, Optional<DecisionRule> rule) {
  /**
   * Compares labels and probabilities.
   *
   * @param answers that have no labels agree with themselves
   */
  public static LabelAgreement of(Answers.Soft answers) {
    int[] scored = answers.decisions(DecisionRule.MOST_PROBABLE);
    int[] labels = answers.labels().orElse(scored);
    int differing = 0;
    for (int row = 0; row < scored.length; row++) {
      differing += scored[row] == labels[row] ? 0 : 1;
    }
    return new LabelAgreement(
        scored.length,
        differing,
        differing == 0
            ? Optional.of(DecisionRule.MOST_PROBABLE)
            : threshold(answers.logProbabilities(), labels, answers.classes().size()));
  }

  /** The roundest threshold between the rows of the first label and those of the second. */
  private static Optional<DecisionRule> threshold(double[] logs, int[] labels, int classes) {
    if (classes != 2) {
      return Optional.empty();
    }
    double below = Double.NEGATIVE_INFINITY;
    double reached = Double.POSITIVE_INFINITY;
    for (int row = 0; row < labels.length; row++) {
      double second = logs[2 * row + 1];
      if (labels[row] == 1) {
        reached = Math.min(reached, second);
      } else {
        below = Math.max(below, second);
      }
    }
    // Where one label is never given, any extreme threshold would do; that explains nothing.
    if (!(below < reached) || Double.isInfinite(below) || Double.isInfinite(reached)) {
      return Optional.empty();
    }
    return roundest(below, reached);
  }

  /** The threshold with the fewest digits. */
  private static Optional<DecisionRule> roundest(double below, double reached) {
    BigDecimal most = BigDecimal.valueOf(Math.exp(reached));
    for (int digits = 1; digits <= 17; digits++) {
      BigDecimal down = most.setScale(digits, RoundingMode.FLOOR);
      // What was written as 0.35 may come back from its logarithm a little smaller.
      for (BigDecimal rounded : List.of(down.add(down.ulp()), down)) {
        double log = Math.log(rounded.doubleValue());
        if (log > below && log <= reached && log < 0) {
          return Optional.of(DecisionRule.threshold(rounded.doubleValue()));
        }
      }
    }
    return Optional.empty();
  }

  /** What the user should know, one sentence; empty where labels and probabilities agree. */
  public Optional<String> warning() {
    if (differing == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "the model's label differs from its most probable class in %d of %d rows%s; the label is what is deployed, so it decides unless a rule on the scores is asked for."
            .formatted(
                differing,
                rows,
                rule.map(found -> ", which a %s explains".formatted(found)).orElse("")));
  }
}
