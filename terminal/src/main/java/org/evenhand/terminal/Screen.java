package org.evenhand.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the terminal that somebody looks at; the launcher tells whether there is one.
 */
final class Screen {
  /** Characters per line where nothing else is known. */
  static final int USUAL_WIDTH = 80;

  private Screen() {}

  /** Whether standard error is a terminal. */
  static boolean showsErrors() {
    return Boolean.getBoolean("evenhand.terminal");
  }

  /** Whether standard output is a terminal. */
  static boolean showsOutput() {
    return Boolean.getBoolean("evenhand.terminal.output");
  }

  /**
   * Whether colours are wanted: by everybody but who set {@code NO_COLOR} (no-color.org) or has a
   * terminal that knows none.
   *
   * @param environment of the process
   */
  static boolean wantsColours(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /**
   * Characters per line.
   *
   * @param terminal whether a terminal shows them
   */
  static int width(boolean terminal) {
    return number(System.getenv().getOrDefault("COLUMNS", ""))
        .or(() -> terminal ? ofTerminal() : Optional.empty())
        .orElse(USUAL_WIDTH);
  }

  /** As the terminal driver has it; Java cannot ask it. */
  private static Optional<Integer> ofTerminal() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return number(size.replaceFirst(".* ", ""));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(String text) {
    return text.strip().matches("[1-9]\\d{0,4}")
        ? Optional.of(Integer.parseInt(text.strip()))
        : Optional.empty();
  }
}
