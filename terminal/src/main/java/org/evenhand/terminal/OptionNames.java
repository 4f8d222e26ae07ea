package org.evenhand.terminal;

import java.util.List;
import java.util.stream.Collectors;
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
      case DATATYPE -> "--datatype";
      case DECIDE_BY -> "--decide-by";
      case FAVOURABLE -> "--favourable";
      case FEATURES -> "--features";
      case HEAD_LAYERS -> "--head-layers";
      case LABEL -> "--label";
      case MIN_GROUP_SIZE -> "--min-group-size";
      case ON_BAD_IMAGE -> "--on-bad-image";
      case OUTPUT -> "--output";
      case OVERWRITE -> "--overwrite";
      case PAIRS -> "--pairs";
      case SCORE_CLASS -> "--score-class";
      case SCORE_SCALE -> "--score-scale";
      case PATCH_NETWORK -> "--patch";
      case IMAGE_SCALE -> "--image-scale";
      case STRICT -> "--strict";
      case TARGET -> "--target";
      case THRESHOLD -> "--threshold";
      case TIMEOUT -> "--timeout";
      case UNKNOWN_VALUES -> "--unknown";
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
    return with(
        String.valueOf(error.getMessage()),
        error.settings().stream()
            .filter(setting -> command.optionsMap().containsKey(of(setting)))
            .toList());
  }

  /**
   * A sentence with the options that would help.
   *
   * @param sentence says what a reader should know
   * @param settings that the reader may want to change; none leave the sentence as it is
   */
  public static String with(String sentence, List<Setting> settings) {
    if (settings.isEmpty()) {
      return sentence;
    }
    String open = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return "%s (%s)."
        .formatted(open, settings.stream().map(OptionNames::of).collect(Collectors.joining(", ")));
  }
}
