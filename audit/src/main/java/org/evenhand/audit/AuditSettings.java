package org.evenhand.audit;

import java.util.Map;
import java.util.Optional;
import org.evenhand.core.DecisionRule;

/**
 * What an audit's figures depend on beside the data.
 *
 * <pre>{@code
 * AuditSettings settings = AuditSettings.builder().tolerance(0.03).favourable("yes").build();
 * }</pre>
 *
 * @param tolerance Model Bias up to here is tolerated, 0 to 1
 * @param gapTolerance a gap up to here between two values in one class is tolerated, 0 to 1
 * @param minGroupSize a group of fewer rows is not judged
 * @param confidence of every interval, such as 0.95
 * @param draws how often noise is drawn
 * @param seed of those draws
 * @param decisionRule how probabilities become decisions
 * @param weights what weights of rows mean; to be said unless all of them are 1
 * @param favourable the class whose receipt is an advantage, or {@link #NO_CLASS}; by default the
 *     last of two
 * @param references the value that others are compared with, by attribute; by default the value
 *     with the highest selection rate
 */
public record AuditSettings(
    double tolerance,
    double gapTolerance,
    int minGroupSize,
    double confidence,
    int draws,
    long seed,
    DecisionRule decisionRule,
    Optional<WeightKind> weights,
    Optional<String> favourable,
    Map<String, String> references) {

  /** In place of a favourable class: nobody is better off with one class than with another. */
  public static final String NO_CLASS = "none";

  /** The documented defaults. */
  public static final AuditSettings DEFAULT = builder().build();

  /**
   * @throws AuditException if a setting is out of its range
   */
  public AuditSettings {
    references = Map.copyOf(references);
    require(tolerance >= 0 && tolerance < 1, "tolerance", tolerance, "at least 0 and below 1");
    require(
        gapTolerance >= 0 && gapTolerance < 1,
        "gap tolerance",
        gapTolerance,
        "at least 0 and below 1");
    require(minGroupSize >= 1, "min-group-size", minGroupSize, "at least 1");
    require(confidence > 0.5 && confidence < 1, "confidence", confidence, "between 0.5 and 1");
    require(draws >= 99, "draws", draws, "at least 99");
  }

  /** Normal quantile of the upper end of an interval: 1.96 for a confidence of 0.95. */
  double z() {
    return Normal.quantile((1 + confidence) / 2);
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new AuditException("The %s is %s; it must be %s.".formatted(name, value, expected));
    }
  }

  /** A builder that starts from the documented defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The same with other references.
   *
   * @param other the value that others are compared with, by attribute
   */
  public AuditSettings withReferences(Map<String, String> other) {
    return toBuilder().references(other).build();
  }

  /**
   * The same with another way to decide.
   *
   * @param rule how answers become decisions
   */
  public AuditSettings withDecisionRule(DecisionRule rule) {
    return toBuilder().decisionRule(rule).build();
  }

  /** What weights of rows mean; where that was not said, all are 1. */
  WeightKind weightKind() {
    return weights.orElse(WeightKind.FREQUENCY);
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return builder()
        .tolerance(tolerance)
        .gapTolerance(gapTolerance)
        .minGroupSize(minGroupSize)
        .confidence(confidence)
        .draws(draws)
        .seed(seed)
        .decisionRule(decisionRule)
        .weights(weights)
        .favourable(favourable)
        .references(references);
  }

  /** Collects settings; what is not set has its documented default. */
  public static final class Builder {
    private double tolerance = 0.05;
    private double gapTolerance = 0.10;
    private int minGroupSize = 30;
    private double confidence = 0.95;
    private int draws = 9_999;
    private long seed = 1;
    private DecisionRule decisionRule = DecisionRule.OF_MODEL;
    private Optional<WeightKind> weights = Optional.empty();
    private Optional<String> favourable = Optional.empty();
    private Map<String, String> references = Map.of();

    private Builder() {}

    /**
     * The Model Bias that is tolerated.
     *
     * @param fraction Model Bias up to here is tolerated, 0 to 1; by default 0.05
     */
    public Builder tolerance(double fraction) {
      tolerance = fraction;
      return this;
    }

    /**
     * The largest gap that is tolerated.
     *
     * @param fraction a gap between two values in one class is tolerated up to here, 0 to 1; by
     *     default 0.10
     */
    public Builder gapTolerance(double fraction) {
      gapTolerance = fraction;
      return this;
    }

    /**
     * How many rows a group needs to be judged.
     *
     * @param rows a group of fewer is not judged; by default 30
     */
    public Builder minGroupSize(int rows) {
      minGroupSize = rows;
      return this;
    }

    /**
     * The confidence of intervals.
     *
     * @param fraction confidence of every interval; by default 0.95
     */
    public Builder confidence(double fraction) {
      confidence = fraction;
      return this;
    }

    /**
     * The number of draws.
     *
     * @param number how often noise is drawn; by default 9,999
     */
    public Builder draws(int number) {
      draws = number;
      return this;
    }

    /**
     * The seed of the draws.
     *
     * @param number seed of the draws; by default 1
     */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * How decisions are made.
     *
     * @param rule how probabilities become decisions; by default the most probable class
     */
    public Builder decisionRule(DecisionRule rule) {
      decisionRule = rule;
      return this;
    }

    /**
     * What weights of rows mean.
     *
     * @param kind whether a row of weight 2 is two rows, or one that stands for two
     */
    public Builder weights(WeightKind kind) {
      return weights(Optional.of(kind));
    }

    /**
     * What weights of rows mean, if that is said.
     *
     * @param kind whether a row of weight 2 is two rows, or one that stands for two; empty where
     *     all weights are 1
     */
    public Builder weights(Optional<WeightKind> kind) {
      weights = kind;
      return this;
    }

    /**
     * The favourable class.
     *
     * @param name the class whose receipt is an advantage, or {@link #NO_CLASS}
     */
    public Builder favourable(String name) {
      return favourable(Optional.of(name));
    }

    /**
     * The favourable class, if one is named.
     *
     * @param name the class whose receipt is an advantage, or {@link #NO_CLASS}; empty for the last
     *     of two
     */
    public Builder favourable(Optional<String> name) {
      favourable = name;
      return this;
    }

    /**
     * The values that others are compared with.
     *
     * @param values the value that others are compared with, by attribute
     */
    public Builder references(Map<String, String> values) {
      references = values;
      return this;
    }

    /**
     * The settings.
     *
     * @throws AuditException if one is out of its range
     */
    public AuditSettings build() {
      return new AuditSettings(
          tolerance,
          gapTolerance,
          minGroupSize,
          confidence,
          draws,
          seed,
          decisionRule,
          weights,
          favourable,
          references);
    }
  }
}
