package org.evenhand.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import picocli.CommandLine.Option;

/** What a repair of a named method may cost on the rows to measure on. */
@Under(Heading.GOAL)
final class LossOptions {
  @Option(
      names = "--max-accuracy-loss",
      paramLabel = "POINTS",
      converter = Numbers.Points.class,
      description =
          "Decline a repair that costs more overall accuracy on the test rows (default: no limit).")
  private Optional<Double> points = Optional.empty();

  /** As a fraction; empty for any. */
  OptionalDouble limit() {
    return points.map(given -> OptionalDouble.of(given / 100)).orElse(OptionalDouble.empty());
  }
}
