package org.evenhand.core;

import java.util.List;
import java.util.OptionalInt;

/**
 * A tensor that a model declares to take.
 *
 * @param name of the input
 * @param kind what its elements are; {@link InputColumn.Kind#TENSOR} where each row is a tensor of
 *     its own
 * @param shape with the rows first, {@link InputColumn#OPEN} for a dimension of any size
 */
public record ModelTensor(String name, InputColumn.Kind kind, List<Integer> shape) {
  /** Copies the shape. */
  public ModelTensor {
    shape = List.copyOf(shape);
  }

  /** How many columns of numbers or text fill it; empty where that is left open. */
  OptionalInt width() {
    if (shape.size() < 2) {
      return OptionalInt.of(1);
    }
    return shape.get(1) == InputColumn.OPEN ? OptionalInt.empty() : OptionalInt.of(shape.get(1));
  }
}
