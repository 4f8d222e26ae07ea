package org.evenhand.cli;

import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How what was found is measured and handed over. */
@Under(Heading.OUTPUT)
final class OutcomeOptions {
  @Under(Heading.ROWS)
  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      converter = Numbers.Share.class,
      defaultValue = "0.5",
      description =
          "The share of the rows held out to measure on, if the table has no test split (default ${DEFAULT-VALUE}).")
  private double testFraction;

  @Mixin private OverwriteOption overwrite = new OverwriteOption();

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  double testFraction() {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new CliException(
          "--test-fraction is %s; it must lie strictly between 0 and 1.".formatted(testFraction));
    }
    return testFraction;
  }

  boolean overwrite() {
    return overwrite.given();
  }

  boolean json() {
    return json;
  }
}
