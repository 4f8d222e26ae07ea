package org.evenhand.data;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.Table;

/** CSV, which is built in and takes whatever no other format reads. */
final class CsvFormat implements TableFormat {
  @Override
  public boolean reads(Path file) {
    return true;
  }

  @Override
  public List<String> header(Path file, TableOptions options) {
    return CsvTable.header(file, options);
  }

  @Override
  public Table read(Path file, TableOptions options) {
    return CsvTable.read(file, options);
  }
}
