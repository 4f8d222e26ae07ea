package org.evenhand.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairSearch;
import org.evenhand.repair.SearchLimits;
import org.evenhand.workflow.Methods;
import picocli.CommandLine.Option;

/** Which methods a search tries, and within which limits it may choose. */
final class SearchOptions {
  @Option(
      names = "--methods",
      paramLabel = "CODE",
      split = ",",
      defaultValue = "recommended",
      description =
          "Methods to try: recommended (default), all, or codes such as equal-odds, erase and value-thresholds.")
  private List<String> methods = List.of();

  @Option(
      names = "--max-accuracy-loss",
      paramLabel = "POINTS",
      defaultValue = "1",
      description =
          "Overall accuracy that a repair may cost, by cross-validation (default ${DEFAULT-VALUE}).")
  private double maxAccuracyLoss;

  @Option(
      names = "--min-impact-ratio",
      paramLabel = "RATIO",
      description =
          "Lowest selection rate over the highest that a repair must keep, by cross-validation; by default no limit.")
  private Optional<Double> minImpactRatio = Optional.empty();

  @Option(
      names = "--blind",
      description = "Keep the protected attributes out of what a correction reads.")
  private boolean blind;

  boolean blind() {
    return blind;
  }

  /**
   * The search.
   *
   * @param aim what is to fall or rise
   */
  Repair search(Aim aim) {
    return new RepairSearch(Methods.OF_TABLES.named(methods), limits(aim));
  }

  /** What the search is for, and within which limits it may choose. */
  SearchLimits limits(Aim aim) {
    return new SearchLimits(
        aim,
        maxAccuracyLoss / 100,
        minImpactRatio.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
  }
}
