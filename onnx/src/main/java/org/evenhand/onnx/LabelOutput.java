package org.evenhand.onnx;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An output that names the decided class.
 *
 * @param name the output's name
 * @param type of its elements
 * @param rank 1 for {@code [N]}, 2 for {@code [N,1]}
 * @param values what the output says for each class, written out
 */
record LabelOutput(String name, ElementType type, int rank, List<String> values) {
  LabelOutput {
    values = List.copyOf(values);
  }

  /** What an output says that gives the class's position. */
  static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
  }

  /** Whether the output gives the class's position. */
  boolean numbersClasses() {
    return type != ElementType.STRING && values.equals(numbers(values.size()));
  }
}
