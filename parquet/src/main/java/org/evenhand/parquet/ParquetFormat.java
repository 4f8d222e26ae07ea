package org.evenhand.parquet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.core.Table;
import org.evenhand.data.CountableTable;
import org.evenhand.data.TableFormat;
import org.evenhand.data.TableOptions;

/**
 * Makes {@link org.evenhand.data.Tables} read files whose names end in {@code .parquet}, and
 * folders of Parquet files.
 */
public final class ParquetFormat implements TableFormat {
  /** For {@link java.util.ServiceLoader}. */
  public ParquetFormat() {}

  @Override
  public boolean reads(Path file) {
    return Files.isDirectory(file) || file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  @Override
  public List<String> header(Path file, TableOptions options) {
    return ParquetTable.header(file);
  }

  @Override
  public Table read(Path file, TableOptions options) {
    return ParquetTable.read(file, options);
  }

  @Override
  public Optional<CountableTable> countable(Path file) {
    return Optional.of(ParquetTable.countable(file));
  }
}
