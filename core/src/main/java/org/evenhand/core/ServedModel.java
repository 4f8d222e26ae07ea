package org.evenhand.core;

import java.util.List;

/**
 * A model that others serve, as a step that is run after it sees it.
 *
 * @param inputs what it takes
 * @param scores the output that its answers are read from, or one per class
 * @param datatype of the scores, as the Open Inference Protocol writes it, such as {@code FP32}
 * @param classes that it decides between
 */
public record ServedModel(
    List<Input> inputs, ScoreOutput scores, String datatype, Classes classes) {
  /**
   * One input with the columns that fill it, side by side.
   *
   * @param name of it
   * @param datatype as the Open Inference Protocol writes it
   * @param rank 1 for {@code [N]}, 2 for {@code [N,d]}
   * @param columns d names
   */
  public record Input(String name, String datatype, int rank, List<String> columns) {
    /** Copies the list. */
    public Input {
      columns = List.copyOf(columns);
    }
  }

  /** Copies the list. */
  public ServedModel {
    inputs = List.copyOf(inputs);
  }
}
