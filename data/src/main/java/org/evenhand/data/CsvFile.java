package org.evenhand.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.AtomicFile;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;

/** Writes tables as CSV files that {@link CsvTable} reads back to the last bit. */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Writes a table with a header, in UTF-8; a missing value becomes an empty cell.
   *
   * @param table what to write
   * @param file is replaced as a whole or not at all
   * @throws DataException if a column holds tensors
   * @throws org.evenhand.core.CoreException if it cannot be written
   */
  public static void write(Table table, Path file) {
    requireNoTensors(table);
    AtomicFile.write(
        file,
        out -> {
          CsvWriter writer =
              CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          writer.writeRecord(table.names());
          List<Column> columns = table.columns();
          String[] cells = new String[columns.size()];
          for (int row = 0; row < table.rows(); row++) {
            for (int j = 0; j < cells.length; j++) {
              cells[j] = cell(columns.get(j), row);
            }
            writer.writeRecord(cells);
          }
          writer.flush();
        });
  }

  private static void requireNoTensors(Table table) {
    for (Column column : table.columns()) {
      if (column instanceof TensorColumn) {
        throw new DataException(
            "Column '%s' holds tensors, which a CSV file cannot; write the table without it."
                .formatted(column.name()));
      }
    }
  }

  private static String cell(Column column, int row) {
    if (column instanceof TextColumn text) {
      return text.value(row);
    }
    double value = ((NumericColumn) column).values()[row];
    return Double.isNaN(value) ? "" : NumericColumn.written(value);
  }
}
