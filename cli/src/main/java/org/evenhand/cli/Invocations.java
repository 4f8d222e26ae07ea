package org.evenhand.cli;

import org.evenhand.evidence.Presentation;
import org.evenhand.terminal.Arguments;
import org.evenhand.terminal.Shell;
import org.evenhand.workflow.Invocation;
import picocli.CommandLine.Model.CommandSpec;

/** What evidence says of the command that gave it. */
final class Invocations {
  private Invocations() {}

  static Invocation of(CommandSpec command, long seed, Presentation presentation) {
    return new Invocation(
        Shell.command("evenhand", command.name(), Arguments.of(command)),
        seed,
        Settings.of(command),
        presentation);
  }
}
