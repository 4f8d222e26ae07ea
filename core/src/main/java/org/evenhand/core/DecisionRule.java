package org.evenhand.core;

import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** How probabilities become a decision. */
public final class DecisionRule implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * As the model decides itself: by its label where it gives one ({@link Answers.Soft#labels}),
   * else the most probable class.
   */
  public static final DecisionRule OF_MODEL = new DecisionRule(Double.NaN, "as the model decides");

  /** The most probable class; on a tie the first of them. */
  public static final DecisionRule MOST_PROBABLE =
      new DecisionRule(Double.NaN, "most probable class");

  private final double threshold;
  private final String description;

  private DecisionRule(double threshold, String description) {
    this.threshold = threshold;
    this.description = description;
  }

  /**
   * For two classes: the second class where its probability is at least the threshold, else the
   * first.
   *
   * @param threshold strictly between 0 and 1
   * @throws CoreException if it is not
   */
  public static DecisionRule threshold(double threshold) {
    if (!(threshold > 0 && threshold < 1)) {
      throw new CoreException(
          "The threshold is %s; it must lie strictly between 0 and 1.".formatted(threshold));
    }
    return new DecisionRule(threshold, "threshold " + threshold);
  }

  /** The threshold on the second class's probability; empty if there is none. */
  public OptionalDouble threshold() {
    return Double.isNaN(threshold) ? OptionalDouble.empty() : OptionalDouble.of(threshold);
  }

  /**
   * What this rule comes to on some answers: {@link #OF_MODEL} is the most probable class unless
   * the model's labels say something else.
   *
   * @param answers of the model
   */
  public DecisionRule namedFor(Answers answers) {
    boolean labelsDiffer =
        answers instanceof Answers.Soft soft && LabelAgreement.of(soft).differing() > 0;
    return this == OF_MODEL && !labelsDiffer ? MOST_PROBABLE : this;
  }

  /**
   * The rule by which scores alone give the same decisions: this rule, unless it is {@link
   * #OF_MODEL}. That is what a repaired model can go on deciding by.
   *
   * @param answers of the model, the more the better
   * @throws CoreException if the model's labels follow from its scores by no rule that is known
   */
  public DecisionRule onScores(Answers answers) {
    if (this != OF_MODEL || !(answers instanceof Answers.Soft soft)) {
      return this;
    }
    LabelAgreement agreement = LabelAgreement.of(soft);
    return agreement
        .rule()
        .orElseThrow(
            () ->
                new CoreException(
                    "The model's label differs from its most probable class in %d of %d rows, and no threshold explains it, so that a change of its scores does not say how it would decide; decide by the scores."
                        .formatted(agreement.differing(), agreement.rows()),
                    Setting.DECIDE_BY));
  }

  /**
   * The decided class of every row.
   *
   * @param logProbabilities rows × classes, row-major, normalised
   * @param classes K; a threshold needs K = 2
   * @throws CoreException if there is a threshold and K is not 2
   */
  public int[] decide(double[] logProbabilities, int classes) {
    if (Double.isNaN(threshold)) {
      return mostProbable(logProbabilities, classes);
    }
    if (classes != 2) {
      throw new CoreException(
          "A threshold applies to two classes, but the model decides between %d."
              .formatted(classes));
    }
    // In log space on both sides, so that a probability written exactly as the threshold reaches
    // it.
    double logThreshold = Math.log(threshold);
    int[] decisions = new int[logProbabilities.length / 2];
    for (int row = 0; row < decisions.length; row++) {
      decisions[row] = logProbabilities[2 * row + 1] >= logThreshold ? 1 : 0;
    }
    return decisions;
  }

  private static int[] mostProbable(double[] logProbabilities, int classes) {
    int[] decisions = new int[logProbabilities.length / classes];
    for (int row = 0; row < decisions.length; row++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        if (logProbabilities[row * classes + k] > logProbabilities[row * classes + best]) {
          best = k;
        }
      }
      decisions[row] = best;
    }
    return decisions;
  }

  /** The two rules without a threshold are told apart by who they are. */
  private Object readResolve() {
    return Stream.of(OF_MODEL, MOST_PROBABLE)
        .filter(rule -> rule.description.equals(description))
        .findFirst()
        .orElse(this);
  }

  @Override
  public String toString() {
    return description;
  }
}
