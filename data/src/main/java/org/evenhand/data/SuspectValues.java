package org.evenhand.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.TextColumn;

/** Values of an attribute that may not be what they seem. */
final class SuspectValues {
  /** How people and programs write that a value is not known, without case and blanks. */
  private static final Set<String> MISSING =
      Set.of(
          "?",
          "-",
          "--",
          ".",
          "#n/a",
          "n/a",
          "n.a.",
          "na",
          "nan",
          "nil",
          "none",
          "null",
          "missing",
          "unknown",
          "undisclosed",
          "unspecified",
          "declined",
          "refused",
          "no answer",
          "not available",
          "not disclosed",
          "not known",
          "not provided",
          "not reported",
          "not specified",
          "not stated",
          "decline to answer",
          "declined to answer",
          "decline to state",
          "prefer not to say",
          "prefer not to answer");

  private SuspectValues() {}

  /** One sentence for each kind of doubt. */
  static List<String> notes(TextColumn column) {
    List<String> values =
        column.dictionary().stream().filter(word -> !word.isEmpty()).sorted().toList();
    List<String> notes = new ArrayList<>();
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (String value : values) {
      String plain = plain(value);
      if (plain.isEmpty() || MISSING.contains(plain)) {
        notes.add(
            "column '%s': '%s' looks like a missing value and counts as a group; if it is missing, declare '%s' unknown."
                .formatted(column.name(), value, value));
      }
      alike.computeIfAbsent(plain, text -> new ArrayList<>()).add(value);
    }
    alike.values().stream()
        .filter(same -> same.size() > 1)
        .forEach(
            same ->
                notes.add(
                    "column '%s': %s differ only in case or blanks and count as different groups; write them alike if they are one."
                        .formatted(
                            column.name(),
                            same.stream()
                                .map(value -> "'" + value + "'")
                                .collect(Collectors.joining(", ")))));
    return notes;
  }

  private static String plain(String value) {
    return value.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
