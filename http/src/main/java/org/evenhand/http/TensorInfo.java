package org.evenhand.http;

import java.util.List;

/**
 * A tensor as a model's metadata declares it.
 *
 * @param name of the input or output
 * @param datatype of its elements
 * @param shape −1 for a dimension left open
 */
record TensorInfo(String name, Datatype datatype, List<Integer> shape) {
  TensorInfo {
    shape = List.copyOf(shape);
  }

  int rank() {
    return shape.size();
  }

  /** Values a row; −1 if left open. */
  int width() {
    return rank() < 2 ? 1 : shape.get(1);
  }
}
