package org.evenhand.terminal;

import java.util.List;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.Setting;
import picocli.CommandLine.Model.CommandSpec;

/** What the settings that libraries speak of are called on the command line. */
public final class OptionNames {
  private OptionNames() {}

  /**
   * The option of a setting.
   *
   * @param setting that a library speaks of
   */
  public static String of(Setting setting) {
    return switch (setting) {
      case ANSWER_CACHE -> "--answer-cache";
      case BANDS -> "--bands";
      case BATCH_SIZE -> "--batch-size";
      case CLASSES -> "--classes";
      case CONCURRENCY -> "--concurrency";
      case DECIDE_BY -> "--decide-by";
      case FEATURES -> "--features";
      case HEAD_LAYERS -> "--head-layers";
      case MIN_GROUP_SIZE -> "--min-group-size";
      case ON_BAD_IMAGE -> "--on-bad-image";
      case OUTPUT -> "--output";
      case OVERWRITE -> "--overwrite";
      case PAIRS -> "--pairs";
      case STRICT -> "--strict";
      case TIMEOUT -> "--timeout";
    };
  }

  /**
   * The sentence of an error with the options that would help, as far as a command has them: {@code
   * … name its columns in order (--features).}
   *
   * @param error says what is wrong
   * @param command that was run
   */
  public static String sentence(EvenhandException error, CommandSpec command) {
    String message = String.valueOf(error.getMessage());
    List<String> options =
        error.settings().stream()
            .map(OptionNames::of)
            .filter(command.optionsMap()::containsKey)
            .toList();
    if (options.isEmpty()) {
      return message;
    }
    String open = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    return "%s (%s).".formatted(open, String.join(", ", options));
  }
}
