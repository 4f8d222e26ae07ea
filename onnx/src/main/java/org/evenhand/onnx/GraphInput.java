package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelTensor;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;

/**
 * One input of a graph with the columns that fill it: numbers or texts side by side, or one column
 * of tensors.
 *
 * @param name the input's name in the graph
 * @param type of its elements
 * @param dimensions all of them, N first; {@link InputColumn#OPEN} where the file leaves it open
 * @param columns the table's columns that fill it: d of them, or the one of tensors
 */
record GraphInput(String name, ElementType type, List<Integer> dimensions, List<String> columns) {
  /** Of one row's tensor: an image of 8,192 × 8,192 pixels in colour, some 800 MB. */
  private static final int MOST_NUMBERS = 3 * 8192 * 8192;

  /** The input as the graph declares it, filled by the column of the same name. */
  static GraphInput of(ValueInfoProto declared) {
    TypeProto.Tensor tensor = declared.getType().getTensorType();
    ElementType type =
        ElementType.ofCode(tensor.getElemType())
            .orElseThrow(
                () ->
                    new OnnxException(
                        "The model's input '%s' has an element type that tables do not hold; expected one of %s."
                            .formatted(declared.getName(), ElementType.all())));
    if (!tensor.hasShape()) {
      return new GraphInput(
          declared.getName(),
          type,
          List.of(InputColumn.OPEN, InputColumn.OPEN),
          List.of(declared.getName()));
    }
    int rank = tensor.getShape().getDimCount();
    if (rank == 0 || (rank > 2 && !type.holdsImages())) {
      throw new OnnxException(
          "The model's input '%s' has %d dimensions of type %s; tables fill inputs of shape [N], [N,1] or [N,d], and images inputs of numbers with more dimensions."
              .formatted(declared.getName(), rank, type));
    }
    List<Integer> dimensions =
        IntStream.range(0, rank).mapToObj(dimension -> dimension(declared, dimension)).toList();
    GraphInput input =
        new GraphInput(declared.getName(), type, dimensions, List.of(declared.getName()));
    double size = input.tensor().stream().mapToDouble(Math::abs).reduce(1, (a, b) -> a * b);
    if (size > MOST_NUMBERS) {
      throw new OnnxException(
          "The model's input '%s' takes %.0f numbers per row, more than %d; export the model again."
              .formatted(declared.getName(), size, MOST_NUMBERS));
    }
    return input;
  }

  private static int dimension(ValueInfoProto declared, int dimension) {
    TensorShapeProto.Dimension size =
        declared.getType().getTensorType().getShape().getDim(dimension);
    if (size.getDimValue() > Integer.MAX_VALUE) {
      throw new OnnxException(
          "The model's input '%s' declares a dimension of %d, which is more than can be held; export the model again."
              .formatted(declared.getName(), size.getDimValue()));
    }
    // Exporters write 0 or -1 for an open dimension.
    return size.getDimValue() > 0 ? (int) size.getDimValue() : InputColumn.OPEN;
  }

  /** 1 for {@code [N]}, 2 for {@code [N,d]}, more for {@code [N,…]} of tensors. */
  int rank() {
    return dimensions.size();
  }

  /** The input as it is matched with what the user declares. */
  ModelTensor declared() {
    return new ModelTensor(name, kind(), dimensions);
  }

  /** The shape of a row's tensor; empty for rank 1 and 2. */
  List<Integer> tensor() {
    return holdsTensors() ? dimensions.subList(1, rank()) : List.of();
  }

  /** N if the file fixes it. */
  OptionalInt fixedRows() {
    int rows = dimensions.get(0);
    return rows == InputColumn.OPEN ? OptionalInt.empty() : OptionalInt.of(rows);
  }

  boolean holdsTensors() {
    return rank() > 2;
  }

  /** What its columns must hold. */
  InputColumn.Kind kind() {
    return holdsTensors() ? InputColumn.Kind.TENSOR : type.kind();
  }

  /** The column of a table that fills it, or one of them. */
  InputColumn column(String column) {
    return new InputColumn(column, kind(), tensor(), holdsTensors() && type.isWhole());
  }

  GraphInput withColumns(List<String> names) {
    return new GraphInput(name, type, dimensions, List.copyOf(names));
  }

  long[] shape(int rows) {
    return rank() == 1 ? new long[] {rows} : new long[] {rows, columns.size()};
  }

  /** The column of an input that holds tensors. */
  TensorColumn tensors(Table table) {
    return (TensorColumn) table.column(name);
  }

  static long[] shape(int rows, TensorColumn tensors) {
    return LongStream.concat(
            LongStream.of(rows), tensors.shape().stream().mapToLong(Integer::longValue))
        .toArray();
  }
}
