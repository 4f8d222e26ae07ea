package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.Set;

/** Names that nothing in a graph bears yet. */
final class GraphNames {
  private final Set<String> taken = new HashSet<>();

  /** Every name in the graph is taken, those inside its sub-graphs too: they share one scope. */
  GraphNames(GraphProto graph) {
    take(graph);
  }

  private void take(GraphProto graph) {
    graph.getInputList().stream().map(ValueInfoProto::getName).forEach(taken::add);
    graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(taken::add);
    graph.getInitializerList().stream().map(TensorProto::getName).forEach(taken::add);
    graph.getSparseInitializerList().forEach(sparse -> taken.add(sparse.getValues().getName()));
    for (NodeProto node : graph.getNodeList()) {
      taken.add(node.getName());
      taken.addAll(node.getInputList());
      taken.addAll(node.getOutputList());
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          take(attribute.getG());
        }
        attribute.getGraphsList().forEach(this::take);
      }
    }
  }

  /** The name itself if it is free, else with the first free number behind it. */
  String fresh(String wish) {
    String name = wish;
    for (int number = 2; !taken.add(name); number++) {
      name = wish + "_" + number;
    }
    return name;
  }
}
