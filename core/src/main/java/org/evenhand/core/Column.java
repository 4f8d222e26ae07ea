package org.evenhand.core;

/** One named column of a {@link Table}: numbers, text or tensors. */
public sealed interface Column permits NumericColumn, TextColumn, TensorColumn {
  /** The column's name, as in the file's header and in the model's inputs. */
  String name();

  /** The number of rows. */
  int rows();

  /**
   * A column of the given rows, in the given order; a row may be named more than once.
   *
   * @param rows indices in {@code [0, rows())}
   */
  Column select(int[] rows);
}
