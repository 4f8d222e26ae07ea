package org.evenhand.onnx;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Table;

/**
 * What a model reads: one input per column of numbers, text or tensors, or one input of several
 * columns.
 *
 * @param inputs in the graph's order
 * @param idle the names of those that are only handed on, such as the label that ML.NET lists among
 *     the inputs; no answer depends on them
 */
record ModelInputs(List<GraphInput> inputs, Set<String> idle) {
  /**
   * The graph's inputs with the columns that fill them.
   *
   * @param contract may name the columns of the only input
   */
  static ModelInputs of(Graph graph, ModelContract contract) {
    if (graph.inputs().isEmpty()) {
      throw new OnnxException("The model takes no inputs, so it has nothing to answer to.");
    }
    List<GraphInput> declared = graph.inputs().stream().map(GraphInput::of).toList();
    List<List<String>> columns =
        contract.columns(declared.stream().map(GraphInput::declared).toList());
    return new ModelInputs(
        IntStream.range(0, declared.size())
            .mapToObj(i -> declared.get(i).withColumns(columns.get(i)))
            .toList(),
        graph.idleInputs());
  }

  /** The columns that the inputs are named after. */
  List<InputColumn> columns() {
    return columns(inputs);
  }

  /** Refuses a table that lacks a column without which the model would answer something else. */
  void requireIn(Table table) {
    InputColumn.requireAll(
        columns(
            inputs.stream()
                .filter(
                    input -> !idle.contains(input.name()) || table.find(input.name()).isPresent())
                .toList()),
        table);
  }

  private static List<InputColumn> columns(List<GraphInput> inputs) {
    return inputs.stream().flatMap(input -> input.columns().stream().map(input::column)).toList();
  }

  /** How many bytes the tensors of one row take; 0 if only numbers and text are read. */
  long tensorBytes(Table table) {
    return inputs.stream()
        .filter(GraphInput::holdsTensors)
        .mapToLong(input -> (long) Float.BYTES * input.tensors(table).size())
        .sum();
  }

  /** The number of rows that the file fixes, if it does. */
  OptionalInt fixedRows() {
    return inputs.stream()
        .map(GraphInput::fixedRows)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }
}
