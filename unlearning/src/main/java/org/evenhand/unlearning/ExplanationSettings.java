package org.evenhand.unlearning;

/**
 * How bias is explained.
 *
 * @param relativeRidge see {@link TrainedHead#solver}
 * @param draws how often the pairs are redrawn to see how stable the ranking is, at least 0
 * @param seed of the draws
 */
public record ExplanationSettings(double relativeRidge, int draws, long seed) {
  /** A ridge of 0.001 mean squares of a feature per row, ten draws, seed 1. */
  public static final ExplanationSettings DEFAULT = new ExplanationSettings(1e-3, 10, 1);

  /**
   * @throws UnlearningException if a value is out of range
   */
  public ExplanationSettings {
    if (!(relativeRidge >= 0 && relativeRidge < Double.POSITIVE_INFINITY)) {
      throw new UnlearningException(
          "The ridge is %s; it must be finite and not negative.".formatted(relativeRidge));
    }
    if (draws < 0) {
      throw new UnlearningException(
          "The pairs are to be redrawn %d times; it cannot be less than 0.".formatted(draws));
    }
  }
}
