package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Leaves out of a graph what its outputs do not need. */
final class Pruning {
  private Pruning() {}

  /** The graph with the nodes and initialisers that its outputs depend on. */
  static GraphProto toOutputs(GraphProto whole) {
    Graph graph = new Graph(whole);
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    whole.getOutputList().forEach(output -> open.add(output.getName()));
    while (!open.isEmpty()) {
      String tensor = open.remove();
      if (needed.add(tensor)) {
        graph.producer(tensor).ifPresent(node -> Graph.read(node).forEach(open::add));
      }
    }
    GraphProto.Builder pruned = whole.toBuilder().clearNode().clearInitializer();
    whole.getNodeList().stream().filter(node -> isNeeded(node, needed)).forEach(pruned::addNode);
    whole.getInitializerList().stream()
        .filter(tensor -> needed.contains(tensor.getName()))
        .forEach(pruned::addInitializer);
    return pruned.clearValueInfo().build();
  }

  private static boolean isNeeded(NodeProto node, Set<String> needed) {
    return node.getOutputList().stream().anyMatch(needed::contains);
  }
}
