package org.evenhand.cli;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option that can change a figure with the value it has, defaults included. */
final class Settings {
  /** How work is done, and how results are shown and where. */
  private static final Set<String> NO_FIGURE =
      Set.of(
          "answer-cache",
          "batch-size",
          "concurrency",
          "config",
          "force",
          "json",
          "label",
          "overwrite",
          "prepared-by",
          "retries",
          "stacktrace",
          "summary",
          "threads",
          "timeout",
          "title");

  private Settings() {}

  static Map<String, String> of(CommandSpec command) {
    Map<String, String> settings = new TreeMap<>();
    for (OptionSpec option : command.options()) {
      String name = option.longestName().substring(2);
      Object value = option.getValue();
      boolean standard = option.hidden() || option.usageHelp() || option.versionHelp();
      if (!standard && !NO_FIGURE.contains(name) && value != null) {
        String text = text(value);
        if (!text.isEmpty()) {
          settings.put(name, text);
        }
      }
    }
    return settings;
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Settings::text).orElse("");
    }
    if (value instanceof Collection<?> values) {
      return values.stream().map(Settings::text).collect(Collectors.joining(","));
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? "" : map.toString();
    }
    return value.toString();
  }
}
