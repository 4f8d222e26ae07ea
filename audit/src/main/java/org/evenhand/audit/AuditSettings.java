package org.evenhand.audit;

import java.util.Map;
import java.util.Optional;
import org.evenhand.core.DecisionRule;

/**
 * What an audit's figures depend on beside the data.
 *
 * @param tolerance Model Bias up to here is tolerated, 0 to 1
 * @param minGroupSize a group of fewer rows allows no verdict
 * @param confidence of every interval, such as 0.95
 * @param draws how often the noise floor is drawn
 * @param seed of those draws
 * @param decisionRule how probabilities become decisions
 * @param favourable the class whose receipt is an advantage; by default the last of two
 * @param references the value that others are compared with, by attribute; by default the value
 *     with the highest selection rate
 */
public record AuditSettings(
    double tolerance,
    int minGroupSize,
    double confidence,
    int draws,
    long seed,
    DecisionRule decisionRule,
    Optional<String> favourable,
    Map<String, String> references) {

  /** The documented defaults. */
  public static final AuditSettings DEFAULT =
      new AuditSettings(
          0.05, 30, 0.95, 9_999, 1, DecisionRule.OF_MODEL, Optional.empty(), Map.of());

  /**
   * @throws AuditException if a setting is out of its range
   */
  public AuditSettings {
    references = Map.copyOf(references);
    require(tolerance >= 0 && tolerance < 1, "tolerance", tolerance, "at least 0 and below 1");
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

  /**
   * The same with another tolerance.
   *
   * @param other Model Bias up to here is tolerated
   */
  public AuditSettings withTolerance(double other) {
    return new AuditSettings(
        other, minGroupSize, confidence, draws, seed, decisionRule, favourable, references);
  }

  /**
   * The same with other references.
   *
   * @param other the value that others are compared with, by attribute
   */
  public AuditSettings withReferences(Map<String, String> other) {
    return new AuditSettings(
        tolerance, minGroupSize, confidence, draws, seed, decisionRule, favourable, other);
  }

  /**
   * The same with another decision rule.
   *
   * @param other how probabilities become decisions
   */
  public AuditSettings withDecisionRule(DecisionRule other) {
    return new AuditSettings(
        tolerance, minGroupSize, confidence, draws, seed, other, favourable, references);
  }
}
