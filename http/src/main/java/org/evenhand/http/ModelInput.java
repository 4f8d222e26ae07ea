package org.evenhand.http;

import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Setting;

/**
 * One input of a model with the columns that fill it, side by side.
 *
 * @param name the input's name at the server
 * @param datatype of its elements
 * @param rank 1 for {@code [n]}, 2 for {@code [n,d]}
 * @param columns the table's columns that fill it, d of them
 */
record ModelInput(String name, Datatype datatype, int rank, List<String> columns) {
  /** What is sent to servers that declare no input: many go by shape alone. */
  private static final TensorInfo UNDECLARED =
      new TensorInfo("input-0", Datatype.FP64, List.of(-1, -1));

  /**
   * A model's inputs with the columns that fill them.
   *
   * @param declared by the server
   * @param contract may name the columns of the only input
   */
  static List<ModelInput> of(List<TensorInfo> declared, ModelContract contract) {
    if (declared.isEmpty() && contract.features().isEmpty()) {
      throw new HttpModelException(
          "The server does not say what the model takes; name the columns of its only tensor in order.",
          Setting.FEATURES);
    }
    List<TensorInfo> inputs = declared.isEmpty() ? List.of(UNDECLARED) : declared;
    inputs.forEach(ModelInput::requireRows);
    List<List<String>> columns =
        contract.columns(inputs.stream().map(TensorInfo::declared).toList());
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> of(inputs.get(i), columns.get(i)))
        .toList();
  }

  private static ModelInput of(TensorInfo info, List<String> columns) {
    return new ModelInput(info.name(), info.datatype(), info.rank(), columns);
  }

  private static void requireRows(TensorInfo info) {
    boolean table = info.rank() == 1 || info.rank() == 2;
    if (!table || info.shape().get(0) > 1) {
      throw new HttpModelException(
          "The model's input '%s' has shape %s; a table fills inputs of shape [-1], [-1,1] or [-1,d], where -1 stands for any number of rows."
              .formatted(info.name(), info.shape()));
    }
  }

  List<InputColumn> read() {
    return columns.stream().map(column -> new InputColumn(column, datatype.kind())).toList();
  }

  int[] shape(int rows) {
    return rank == 1 ? new int[] {rows} : new int[] {rows, columns.size()};
  }
}
