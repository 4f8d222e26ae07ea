package org.evenhand.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.evenhand.unlearning.ReplaceHarmful;
import org.evenhand.unlearning.Update;

/** The update rules that a user names. */
final class UpdateChoice {
  static final String DEFAULT = "consistency";
  private static final String ALL = "all";

  private UpdateChoice() {}

  /**
   * The rules of that name.
   *
   * @param name a rule's code, or {@code all}
   * @param flips rows that are paired and not flipped, or several attributes, leave no counterparts
   *     of training rows to replace them by
   */
  static List<Update> named(String name, FlipOptions flips) {
    boolean replaceable = !flips.pairsRows() && flips.named().size() == 1;
    if (name.equals(ALL)) {
      return Update.all().stream()
          .filter(update -> replaceable || !(update instanceof ReplaceHarmful))
          .toList();
    }
    List<Update> named =
        Update.all().stream().filter(update -> update.code().equals(name)).toList();
    if (named.isEmpty()) {
      throw new CliException(
          "There is no update '%s'; choose one of %s, or %s."
              .formatted(
                  name,
                  Update.all().stream().map(Update::code).collect(Collectors.joining(", ")),
                  ALL));
    }
    if (named.get(0) instanceof ReplaceHarmful && !replaceable) {
      throw new CliException(
          "--update %s needs one attribute that is flipped, so that training rows have counterparts."
              .formatted(name));
    }
    return named;
  }

  static boolean needsCounterparts(List<Update> updates) {
    return updates.stream().anyMatch(ReplaceHarmful.class::isInstance);
  }
}
