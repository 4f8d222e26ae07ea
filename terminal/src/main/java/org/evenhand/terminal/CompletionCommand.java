package org.evenhand.terminal;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script by which a shell completes commands and options. */
@Command(
    name = "completion",
    header = "Prints a completion script for bash or zsh.",
    mixinStandardHelpOptions = true,
    description = "For the current shell: source <(evenhand completion bash)")
final class CompletionCommand implements Callable<Integer> {
  /** The shells, which take the same script: it finds out which of them reads it. */
  private enum Kind {
    BASH,
    ZSH
  }

  /** Only refuses other shells. */
  @SuppressWarnings("UnusedVariable")
  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Kind shell = Kind.BASH;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    spec.commandLine().getOut().print(AutoComplete.bash(root.name(), root.commandLine()));
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
