package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WireMessageTest {
  private static byte[] model(TensorProto... tensors) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
    for (TensorProto tensor : tensors) {
      graph.addInitializer(tensor);
    }
    return ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build().toByteArray();
  }

  private static WireMessage initializer(byte[] file, int index) {
    return WireMessage.of(file)
        .message(ModelProto.GRAPH_FIELD_NUMBER)
        .element(GraphProto.INITIALIZER_FIELD_NUMBER, index);
  }

  private static float[] at(byte[] file, int[] offsets) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[offsets.length];
    IntStream.range(0, offsets.length).forEach(i -> values[i] = bytes.getFloat(offsets[i]));
    return values;
  }

  @Test
  void numbers_are_found_where_protobuf_reads_them() {
    TensorProto other = TensorProto.newBuilder().setName("other").addFloatData(9).build();
    TensorProto wanted =
        TensorProto.newBuilder().addDims(300).addFloatData(1.5f).addFloatData(-2).build();
    byte[] file = model(other, wanted);

    int[] offsets = initializer(file, 1).numbers(TensorProto.FLOAT_DATA_FIELD_NUMBER, Float.BYTES);

    assertThat(at(file, offsets)).containsExactly(1.5f, -2);
  }

  @Test
  void a_field_that_is_not_there_holds_no_numbers() {
    byte[] file = model(TensorProto.newBuilder().addDims(1).build());

    assertThat(initializer(file, 0).rawNumbers(TensorProto.RAW_DATA_FIELD_NUMBER, 4)).isEmpty();
    assertThat(initializer(file, 0).numbers(TensorProto.FLOAT_DATA_FIELD_NUMBER, 4)).isEmpty();
  }

  /** Joining the bytes of two messages is how protobuf defines their merging. */
  @Test
  void messages_in_pieces_are_merged_as_protobuf_does() throws Exception {
    byte[] first = model(TensorProto.newBuilder().addFloatData(1).build());
    byte[] second = model(TensorProto.newBuilder().addFloatData(2).build());
    byte[] file = ByteString.copyFrom(first).concat(ByteString.copyFrom(second)).toByteArray();

    assertThat(ModelProto.parseFrom(file).getGraph().getInitializer(1).getFloatData(0))
        .isEqualTo(2);
    int[] offsets = initializer(file, 1).numbers(TensorProto.FLOAT_DATA_FIELD_NUMBER, Float.BYTES);
    assertThat(at(file, offsets)).containsExactly(2);
  }

  @Test
  void the_last_of_several_raw_contents_counts() throws Exception {
    ByteString first = raw(1);
    ByteString second = raw(2);
    TensorProto tensor =
        TensorProto.parseFrom(
            TensorProto.newBuilder()
                .setRawData(first)
                .build()
                .toByteString()
                .concat(TensorProto.newBuilder().setRawData(second).build().toByteString()));
    assertThat(tensor.getRawData()).isEqualTo(second);

    byte[] bytes =
        TensorProto.newBuilder()
            .setRawData(first)
            .build()
            .toByteString()
            .concat(tensor.toByteString())
            .toByteArray();
    int[] offsets =
        WireMessage.of(bytes).rawNumbers(TensorProto.RAW_DATA_FIELD_NUMBER, Float.BYTES);
    assertThat(at(bytes, offsets)).containsExactly(2);
  }

  private static ByteString raw(float value) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(value).flip();
    return ByteString.copyFrom(bytes);
  }
}
