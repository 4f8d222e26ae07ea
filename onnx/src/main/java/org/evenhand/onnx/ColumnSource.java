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

  /**
   * The name of a {@code float [N,F]} tensor with a deployed network's own features.
   *
   * @throws OnnxException if the graph does not hold that network
   */
  default String features(NetworkFeatures features) {
    throw features.notWithoutModel();
  }

  /** The columns of numbers side by side, {@code float [N,F]}. */
  default String numbers(GraphBuilder graph, List<String> columns) {
    return graph.sideBySide("patch/numbers", columns.stream().map(this::number).toList());
  }
}
