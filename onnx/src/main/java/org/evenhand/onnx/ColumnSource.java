package org.evenhand.onnx;

import java.util.List;

/** Where a network inside a graph finds a table's columns. */
interface ColumnSource {
  /** The name of a {@code float [N,1]} tensor. */
  String number(String column);

  /** The name of a {@code string [N,1]} tensor. */
  String text(String column);

  /**
   * The name of a {@code float} tensor that holds a batch of images.
   *
   * @param shape of one image
   */
  String images(String column, List<Integer> shape);
}
