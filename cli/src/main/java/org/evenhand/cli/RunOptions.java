package org.evenhand.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What every measuring command takes from a run: its random draws and its threads. */
final class RunOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of every random draw (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads to use (default: all processors). Changes no figure.")
  private Optional<Integer> threads = Optional.empty();

  long seed() {
    return seed;
  }

  /**
   * Not more than there are processors.
   *
   * @throws CliException if none are asked for
   */
  int threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    int asked = threads.orElse(processors);
    if (asked < 1) {
      throw new CliException("--threads is %d; it must be at least 1.".formatted(asked));
    }
    return Math.min(asked, processors);
  }
}
