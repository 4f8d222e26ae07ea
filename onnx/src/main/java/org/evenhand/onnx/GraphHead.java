package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.stream.Stream;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;

/**
 * The last dense layer of a graph: what it reads, and where in the file its numbers lie.
 *
 * @param node that multiplies
 * @param features the tensor that it reads
 * @param featuresFirst whether that tensor is d × rows instead of rows × d
 * @param link how its outputs become probabilities
 * @param weights outputs × inputs; further ones repeat the first with another scale
 * @param bias one an output, in the same way; empty for a layer without bias
 */
record GraphHead(
    NodeProto node,
    String features,
    boolean featuresFirst,
    Head.Link link,
    List<StoredTensor> weights,
    List<StoredTensor> bias) {
  GraphHead {
    weights = List.copyOf(weights);
    bias = List.copyOf(bias);
  }

  int outputs() {
    return weights.get(0).dims()[0];
  }

  int inputs() {
    return weights.get(0).dims()[1];
  }

  Head read(Classes classes, byte[] file) {
    float[] biases = bias.isEmpty() ? new float[outputs()] : bias.get(0).read(file);
    DenseLayer layer = new DenseLayer(inputs(), outputs(), weights.get(0).read(file), biases);
    return new Head(classes, layer, !bias.isEmpty(), link);
  }

  /** Overwrites, in a file's bytes, the numbers that the edited layer changes. */
  void write(byte[] file, DenseLayer edited) {
    weights.forEach(tensor -> tensor.write(file, edited.weights()));
    bias.forEach(tensor -> tensor.write(file, edited.bias()));
  }

  /** Whether its numbers are stored in 16 bits. */
  boolean isHalf() {
    return weights.get(0).type() == ElementType.FLOAT16;
  }

  List<HeadTensor> headTensors() {
    return Stream.concat(weights.stream(), bias.stream()).map(StoredTensor::where).toList();
  }

  String describe() {
    return "%s: %d features to %d logits %s, %s"
        .formatted(
            NoHead.named(node),
            inputs(),
            outputs(),
            bias.isEmpty() ? "without bias" : "with bias",
            link == Head.Link.SIGMOID ? "under one sigmoid" : "under a softmax");
  }
}
