package org.evenhand.images;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.evenhand.core.Column;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.DataException;

/** Labels that are part of the images' names, as in UTKFace. */
public final class FileNameLabels {
  private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

  private FileNameLabels() {}

  /**
   * A table of the images whose whole name the pattern matches, one row each, in the order of their
   * names: the column of names, and a column of text for every named group.
   *
   * <pre>{@code
   * FileNameLabels.of(faces, "file", "(?<age>\\d+)_(?<gender>\\d)_(?<race>\\d)_.*")
   * }</pre>
   *
   * @param pack the images
   * @param fileColumn what the column of names is called
   * @param pattern a regular expression with named groups
   * @throws DataException if it is none, or it matches no name
   */
  public static Table of(ImagePack pack, String fileColumn, String pattern) {
    Pattern compiled = compiled(pattern);
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put(fileColumn, new ArrayList<>());
    groups(pattern).forEach(group -> values.put(group, new ArrayList<>()));
    for (String name : pack.names()) {
      Matcher matcher = compiled.matcher(name);
      if (matcher.matches()) {
        values.forEach(
            (column, cells) ->
                cells.add(column.equals(fileColumn) ? name : group(matcher, column)));
      }
    }
    if (values.getOrDefault(fileColumn, List.of()).isEmpty()) {
      throw new DataException(
          "The pattern '%s' matches none of the %d names of images in %s%s."
              .formatted(
                  pattern,
                  pack.names().size(),
                  pack.path(),
                  pack.names().isEmpty() ? "" : ", such as '" + pack.names().first() + "'"));
    }
    return Table.of(
        values.entrySet().stream()
            .map(column -> (Column) TextColumn.of(column.getKey(), column.getValue()))
            .collect(Collectors.toList()));
  }

  /** A group that takes no part in the match is a missing value. */
  private static String group(Matcher matcher, String name) {
    return matcher.start(name) < 0 ? "" : matcher.group(name);
  }

  private static Pattern compiled(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new DataException(
          "The pattern '%s' is not a regular expression: %s."
              .formatted(pattern, e.getDescription()),
          e);
    }
  }

  private static List<String> groups(String pattern) {
    List<String> groups = GROUP.matcher(pattern).results().map(found -> found.group(1)).toList();
    if (groups.isEmpty()) {
      throw new DataException(
          "The pattern '%s' has no named group; write the part that is a label as (?<label>…)."
              .formatted(pattern));
    }
    return groups;
  }
}
