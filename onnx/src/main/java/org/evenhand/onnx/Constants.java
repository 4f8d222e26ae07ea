package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** What the constants of a graph hold, written out. */
final class Constants {
  private Constants() {}

  /** Whole numbers or texts; empty for anything else. */
  static List<String> elements(TensorProto constant) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(constant.getDataType());
    if (type == null) {
      return List.of();
    }
    return switch (type) {
      case STRING -> constant.getStringDataList().stream().map(ByteString::toStringUtf8).toList();
      case INT64 ->
          integers(constant, Long.BYTES, ByteBuffer::getLong, constant.getInt64DataList());
      case INT32 ->
          integers(constant, Integer.BYTES, ByteBuffer::getInt, constant.getInt32DataList());
      case UINT32 ->
          integers(
              constant,
              Integer.BYTES,
              raw -> Integer.toUnsignedLong(raw.getInt()),
              constant.getUint64DataList());
      case INT16 ->
          integers(constant, Short.BYTES, ByteBuffer::getShort, constant.getInt32DataList());
      case UINT16 ->
          integers(
              constant,
              Short.BYTES,
              raw -> Short.toUnsignedLong(raw.getShort()),
              constant.getInt32DataList());
      case INT8 -> integers(constant, Byte.BYTES, ByteBuffer::get, constant.getInt32DataList());
      case UINT8, BOOL ->
          integers(
              constant,
              Byte.BYTES,
              raw -> Byte.toUnsignedLong(raw.get()),
              constant.getInt32DataList());
      default -> List.of();
    };
  }

  /** Floating-point numbers, widened; empty for anything else. */
  static double[] numbers(TensorProto constant) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(constant.getDataType());
    ByteBuffer raw = constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (type == TensorProto.DataType.FLOAT) {
      return raw.hasRemaining()
          ? numbers(raw, Float.BYTES, ByteBuffer::getFloat)
          : constant.getFloatDataList().stream().mapToDouble(Float::doubleValue).toArray();
    }
    if (type == TensorProto.DataType.DOUBLE) {
      return raw.hasRemaining()
          ? numbers(raw, Double.BYTES, ByteBuffer::getDouble)
          : constant.getDoubleDataList().stream().mapToDouble(Double::doubleValue).toArray();
    }
    if (type == TensorProto.DataType.FLOAT16) {
      return raw.hasRemaining()
          ? numbers(raw, Short.BYTES, bytes -> Fp16Conversions.fp16ToFloat(bytes.getShort()))
          : constant.getInt32DataList().stream()
              .mapToDouble(bits -> Fp16Conversions.fp16ToFloat(bits.shortValue()))
              .toArray();
    }
    return new double[0];
  }

  private static double[] numbers(ByteBuffer raw, int bytes, ToDoubleFunction<ByteBuffer> next) {
    return IntStream.range(0, raw.remaining() / bytes)
        .mapToDouble(i -> next.applyAsDouble(raw))
        .toArray();
  }

  private static List<String> integers(
      TensorProto constant,
      int bytes,
      ToLongFunction<ByteBuffer> next,
      List<? extends Number> listed) {
    if (constant.getRawData().isEmpty()) {
      return listed.stream().map(String::valueOf).toList();
    }
    List<String> values = new ArrayList<>();
    ByteBuffer raw = constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    while (raw.remaining() >= bytes) {
      values.add(String.valueOf(next.applyAsLong(raw)));
    }
    return values;
  }
}
