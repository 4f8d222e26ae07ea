package org.evenhand.cli;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.evenhand.terminal.ExitCode;

/** What the outcome of a command must be. */
final class CliAssert extends AbstractAssert<CliAssert, Cli.Outcome> {
  private CliAssert(Cli.Outcome outcome) {
    super(outcome, CliAssert.class);
  }

  static CliAssert assertThat(Cli.Outcome outcome) {
    return new CliAssert(outcome);
  }

  CliAssert exits(int code) {
    Assertions.assertThat(actual.exitCode()).as(actual.err()).isEqualTo(code);
    return this;
  }

  /** Bad input: exit code 3, this sentence as the last line, nothing on standard output. */
  CliAssert refuses(String sentence) {
    exits(ExitCode.BAD_INPUT);
    Assertions.assertThat(actual.out()).isEmpty();
    Assertions.assertThat(actual.err().lines().reduce("", (first, last) -> last))
        .isEqualTo("evenhand: " + sentence);
    Assertions.assertThat(actual.err()).doesNotContain("\tat ");
    return this;
  }

  /** Wrong usage: exit code 2, this sentence and where help is, nothing on standard output. */
  CliAssert refusesUsage(String sentence, String command) {
    exits(ExitCode.USAGE);
    Assertions.assertThat(actual.out()).isEmpty();
    Assertions.assertThat(actual.err().lines())
        .containsExactly("evenhand: " + sentence, "Try '" + command + " --help'.");
    return this;
  }
}
