package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.OptionalInt;

/**
 * One input of a graph with the columns that fill it, side by side.
 *
 * @param name the input's name in the graph
 * @param type of its elements
 * @param rank 1 for {@code [N]}, 2 for {@code [N,d]}
 * @param fixedRows N if the file fixes it
 * @param columns the table's columns that fill it, d of them
 */
record GraphInput(
    String name, ElementType type, int rank, OptionalInt fixedRows, List<String> columns) {
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
    if (rank != 1 && rank != 2) {
      throw new OnnxException(
          "The model's input '%s' has %d dimensions; a table fills inputs of shape [N], [N,1] or [N,d]."
              .formatted(declared.getName(), rank));
    }
    return new GraphInput(
        declared.getName(), type, rank, fixed(declared, 0), List.of(declared.getName()));
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
    return new GraphInput(name, type, rank, fixedRows, List.copyOf(names));
  }

  long[] shape(int rows) {
    return rank == 1 ? new long[] {rows} : new long[] {rows, columns.size()};
  }
}
