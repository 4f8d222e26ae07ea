package org.evenhand.terminal;

import java.util.function.Supplier;
import org.evenhand.core.EvenhandException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage that the parser cannot see: options that do not go together, values out of range. */
public final class Usage {
  private Usage() {}

  /**
   * What options alone decide; if they are refused, that is wrong usage and not bad input.
   *
   * @param command whose options they are
   * @param options reads them
   * @throws ParameterException if they are refused
   */
  public static <T> T checked(CommandSpec command, Supplier<T> options) {
    try {
      return options.get();
    } catch (EvenhandException e) {
      throw new ParameterException(command.commandLine(), OptionNames.sentence(e, command), e);
    }
  }
}
