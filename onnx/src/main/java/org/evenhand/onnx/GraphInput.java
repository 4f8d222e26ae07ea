package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.evenhand.core.InputColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;

/**
 * One input of a graph with the columns that fill it: numbers or texts side by side, or one column
 * of tensors.
 *
 * @param name the input's name in the graph
 * @param type of its elements
 * @param rank 1 for {@code [N]}, 2 for {@code [N,d]}, more for {@code [N,…]} of tensors
 * @param fixedRows N if the file fixes it
 * @param tensor the shape of a row's tensor, {@link InputColumn#OPEN} where the file leaves it
 *     open; empty for rank 1 and 2
 * @param columns the table's columns that fill it: d of them, or the one of tensors
 */
record GraphInput(
    String name,
    ElementType type,
    int rank,
    OptionalInt fixedRows,
    List<Integer> tensor,
    List<String> columns) {
  /** The input as the graph declares it, filled by the column of the same name. */
  static GraphInput of(ValueInfoProto declared) {
    TypeProto.Tensor tensor = declared.getType().getTensorType();
    ElementType type =
        ElementType.ofCode(tensor.getElemType())
            .orElseThrow(
                () ->
                    new OnnxException(
                        ("The model's input '%s' has an element type that tables do not hold; expected"
                                + " float, double, int64, int32, bool or string.")
                            .formatted(declared.getName())));
    int rank = tensor.getShape().getDimCount();
    if (rank == 0 || (rank > 2 && type != ElementType.FLOAT)) {
      throw new OnnxException(
          "The model's input '%s' has %d dimensions of type %s; tables fill inputs of shape [N], [N,1] or [N,d], and images inputs of type float with more dimensions."
              .formatted(declared.getName(), rank, type));
    }
    return new GraphInput(
        declared.getName(),
        type,
        rank,
        fixed(declared, 0),
        rank > 2 ? tensor(declared, rank) : List.of(),
        List.of(declared.getName()));
  }

  private static List<Integer> tensor(ValueInfoProto declared, int rank) {
    return IntStream.range(1, rank)
        .mapToObj(dimension -> fixed(declared, dimension).orElse(InputColumn.OPEN))
        .toList();
  }

  boolean holdsTensors() {
    return !tensor.isEmpty();
  }

  /** What its columns must hold. */
  InputColumn.Kind kind() {
    return holdsTensors() ? InputColumn.Kind.TENSOR : type.kind();
  }

  /** A dimension that the file fixes; empty if it is left open. */
  static OptionalInt fixed(ValueInfoProto declared, int dimension) {
    TensorShapeProto shape = declared.getType().getTensorType().getShape();
    if (dimension >= shape.getDimCount() || !shape.getDim(dimension).hasDimValue()) {
      return OptionalInt.empty();
    }
    // Exporters write 0 or -1 for an open dimension.
    int size = (int) shape.getDim(dimension).getDimValue();
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
  }

  GraphInput withColumns(List<String> names) {
    return new GraphInput(name, type, rank, fixedRows, tensor, List.copyOf(names));
  }

  long[] shape(int rows) {
    return rank == 1 ? new long[] {rows} : new long[] {rows, columns.size()};
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
