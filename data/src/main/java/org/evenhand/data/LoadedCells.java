package org.evenhand.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Column;
import org.evenhand.core.Spelling;
import org.evenhand.core.Table;

/** The cells of the loaded columns, row by row, of a file or of a part of one. */
final class LoadedCells {
  private static final int NOT_LOADED = -1;

  private final String file;
  private final List<String> header;
  private final List<String> loaded = new ArrayList<>();
  private final Cells[] cells;
  // For every field of a row its index into the cells.
  private final int[] slots;
  private int rows;

  /**
   * @param header the names of all fields of a row
   * @throws DataException if a column to load is not among them or is there twice
   */
  LoadedCells(String file, TableOptions options, List<String> header) {
    this.file = file;
    this.header = List.copyOf(header);
    requireColumns(options);
    slots = new int[header.size()];
    Arrays.fill(slots, NOT_LOADED);
    for (int field = 0; field < slots.length; field++) {
      String name = header.get(field);
      if (options.columns().isEmpty() || options.columns().contains(name)) {
        if (loaded.contains(name)) {
          throw new DataException(
              "%s: two columns are named '%s'; rename one of them.".formatted(file, name));
        }
        slots[field] = loaded.size();
        loaded.add(name);
      }
    }
    cells = loaded.stream().map(name -> emptyCells(name, options)).toArray(Cells[]::new);
  }

  private void requireColumns(TableOptions options) {
    for (String name : options.columns().stream().sorted().toList()) {
      if (!header.contains(name)) {
        throw new DataException(
            "%s has no column '%s'; its columns are %s.%s"
                .formatted(file, name, String.join(", ", header), Spelling.question(name, header)));
      }
    }
  }

  private Cells emptyCells(String name, TableOptions options) {
    return options.textColumns().contains(name)
        ? new TextCells(file, name, 0)
        : new NumberCells(file, name, options.numericColumns().contains(name));
  }

  /** Takes a field of the row that is being read; fields are counted from 0. */
  void add(int field, char[] buffer, int offset, int length, long line) {
    int slot = field < slots.length ? slots[field] : NOT_LOADED;
    if (slot == NOT_LOADED) {
      return;
    }
    if (!cells[slot].add(buffer, offset, length, line)) {
      cells[slot] = new TextCells(file, loaded.get(slot), rows);
      cells[slot].add(buffer, offset, length, line);
    }
  }

  /**
   * Ends a row.
   *
   * @throws DataException if it has not as many fields as the header
   */
  void endRow(int fields, long line) {
    if (fields != header.size()) {
      throw new DataException(
          "%s, line %d: expected %d cells, as many as in the header, but found %d."
              .formatted(file, line, header.size(), fields));
    }
    rows++;
  }

  /** Columns that held numbers first and text later, of which the numbers' text is lost. */
  Set<String> mixedColumns() {
    Set<String> mixed = new HashSet<>();
    for (int slot = 0; slot < cells.length; slot++) {
      if (cells[slot].mixed()) {
        mixed.add(loaded.get(slot));
      }
    }
    return mixed;
  }

  /**
   * The finished table.
   *
   * @throws DataException if there is no row, or a numeric column holds something else
   */
  Table table() {
    if (rows == 0) {
      throw new DataException("%s has a header but no rows.".formatted(file));
    }
    return Table.of(Arrays.stream(cells).map(Cells::column).toList());
  }

  /**
   * The table of the parts of one file, as one pass over it would give it; empty if only such a
   * pass can tell, because a column is not of one type in all parts or a cell was refused.
   *
   * @param parts in the file's order, with the same header and options
   */
  static Optional<Table> joined(List<LoadedCells> parts) {
    LoadedCells first = parts.get(0);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < first.cells.length; i++) {
      int slot = i;
      Optional<? extends Column> column =
          first.cells[slot].joined(parts.stream().map(part -> part.cells[slot]).toList());
      if (column.isEmpty()) {
        return Optional.empty();
      }
      columns.add(column.get());
    }
    return parts.stream().allMatch(part -> part.rows == 0)
        ? Optional.empty()
        : Optional.of(Table.of(columns));
  }
}
