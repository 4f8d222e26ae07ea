package org.evenhand.data;

/** A table in files whose rows can be counted in one pass, without holding them in memory. */
public interface CountableTable {
  /** The number of rows, known without reading them. */
  long rows();

  /**
   * Counts the rows that agree in everything that an audit looks at, in one pass over the files.
   *
   * @param counting by which columns
   * @return the distinct rows, in order of first appearance
   * @throws org.evenhand.core.EvenhandException if a file cannot be read, a column is missing, or
   *     there are too many distinct rows to be held in memory
   */
  CountedRows count(Counting counting);
}
