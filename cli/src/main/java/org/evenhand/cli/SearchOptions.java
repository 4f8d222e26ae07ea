package org.evenhand.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.evenhand.repair.Access;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Repair;
import org.evenhand.repair.SearchLimits;
import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.Methods;
import picocli.CommandLine.Option;

/** Which methods a search tries, and within which limits it may choose. */
@Under(Heading.METHOD)
final class SearchOptions {
  @Option(
      names = "--methods",
      paramLabel = "CODE,...",
      split = ",",
      description =
          "The methods to try: recommended (default of repair), all (default of compare), or codes such as equal-odds, erase and value-thresholds.")
  private List<String> methods = List.of();

  @Under(Heading.GOAL)
  @Option(
      names = "--max-accuracy-loss",
      paramLabel = "POINTS",
      converter = Numbers.Points.class,
      defaultValue = "1",
      description =
          "How much overall accuracy a repair may cost in cross-validation (default ${DEFAULT-VALUE}).")
  private double maxAccuracyLoss;

  @Under(Heading.GOAL)
  @Option(
      names = "--min-impact-ratio",
      paramLabel = "RATIO",
      converter = Numbers.Share.class,
      description =
          "The ratio of the lowest selection rate to the highest that a repair must keep in cross-validation (default: no limit).")
  private Optional<Double> minImpactRatio = Optional.empty();

  @Option(
      names = "--access",
      paramLabel = "WHAT",
      defaultValue = "weights",
      description =
          "What a method may use: inputs, weights (also those of the last layer, if the file shows them) or attribute (also the protected attribute of every row that is served) (default ${DEFAULT-VALUE}).")
  private String access = "weights";

  @Option(
      names = "--time-budget",
      paramLabel = "SECONDS",
      description =
          "Begin no further method after this time (default: no limit). What is found then depends on the machine.")
  private Optional<Double> timeBudget = Optional.empty();

  @Option(
      names = "--blind",
      description = "Keep the protected attributes out of what the correction reads.")
  private boolean blind;

  boolean blind() {
    return blind;
  }

  /**
   * The methods that are named.
   *
   * @param otherwise their code if none is
   * @param available all that there are
   */
  List<Repair> methods(String otherwise, Methods available) {
    return available.named(methods.isEmpty() ? List.of(otherwise) : methods);
  }

  /**
   * Refuses flips that do not suit the aim of a search.
   *
   * @param aim what is to fall or rise
   * @param flips how rows get counterparts
   * @throws CliException if they do not
   */
  static void requirePairs(Aim aim, FlipOptions flips) {
    flips.requireConsistent();
    if (flips.pairsRows()) {
      throw new CliException(
          "A search compares a row with itself under another value, so --pairs is for 'evenhand unlearn' alone.");
    }
    if (aim == Aim.COUNTERFACTUAL_BIAS && flips.named().isEmpty()) {
      throw new CliException(
          "--lower counterfactual-bias is about what happens if only the attribute changes; name it with --flip.");
    }
  }

  /** What a method may rely on. */
  Access access() {
    return Access.of(access);
  }

  /**
   * What the search is for, and within which limits it may choose.
   *
   * @param aim what is to fall or rise
   */
  SearchLimits limits(Aim aim) {
    return SearchLimits.of(aim, maxAccuracyLoss / 100)
        .withMinImpactRatio(minImpactRatio.map(OptionalDouble::of).orElse(OptionalDouble.empty()))
        .withAccess(access())
        .withTimeBudget(timeBudget.map(seconds -> Duration.ofMillis(Math.round(1000 * seconds))));
  }
}
