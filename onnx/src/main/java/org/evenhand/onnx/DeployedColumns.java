package org.evenhand.onnx;

import java.util.List;
import java.util.function.Function;
import org.evenhand.core.InputColumn;

/**
 * The inputs of a deployed model as columns of a table.
 *
 * @param graph the deployed graph being added to
 * @param inputs what the deployed model reads
 * @param activations adds a summary of the deployed network's activations and names it
 */
record DeployedColumns(
    GraphBuilder graph, ModelInputs inputs, Function<NetworkFeatures, String> activations)
    implements ColumnSource {
  /** Those of a graph that does not hold the deployed model. */
  static DeployedColumns without(GraphBuilder graph, ModelInputs inputs) {
    return new DeployedColumns(
        graph,
        inputs,
        features -> {
          throw features.notWithoutModel();
        });
  }

  @Override
  public String features(NetworkFeatures features) {
    return activations.apply(features);
  }

  @Override
  public String number(String column) {
    GraphInput input = inputOf(column, InputColumn.Kind.NUMBER);
    String tensor = tensor(input, column);
    return input.type() == ElementType.FLOAT ? tensor : graph.cast(tensor, ElementType.FLOAT);
  }

  @Override
  public String text(String column) {
    return tensor(inputOf(column, InputColumn.Kind.TEXT), column);
  }

  @Override
  public String images(String column, List<Integer> shape) {
    GraphInput input = inputOf(column, InputColumn.Kind.TENSOR);
    if (!input.column(column).takes(shape)) {
      throw new OnnxException(
          "The patch reads images of shape %s from column '%s', but the deployed model's input takes %s (%d stands for any size)."
              .formatted(shape, column, input.tensor(), InputColumn.OPEN));
    }
    return input.type() == ElementType.FLOAT
        ? input.name()
        : graph.cast(input.name(), ElementType.FLOAT);
  }

  private String tensor(GraphInput input, String column) {
    List<String> columns = input.columns();
    if (columns.size() > 1) {
      return graph.columns(input.name(), columns.indexOf(column));
    }
    return input.rank() == 1 ? graph.reshape(input.name(), -1, 1) : input.name();
  }

  private GraphInput inputOf(String column, InputColumn.Kind kind) {
    GraphInput found =
        inputs.inputs().stream()
            .filter(input -> input.columns().contains(column))
            .findFirst()
            .orElseThrow(
                () ->
                    new OnnxException(
                        ("The patch reads column '%s', but the deployed model does not; train the patch on"
                                + " the model's own inputs: %s.")
                            .formatted(
                                column,
                                String.join(
                                    ", ",
                                    inputs.columns().stream().map(InputColumn::name).toList()))));
    if (found.kind() != kind) {
      throw new OnnxException(
          "The patch reads column '%s' as %s, but the deployed model's input takes %s."
              .formatted(column, kind, found.kind()));
    }
    return found;
  }
}
