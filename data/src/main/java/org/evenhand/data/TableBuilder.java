package org.evenhand.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.Table;

/**
 * Receives the cells of a file from the parser, as characters in its buffer. The first record is
 * the header.
 */
final class TableBuilder extends AbstractBaseCsvCallbackHandler<Boolean> {
  private static final int NOT_LOADED = -1;

  private final String file;
  private final TableOptions options;
  private final List<String> header = new ArrayList<>();
  private final List<String> loaded = new ArrayList<>();
  private Cells[] cells = {};
  // For every field of a row its index into the cells.
  private int[] slots = {};
  private boolean inHeader = true;
  private int rows;

  TableBuilder(String file, TableOptions options) {
    this.file = file;
    this.options = options;
  }

  @Override
  protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
    if (inHeader) {
      header.add(new String(buffer, offset, length).strip());
      return;
    }
    int slot = field < slots.length ? slots[field] : NOT_LOADED;
    if (slot == NOT_LOADED) {
      return;
    }
    long line = getStartingLineNumber();
    if (!cells[slot].add(buffer, offset, length, line)) {
      cells[slot] = new TextCells(file, loaded.get(slot), rows);
      cells[slot].add(buffer, offset, length, line);
    }
  }

  @Override
  protected Boolean buildRecord() {
    if (getRecordType() == RecordType.EMPTY) {
      return true;
    }
    if (inHeader) {
      beginRows();
    } else {
      requireWidth();
      rows++;
    }
    return true;
  }

  private void beginRows() {
    inHeader = false;
    requireColumns();
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
    cells = loaded.stream().map(this::emptyCells).toArray(Cells[]::new);
  }

  private void requireColumns() {
    for (String name : options.columns().stream().sorted().toList()) {
      if (!header.contains(name)) {
        throw new DataException(
            "%s has no column '%s'; its columns are %s."
                .formatted(file, name, String.join(", ", header)));
      }
    }
  }

  private Cells emptyCells(String name) {
    return options.textColumns().contains(name)
        ? new TextCells(file, name, 0)
        : new NumberCells(file, name, options.numericColumns().contains(name));
  }

  private void requireWidth() {
    if (getFieldCount() != header.size()) {
      throw new DataException(
          "%s, line %d: expected %d cells, as many as in the header, but found %d."
              .formatted(file, getStartingLineNumber(), header.size(), getFieldCount()));
    }
  }

  /** The line on which the last record began. */
  long line() {
    return getStartingLineNumber();
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
    if (inHeader) {
      throw new DataException(
          "%s is empty; expected a header line with the columns' names and rows below it."
              .formatted(file));
    }
    if (rows == 0) {
      throw new DataException("%s has a header but no rows.".formatted(file));
    }
    return Table.of(Arrays.stream(cells).map(Cells::column).collect(Collectors.toList()));
  }
}
