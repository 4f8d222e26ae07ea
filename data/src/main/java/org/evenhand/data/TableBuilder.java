package org.evenhand.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Table;

/**
 * Receives the cells of a file from the parser, as characters in its buffer. The first record is
 * the header.
 */
final class TableBuilder extends AbstractBaseCsvCallbackHandler<Boolean> {
  private final String file;
  private final TableOptions options;
  private final List<String> header = new ArrayList<>();
  private Optional<LoadedCells> cells = Optional.empty();

  TableBuilder(String file, TableOptions options) {
    this.file = file;
    this.options = options;
  }

  @Override
  protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
    if (cells.isEmpty()) {
      header.add(new String(buffer, offset, length).strip());
    } else {
      cells.get().add(field, buffer, offset, length, getStartingLineNumber());
    }
  }

  @Override
  protected Boolean buildRecord() {
    if (getRecordType() == RecordType.EMPTY) {
      return true;
    }
    if (cells.isEmpty()) {
      cells = Optional.of(new LoadedCells(file, options, header));
    } else {
      cells.get().endRow(getFieldCount(), getStartingLineNumber());
    }
    return true;
  }

  /** The line on which the last record began. */
  long line() {
    return getStartingLineNumber();
  }

  /** Columns that held numbers first and text later, of which the numbers' text is lost. */
  Set<String> mixedColumns() {
    return cells.map(LoadedCells::mixedColumns).orElse(Set.of());
  }

  /**
   * The finished table.
   *
   * @throws DataException if there is no row, or a numeric column holds something else
   */
  Table table() {
    return cells
        .orElseThrow(
            () ->
                new DataException(
                    "%s is empty; expected a header line with the columns' names and rows below it."
                        .formatted(file)))
        .table();
  }
}
