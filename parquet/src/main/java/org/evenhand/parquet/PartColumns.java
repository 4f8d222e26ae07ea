package org.evenhand.parquet;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What each part of a table has for columns. They need agree only in those that are read. */
final class PartColumns {
  private final List<ParquetPart> parts;
  private final List<Map<String, ParquetColumn>> written;
  private final Set<String> keys = new LinkedHashSet<>();

  /**
   * @param parts of a table
   * @param written the columns in the file of each, in its order
   */
  PartColumns(List<ParquetPart> parts, List<List<ParquetColumn>> written) {
    this.parts = parts;
    this.written = written.stream().map(PartColumns::byName).toList();
    parts.forEach(part -> keys.addAll(part.partition().keySet()));
  }

  private static Map<String, ParquetColumn> byName(List<ParquetColumn> columns) {
    Map<String, ParquetColumn> byName = new LinkedHashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    return byName;
  }

  /** The columns that folders stand for, whether a file has one of that name or not. */
  Set<String> keys() {
    return keys;
  }

  /** Whether a folder stands for a column, of which DuckDB does not tell large from small. */
  boolean isKey(String name) {
    return keys.stream().anyMatch(name::equalsIgnoreCase);
  }

  /**
   * The columns of the table: those of its files, then those of its folders.
   *
   * @param united all columns of all files, each with a type that holds its values in all
   */
  List<ParquetColumn> of(List<ParquetColumn> united) {
    List<ParquetColumn> columns = new ArrayList<>();
    united.stream().filter(column -> !isKey(column.name())).forEach(columns::add);
    keys.forEach(key -> columns.add(new ParquetColumn(key, "VARCHAR")));
    return columns;
  }

  /** Why a column of the table cannot be read, if a part lacks it or has it in another type. */
  Optional<String> fault(String name) {
    Predicate<Integer> has =
        keys.contains(name)
            ? part -> parts.get(part).partition().containsKey(name)
            : part -> written.get(part).containsKey(name);
    int with = first(has);
    int without = first(has.negate());
    if (without < parts.size()) {
      return Optional.of(
          "%s has no column '%s', which %s has; give all parts of a table the same columns."
              .formatted(file(without), name, file(with)));
    }
    if (keys.contains(name)) {
      return Optional.empty();
    }
    int known = first(part -> !type(part, name).isEmpty());
    int other = first(part -> known < parts.size() && !type(part, name).isLike(type(known, name)));
    return other == parts.size()
        ? Optional.empty()
        : Optional.of(
            "Column '%s' has the type %s in %s, but %s in %s; write it with one type."
                .formatted(
                    name,
                    type(known, name).type(),
                    file(known),
                    type(other, name).type(),
                    file(other)));
  }

  private ParquetColumn type(int part, String name) {
    return requireNonNull(written.get(part).get(name));
  }

  /** The first part of which something holds, or their number. */
  private int first(Predicate<Integer> holds) {
    int part = 0;
    while (part < parts.size() && !holds.test(part)) {
      part++;
    }
    return part;
  }

  private Path file(int part) {
    return parts.get(part).file();
  }
}
