package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Table;

/**
 * What a model reads: one input a column of numbers, text or tensors, or one input of several
 * columns.
 *
 * @param inputs in the graph's order
 */
record ModelInputs(List<GraphInput> inputs) {
  /**
   * The graph's inputs with the columns that fill them.
   *
   * @param features the columns of the only input; empty if each input is a column
   */
  static ModelInputs of(Graph graph, List<String> features) {
    List<ValueInfoProto> declared = graph.inputs();
    if (declared.isEmpty()) {
      throw new OnnxException("The model takes no inputs, so it has nothing to answer to.");
    }
    if (!features.isEmpty()) {
      return new ModelInputs(List.of(tensor(declared, features)));
    }
    List<GraphInput> inputs = new ArrayList<>();
    for (ValueInfoProto value : declared) {
      GraphInput input = GraphInput.of(value);
      OptionalInt width = GraphInput.fixed(value, 1);
      if (input.rank() == 2 && (width.isEmpty() ? declared.size() == 1 : width.getAsInt() != 1)) {
        throw new OnnxException(
            "The model's input '%s' takes %s values a row; name its columns in order with --features."
                .formatted(
                    input.name(), width.isEmpty() ? "several" : String.valueOf(width.getAsInt())));
      }
      inputs.add(input);
    }
    return new ModelInputs(List.copyOf(inputs));
  }

  private static GraphInput tensor(List<ValueInfoProto> declared, List<String> features) {
    if (declared.size() != 1) {
      throw new OnnxException(
          "--features names the columns of a model's only input, but this model has %d inputs: %s."
              .formatted(declared.size(), names(declared)));
    }
    GraphInput input = GraphInput.of(declared.get(0));
    if (input.holdsTensors()) {
      throw new OnnxException(
          "--features names columns of numbers, but the model's input '%s' takes an image of shape %s a row; leave the option out."
              .formatted(input.name(), input.tensor()));
    }
    int width =
        input.rank() == 1 ? 1 : GraphInput.fixed(declared.get(0), 1).orElse(features.size());
    if (width != features.size()) {
      throw new OnnxException(
          "The model's input '%s' takes %d values a row, but --features names %d columns."
              .formatted(input.name(), width, features.size()));
    }
    return input.withColumns(features);
  }

  private static String names(List<ValueInfoProto> declared) {
    return String.join(", ", declared.stream().map(ValueInfoProto::getName).toList());
  }

  /** The columns that a table must have. */
  List<InputColumn> columns() {
    return inputs.stream()
        .flatMap(
            input ->
                input.columns().stream()
                    .map(column -> new InputColumn(column, input.kind(), input.tensor())))
        .toList();
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
