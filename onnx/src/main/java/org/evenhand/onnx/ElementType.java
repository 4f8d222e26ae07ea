package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.core.InputColumn;

/** The element types of tensors that the deployed-model contract knows. */
enum ElementType {
  FLOAT(DataType.FLOAT),
  DOUBLE(DataType.DOUBLE),
  INT64(DataType.INT64),
  INT32(DataType.INT32),
  BOOL(DataType.BOOL),
  STRING(DataType.STRING);

  private final DataType onnx;

  ElementType(DataType onnx) {
    this.onnx = onnx;
  }

  /** The number that stands for this type in an ONNX file. */
  int code() {
    return onnx.getNumber();
  }

  static Optional<ElementType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code() == code).findFirst();
  }

  InputColumn.Kind kind() {
    return this == STRING ? InputColumn.Kind.TEXT : InputColumn.Kind.NUMBER;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
