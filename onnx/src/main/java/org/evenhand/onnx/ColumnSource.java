package org.evenhand.onnx;

/** Where a network inside a graph finds a table's columns. */
interface ColumnSource {
  /** The name of a {@code float [N,1]} tensor. */
  String number(String column);

  /** The name of a {@code string [N,1]} tensor. */
  String text(String column);
}
