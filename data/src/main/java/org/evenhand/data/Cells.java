package org.evenhand.data;

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
}
