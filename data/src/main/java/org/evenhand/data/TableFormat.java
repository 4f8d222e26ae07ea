package org.evenhand.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Table;

/**
 * A kind of file, or of folder with files, that holds a table. {@link Tables} finds implementations
 * with {@link java.util.ServiceLoader} and reads as CSV what none of them reads.
 */
public interface TableFormat {
  /**
   * Whether a file is of this kind, by its name: the file need not exist. A folder exists.
   *
   * @param file any path
   */
  boolean reads(Path file);

  /**
   * The names of a file's columns, in their order.
   *
   * @param file a file of this kind
   * @param options how to read it
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  List<String> header(Path file, TableOptions options);

  /**
   * Reads a file.
   *
   * @param file a file of this kind
   * @param options which columns, and of what type
   * @return the loaded columns and all rows, in the file's order
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  Table read(Path file, TableOptions options);

  /**
   * The file as a table whose rows can be counted without holding them in memory, if the format
   * allows it.
   *
   * @param file a file of this kind
   * @throws org.evenhand.core.EvenhandException if it cannot be read
   */
  default Optional<CountableTable> countable(Path file) {
    return Optional.empty();
  }
}
