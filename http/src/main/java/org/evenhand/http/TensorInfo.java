package org.evenhand.http;

import java.util.List;
import org.evenhand.core.ModelTensor;

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

  /** The tensor as it is matched with what the user declares. */
  ModelTensor declared() {
    return new ModelTensor(name, datatype.kind(), shape);
  }

  int rank() {
    return shape.size();
  }

  /** Values per row; −1 if left open. */
  int width() {
    return rank() < 2 ? 1 : shape.get(1);
  }
}
