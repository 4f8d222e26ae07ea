package org.evenhand.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * @param batched false for {@code [d]}, which takes one row without saying so
 */
record ModelInput(String name, Datatype datatype, int rank, List<String> columns, boolean batched) {
  /** How the only tensor is called at servers that declare no input: many go by shape alone. */
  private static final String UNDECLARED = "input-0";

  private static final Datatype USUAL = Datatype.FP64;

  /**
   * A model's inputs with the columns that fill them.
   *
   * @param metadata what the server declares
   * @param options may name the columns, and what the server does not declare
   */
  static List<ModelInput> of(ModelMetadata metadata, HttpOptions options) {
    if (metadata.inputs().isEmpty()) {
      return undeclared(options);
    }
    boolean batched = !takesOneRowUnsaid(metadata, options.contract());
    List<TensorInfo> inputs = (batched ? metadata : metadata.withRows()).inputs();
    inputs.forEach(ModelInput::requireRows);
    List<List<String>> columns =
        options.contract().columns(inputs.stream().map(TensorInfo::declared).toList());
    return IntStream.range(0, inputs.size())
        .mapToObj(
            i ->
                new ModelInput(
                    inputs.get(i).name(),
                    inputs.get(i).datatype(),
                    inputs.get(i).rank(),
                    columns.get(i),
                    batched))
        .toList();
  }

  /**
   * Whether the shapes are those of one row: the only input has shape {@code [d]}, and d columns
   * are named for it.
   */
  static boolean takesOneRowUnsaid(ModelMetadata metadata, ModelContract contract) {
    int named = contract.features().getOrDefault(ModelContract.ONLY_INPUT, List.of()).size();
    return metadata.inputs().size() == 1
        && named > 1
        && metadata.inputs().get(0).shape().equals(List.of(named));
  }

  private static List<ModelInput> undeclared(HttpOptions options) {
    Map<String, List<String>> features = options.contract().features();
    if (features.isEmpty()) {
      throw new HttpModelException(
          "The server does not say what the model takes; name the columns of its only tensor in order.",
          Setting.FEATURES);
    }
    List<String> only = features.getOrDefault(ModelContract.ONLY_INPUT, List.of());
    if (!only.isEmpty() && !options.asksForDataFrame()) {
      return List.of(undeclared(UNDECLARED, only, options));
    }
    return only.isEmpty()
        ? new TreeMap<>(features)
            .entrySet().stream()
                .map(input -> undeclared(input.getKey(), input.getValue(), options))
                .toList()
        : only.stream().map(column -> undeclared(column, List.of(column), options)).toList();
  }

  private static ModelInput undeclared(String name, List<String> columns, HttpOptions options) {
    Map<String, String> types = options.datatypes();
    Datatype type =
        Optional.ofNullable(types.getOrDefault(name, types.get(ModelContract.ONLY_INPUT)))
            .flatMap(Datatype::of)
            .orElse(USUAL);
    return new ModelInput(name, type, 2, columns, true);
  }

  private static void requireRows(TensorInfo info) {
    boolean table = info.rank() == 1 || info.rank() == 2;
    if (!table || info.shape().get(0) > 1) {
      throw new HttpModelException(
          "The model's input '%s' has shape %s; a table fills inputs of shape [-1], [-1,1] or [-1,d], where -1 stands for any number of rows%s."
              .formatted(
                  info.name(),
                  info.shape(),
                  info.rank() == 1
                      ? ", and the only input of shape [d] where d columns are named"
                      : ""),
          info.rank() == 1 ? new Setting[] {Setting.FEATURES} : new Setting[0]);
    }
  }

  List<InputColumn> read() {
    return columns.stream().map(column -> new InputColumn(column, datatype.kind())).toList();
  }

  int[] shape(int rows) {
    if (!batched) {
      return new int[] {columns.size()};
    }
    return rank == 1 ? new int[] {rows} : new int[] {rows, columns.size()};
  }
}
