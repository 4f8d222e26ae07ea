package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Map;

/**
 * Other names for some tensors of a graph, its declared inputs and outputs excepted.
 *
 * @param names from old to new
 */
record TensorRenaming(Map<String, String> names) {
  GraphProto applyTo(GraphProto graph) {
    GraphProto.Builder renamed = graph.toBuilder();
    renamed.getNodeBuilderList().forEach(this::rename);
    renamed.getValueInfoBuilderList().forEach(info -> info.setName(of(info.getName())));
    return renamed.build();
  }

  String of(String tensor) {
    return names.getOrDefault(tensor, tensor);
  }

  private void rename(NodeProto.Builder node) {
    List<String> inputs = node.getInputList().stream().map(this::of).toList();
    List<String> outputs = node.getOutputList().stream().map(this::of).toList();
    node.clearInput().addAllInput(inputs).clearOutput().addAllOutput(outputs);
    // Sub-graphs read tensors of the graph around them by name.
    for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        attribute.setG(applyTo(attribute.getG()));
      }
      for (int i = 0; i < attribute.getGraphsCount(); i++) {
        attribute.setGraphs(i, applyTo(attribute.getGraphs(i)));
      }
    }
  }
}
