package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.evenhand.terminal.ExitCode;
import picocli.CommandLine.Option;

/** How a repair is measured and handed over. */
final class RepairOptions {
  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description =
          "Share of the rows held out to measure on, where the table has no test split (default ${DEFAULT-VALUE}).")
  private double testFraction;

  @Option(names = "--force", description = "Write the model even if the repair is declined.")
  private boolean force;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /** Refuses values out of range. */
  void check() {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new CliException(
          "--test-fraction is %s; it must lie strictly between 0 and 1.".formatted(testFraction));
    }
  }

  double testFraction() {
    return testFraction;
  }

  boolean json() {
    return json;
  }

  /**
   * Whether files are written.
   *
   * @param declined why the repair is declined; empty if it is not
   */
  boolean writes(Optional<String> declined) {
    return declined.isEmpty() || force;
  }

  /**
   * Says why a repair was declined, after everything else has been printed.
   *
   * @param declined the reason; empty if it was not
   * @param err where errors go
   * @return the command's exit code
   */
  int conclude(Optional<String> declined, PrintWriter err) {
    declined.ifPresent(
        reason -> {
          err.printf(
              "evenhand: repair declined: %s%s%n",
              reason, force ? " Written all the same, as --force asks." : " Nothing was written.");
          err.flush();
        });
    return writes(declined) ? ExitCode.DONE : ExitCode.DECLINED;
  }
}
