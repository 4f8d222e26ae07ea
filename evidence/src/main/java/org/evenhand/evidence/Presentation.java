package org.evenhand.evidence;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How results are presented to people: a page's title, who prepared it, and names to show in place
 * of the codes that a table has for classes and values. No figure and no key of JSON depends on it.
 *
 * @param title of pages; empty for the usual one
 * @param preparedBy the person or team that answers for a page, shown beside its date; empty for
 *     none
 * @param target name of the column of true classes; empty where there is none
 * @param labels the names to show, by column and value, such as {@code income → {1 → >50K}}; the
 *     column is the target or a protected attribute
 */
public record Presentation(
    Optional<String> title,
    Optional<String> preparedBy,
    String target,
    Map<String, Map<String, String>> labels) {
  /** The usual title, nobody named, and classes and values as the table has them. */
  public static final Presentation NONE =
      new Presentation(Optional.empty(), Optional.empty(), "", Map.of());

  /** Copies the maps. */
  public Presentation {
    labels =
        labels.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, column -> Map.copyOf(column.getValue())));
  }

  /**
   * The name to show for a class: its label, or itself.
   *
   * @param name of the class, as the table or the model has it
   */
  public String classLabel(String name) {
    return label(target, name);
  }

  /**
   * The name to show for a value of a protected attribute: its label, or itself. Each part of a
   * crossed value may have its own.
   *
   * @param attribute such as {@code race}, or {@code race,sex} for two that are crossed
   * @param value as the table has it
   */
  public String valueLabel(String attribute, String value) {
    String whole = label(attribute, value);
    String[] columns = attribute.split(",", -1);
    String[] parts = value.split(", ", -1);
    if (columns.length < 2 || parts.length != columns.length || !whole.equals(value)) {
      return whole;
    }
    for (int part = 0; part < parts.length; part++) {
      parts[part] = label(columns[part].strip(), parts[part]);
    }
    return String.join(", ", parts);
  }

  /**
   * A sentence with the labels in place of the values that it names as {@code column = value}.
   *
   * @param sentence such as the explanation of a verdict
   */
  public String inSentence(String sentence) {
    String shown = sentence;
    for (Map.Entry<String, Map<String, String>> column : labels.entrySet()) {
      shown = inSentence(shown, column.getKey(), column.getValue());
    }
    return shown;
  }

  /** All values of a column at once, so that no label is taken for another value. */
  private static String inSentence(String sentence, String column, Map<String, String> labels) {
    String is = "(?<![\\w,])" + Pattern.quote(column) + " = ";
    // Two values that are compared are written "column = one and other where …".
    String other = replaced(sentence, is + "[^;=]+? and ", "(?= where )", labels);
    return replaced(other, is, "(?= and | where | rises |[,;:)]|\\.(?!\\d)|$)", labels);
  }

  private static String replaced(
      String sentence, String before, String after, Map<String, String> labels) {
    String value =
        labels.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile("(%s)(%s)%s".formatted(before, value, after))
        .matcher(sentence)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) + labels.getOrDefault(found.group(2), found.group(2))));
  }

  private String label(String column, String value) {
    return labels.getOrDefault(column, Map.of()).getOrDefault(value, value);
  }
}
