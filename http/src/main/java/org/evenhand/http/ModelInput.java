package org.evenhand.http;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.InputColumn;

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
   * @param features the columns of the only input; empty if each input is a column
   */
  static List<ModelInput> of(List<TensorInfo> declared, List<String> features) {
    if (!features.isEmpty()) {
      return List.of(tensor(declared, features));
    }
    if (declared.isEmpty()) {
      throw new HttpModelException(
          "The server does not say what the model takes; name the columns of its only tensor in order with --features.");
    }
    List<ModelInput> inputs = new ArrayList<>();
    for (TensorInfo info : declared) {
      if (requireRows(info).width() != 1) {
        throw new HttpModelException(
            "The model's input '%s' takes %s values a row; name its columns in order with --features."
                .formatted(info.name(), info.width() < 0 ? "several" : "" + info.width()));
      }
      inputs.add(new ModelInput(info.name(), info.datatype(), info.rank(), List.of(info.name())));
    }
    return List.copyOf(inputs);
  }

  private static ModelInput tensor(List<TensorInfo> declared, List<String> features) {
    if (declared.size() > 1) {
      throw new HttpModelException(
          "--features names the columns of a model's only input, but this model has %d inputs: %s."
              .formatted(
                  declared.size(),
                  String.join(", ", declared.stream().map(TensorInfo::name).toList())));
    }
    TensorInfo info = declared.isEmpty() ? UNDECLARED : requireRows(declared.get(0));
    if (info.width() >= 0 && info.width() != features.size()) {
      throw new HttpModelException(
          "The model's input '%s' takes %d values a row, but --features names %d columns."
              .formatted(info.name(), info.width(), features.size()));
    }
    return new ModelInput(info.name(), info.datatype(), info.rank(), features);
  }

  private static TensorInfo requireRows(TensorInfo info) {
    boolean table = info.rank() == 1 || info.rank() == 2;
    if (!table || info.shape().get(0) > 1) {
      throw new HttpModelException(
          "The model's input '%s' has shape %s; a table fills inputs of shape [-1], [-1,1] or [-1,d], where -1 stands for any number of rows."
              .formatted(info.name(), info.shape()));
    }
    return info;
  }

  List<InputColumn> read() {
    return columns.stream().map(column -> new InputColumn(column, datatype.kind())).toList();
  }

  int[] shape(int rows) {
    return rank == 1 ? new int[] {rows} : new int[] {rows, columns.size()};
  }
}
