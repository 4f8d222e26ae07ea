package org.evenhand.data;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Column;

/** The cells of one loaded column while a file is being read. */
sealed interface Cells permits NumberCells, TextCells {
  /**
   * Takes the next row's cell.
   *
   * @return false if the column must be text instead, which costs nothing yet: all its cells so far
   *     were empty
   */
  boolean add(char[] buffer, int offset, int length, long line);

  /** Whether numbers and text were met, so that the file must be read again to keep the text. */
  boolean mixed();

  /** The finished column. */
  Column column();

  /**
   * The column of a file that was read in parts, or empty if they are not all of one type or one
   * refused a cell.
   *
   * @param parts the same column's cells in all parts, these among them, in the file's order
   */
  Optional<? extends Column> joined(List<Cells> parts);
}
