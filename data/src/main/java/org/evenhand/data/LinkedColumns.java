package org.evenhand.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.Column;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * Columns that follow when another is flipped: a husband who had been a woman would be a wife. Read
 * from a CSV file with one link a line:
 *
 * <pre>
 * flip,flip_from,flip_to,column,from,to
 * sex,Male,Female,relationship,Husband,Wife
 * sex,Female,Male,relationship,Wife,Husband
 * </pre>
 *
 * @param links in the order of the file
 */
public record LinkedColumns(List<Link> links) {
  /** No column follows. */
  public static final LinkedColumns NONE = new LinkedColumns(List.of());

  private static final List<String> HEADER =
      List.of("flip", "flip_from", "flip_to", "column", "from", "to");

  /**
   * Where {@code flip} goes from {@code flipFrom} to {@code flipTo} in a row whose {@code column}
   * is {@code from}, it becomes {@code to}. All other rows keep it.
   *
   * @param flip the flipped column
   * @param flipFrom its value before
   * @param flipTo its value after
   * @param column the column that follows
   * @param from its value before
   * @param to its value after
   */
  public record Link(
      String flip, String flipFrom, String flipTo, String column, String from, String to) {}

  /** Copies the list. */
  public LinkedColumns {
    links = List.copyOf(links);
  }

  /**
   * Reads a file of links.
   *
   * @param file a CSV file with the columns {@code flip, flip_from, flip_to, column, from, to}
   * @throws DataException if it cannot be read, lacks one of them, or links a column to itself
   */
  public static LinkedColumns read(Path file) {
    Set<String> names = Set.copyOf(HEADER);
    Table table =
        Tables.read(file, TableOptions.defaults().withColumns(names).withTextColumns(names));
    List<TextColumn> columns =
        HEADER.stream().map(name -> (TextColumn) table.column(name)).toList();
    List<Link> links = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      int line = row;
      List<String> cells = columns.stream().map(column -> column.value(line).strip()).toList();
      if (cells.get(0).equals(cells.get(3))) {
        throw new DataException(
            "%s, data row %d: column '%s' is linked to itself; name the column that follows."
                .formatted(file, row + 1, cells.get(0)));
      }
      links.add(
          new Link(
              cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5)));
    }
    return new LinkedColumns(links);
  }

  /** The links of one flipped column. */
  LinkedColumns of(String flip) {
    return new LinkedColumns(links.stream().filter(link -> link.flip().equals(flip)).toList());
  }

  /**
   * The columns that follow when one is flipped, each once.
   *
   * @param flip the flipped column
   */
  public Set<String> followers(String flip) {
    return of(flip).links().stream().map(Link::column).collect(Collectors.toSet());
  }

  /** The values that a column that follows may get. */
  List<String> targets(String flip, String column) {
    return of(flip).links().stream()
        .filter(link -> link.column().equals(column))
        .map(Link::to)
        .distinct()
        .toList();
  }

  /**
   * Refuses links of columns or values that a table does not have: a word that is misspelt would
   * silently do nothing.
   *
   * @param table all rows
   * @throws DataException if it lacks a value
   * @throws org.evenhand.core.CoreException if it lacks a column
   */
  public void requireIn(Table table) {
    for (Link link : links) {
      requireValues(table.column(link.flip()), link.flipFrom(), link.flipTo());
      requireValues(table.column(link.column()), link.from(), link.to());
    }
  }

  private static void requireValues(Column column, String... values) {
    List<String> known = Categories.of(column).sorted().values();
    for (String value : values) {
      if (Categories.indexOf(known, value) == Categories.MISSING) {
        throw new DataException(
            "A link of columns names the value '%s', which column '%s' does not hold; its values are %s."
                .formatted(value, column.name(), Categories.listed(known)));
      }
    }
  }
}
