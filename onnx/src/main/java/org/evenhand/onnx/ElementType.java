package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.core.InputColumn;

/** The element types of tensors that the deployed-model contract knows. */
enum ElementType {
  FLOAT(DataType.FLOAT),
  DOUBLE(DataType.DOUBLE),
  INT64(DataType.INT64, Long.MIN_VALUE, Long.MAX_VALUE),
  INT32(DataType.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE),
  BOOL(DataType.BOOL, 0, 1),
  STRING(DataType.STRING),
  FLOAT16(DataType.FLOAT16),
  BFLOAT16(DataType.BFLOAT16),
  INT16(DataType.INT16, Short.MIN_VALUE, Short.MAX_VALUE),
  INT8(DataType.INT8, Byte.MIN_VALUE, Byte.MAX_VALUE),
  UINT64(DataType.UINT64, 0, Long.MAX_VALUE),
  UINT32(DataType.UINT32, 0, 0xFFFF_FFFFL),
  UINT16(DataType.UINT16, 0, 0xFFFF),
  UINT8(DataType.UINT8, 0, 0xFF);

  private final DataType onnx;
  private final long least;
  private final long most;

  ElementType(DataType onnx) {
    this(onnx, 0, 0);
  }

  ElementType(DataType onnx, long least, long most) {
    this.onnx = onnx;
    this.least = least;
    this.most = most;
  }

  /** The number that stands for this type in an ONNX file. */
  int code() {
    return onnx.getNumber();
  }

  static Optional<ElementType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code() == code).findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(ElementType::toString).collect(Collectors.joining(", "));
  }

  InputColumn.Kind kind() {
    return this == STRING ? InputColumn.Kind.TEXT : InputColumn.Kind.NUMBER;
  }

  /** The smallest whole number that it holds. */
  long least() {
    return least;
  }

  /** The largest whole number that it holds. */
  long most() {
    return most;
  }

  /**
   * The type in which ONNX Runtime is asked: itself, or a wider one where its Java binding cannot
   * pass tensors of this type.
   */
  ElementType asked() {
    return switch (this) {
      case FLOAT, DOUBLE, INT64, INT32, BOOL, STRING -> this;
      case FLOAT16, BFLOAT16 -> FLOAT;
      case INT16, INT8, UINT64, UINT32, UINT16, UINT8 -> INT64;
    };
  }

  /**
   * The same for an input of so many dimensions: the numbers of images are handed over as FLOAT,
   * whatever they become.
   */
  ElementType asked(int rank) {
    return rank > 2 ? FLOAT : asked();
  }

  /** Whether it holds whole numbers only. */
  boolean isWhole() {
    return most > 0;
  }

  /** Whether it can hold the numbers of an image. */
  boolean holdsImages() {
    return this != STRING && this != BOOL;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
