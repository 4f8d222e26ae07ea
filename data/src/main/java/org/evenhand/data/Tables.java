package org.evenhand.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Table;

/** Tables from files of any known format. CSV is built in; Parquet needs its module at run time. */
public final class Tables {
  private Tables() {}

  /**
   * Reads a whole file, all columns.
   *
   * @param file in a known format
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  public static Table read(Path file) {
    return read(file, TableOptions.defaults());
  }

  /**
   * Reads a whole file with a model's columns in the types that the model reads: codes that it
   * reads as text stay text, and true and false become 1 and 0 where it reads numbers.
   *
   * <pre>{@code
   * Table people = Tables.read(Path.of("people.csv"), model.inputs());
   * }</pre>
   *
   * @param file in a known format
   * @param inputs the model's
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  public static Table read(Path file, List<InputColumn> inputs) {
    return read(file, TableOptions.of(inputs));
  }

  /**
   * Reads a file.
   *
   * @param file in a known format
   * @param options which columns, and of what type
   * @return the loaded columns and all rows, in the file's order
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  public static Table read(Path file, TableOptions options) {
    return format(file).read(file, options);
  }

  /**
   * The names of a file's columns, in their order.
   *
   * @param file in a known format
   * @param options how to read it
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  public static List<String> header(Path file, TableOptions options) {
    return format(file).header(file, options);
  }

  /**
   * The file as a table whose rows can be counted without holding them in memory, if its format
   * allows it.
   *
   * @param file in a known format
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  public static Optional<CountableTable> countable(Path file) {
    return format(file).countable(file);
  }

  private static TableFormat format(Path file) {
    for (TableFormat format : ServiceLoader.load(TableFormat.class)) {
      if (format.reads(file)) {
        return format;
      }
    }
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      throw new DataException(
          "%s is a Parquet file, which needs the module evenhand-parquet; add it to the class path or convert the file to CSV."
              .formatted(file));
    }
    return new CsvFormat();
  }
}
