package org.evenhand.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Setting;

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

  /**
   * The position of every row's class.
   *
   * @param answered what the output says
   * @throws OnnxException if it says something else than {@link #values}
   */
  int[] codes(OutputValues answered) {
    List<String> labels = ((OutputValues.Labels) answered).values();
    Map<String, Integer> positions = new HashMap<>();
    for (int k = 0; k < values.size(); k++) {
      positions.put(values.get(k), k);
    }
    int[] codes = new int[labels.size()];
    for (int row = 0; row < codes.length; row++) {
      int found = row;
      codes[row] =
          Optional.ofNullable(positions.get(labels.get(row)))
              .orElseThrow(
                  () ->
                      new OnnxException(
                          "The model answers label '%s' in row %d, which is none of the classes %s."
                              .formatted(labels.get(found), found, String.join(", ", values)),
                          Setting.CLASSES));
    }
    return codes;
  }

  /** Whether the output gives the class's position. */
  boolean numbersClasses() {
    return type != ElementType.STRING && values.equals(numbers(values.size()));
  }
}
