package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

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
