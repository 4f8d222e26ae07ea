package org.evenhand.terminal;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command by the headings under which the help lists them. */
final class Headings {
  /** For options that name no heading, such as {@code --help}. */
  static final String RUNNING = "Running";

  private Headings() {}

  /**
   * The options that are shown, in their order.
   *
   * @param command that has them
   * @param order of the headings; others follow in the order of their first options
   */
  static Map<String, List<OptionSpec>> of(CommandSpec command, List<String> order) {
    Map<String, List<OptionSpec>> options = new LinkedHashMap<>();
    order.forEach(heading -> options.put(heading, new ArrayList<>()));
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        options.computeIfAbsent(heading(option), name -> new ArrayList<>()).add(option);
      }
    }
    options.values().removeIf(List::isEmpty);
    return options;
  }

  private static String heading(OptionSpec option) {
    if (option.userObject() instanceof Field field) {
      for (AnnotatedElement place : List.of(field, field.getDeclaringClass())) {
        Under under = place.getAnnotation(Under.class);
        if (under != null) {
          return under.value();
        }
      }
    }
    return RUNNING;
  }
}
