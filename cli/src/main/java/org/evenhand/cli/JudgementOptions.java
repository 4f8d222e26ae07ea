package org.evenhand.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.DecisionRule;
import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import picocli.CommandLine.Option;

/** How decisions are made and judged. */
@Under(Heading.VERDICT)
final class JudgementOptions {
  @Option(
      names = "--threshold",
      paramLabel = "P",
      description =
          "For two classes: decide for the second, or for that of --score-class, if its score is at least P (default: the model's label or, without one, the most probable class).")
  private Optional<Double> threshold = Optional.empty();

  @Option(
      names = "--decide-by",
      paramLabel = "WHAT",
      defaultValue = "label",
      description =
          "What decides if a model gives both a label and scores: 'label', which is what is deployed, or 'scores' (default ${DEFAULT-VALUE}).")
  private DecideBy decideBy = DecideBy.LABEL;

  @Option(
      names = "--tolerance",
      paramLabel = "FRACTION",
      converter = Numbers.Share.class,
      defaultValue = "0.05",
      description = "The Model Bias that is tolerated, as a fraction (default ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--gap-tolerance",
      paramLabel = "FRACTION",
      converter = Numbers.Share.class,
      defaultValue = "0.10",
      description =
          "The largest gap between two values in one class that is tolerated, as a fraction (default ${DEFAULT-VALUE}).")
  private double gapTolerance;

  @Option(
      names = "--min-group-size",
      paramLabel = "ROWS",
      defaultValue = "30",
      description = "A group with fewer rows is not judged (default ${DEFAULT-VALUE}).")
  private int minGroupSize;

  @Option(
      names = "--confidence",
      paramLabel = "FRACTION",
      converter = Numbers.Share.class,
      defaultValue = "0.95",
      description = "The confidence of every interval (default ${DEFAULT-VALUE}).")
  private double confidence;

  @Under(Heading.JUDGED)
  @Option(
      names = {"--favourable", "--favorable"},
      paramLabel = "CLASS",
      description =
          "The class that people want to be given, or none if neither is better (default: the last of two).")
  private Optional<String> favourable = Optional.empty();

  @Under(Heading.JUDGED)
  @Option(
      names = "--reference",
      paramLabel = "COLUMN=VALUE",
      description =
          "The value that others are compared with (default: the one with the highest selection rate).")
  private Map<String, String> references = new HashMap<>();

  Optional<Double> threshold() {
    return threshold;
  }

  DecisionRule decisionRule() {
    return threshold
        .map(DecisionRule::threshold)
        .orElse(decideBy == DecideBy.SCORES ? DecisionRule.MOST_PROBABLE : DecisionRule.OF_MODEL);
  }

  /** What decides where a model gives a label and scores. */
  private enum DecideBy {
    LABEL,
    SCORES
  }

  /**
   * How the audit judges.
   *
   * @param seed of its random draws
   */
  AuditSettings settings(long seed) {
    return settings(seed, decisionRule());
  }

  /**
   * How the audit judges decisions that are made in another way.
   *
   * @param seed of its random draws
   * @param rule how probabilities become decisions
   */
  AuditSettings settings(long seed, DecisionRule rule) {
    return AuditSettings.builder()
        .tolerance(tolerance)
        .gapTolerance(gapTolerance)
        .minGroupSize(minGroupSize)
        .confidence(confidence)
        .seed(seed)
        .decisionRule(rule)
        .favourable(favourable)
        .references(references)
        .build();
  }
}
