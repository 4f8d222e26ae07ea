package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A read-only view of a graph: who computes a tensor, and which tensors are constant. */
final class Graph {
  private final GraphProto proto;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Set<String> fixed = new HashSet<>();

  Graph(GraphProto proto) {
    this.proto = proto;
    for (NodeProto node : proto.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
      if (node.getOpType().equals("Constant") && node.getOutputCount() > 0) {
        attribute(node, "value").ifPresent(value -> constants.put(node.getOutput(0), value.getT()));
      }
    }
    proto.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    proto.getInitializerList().forEach(tensor -> fixed.add(tensor.getName()));
    for (NodeProto node : proto.getNodeList()) {
      // A sub-graph could read anything, so a node that has one never counts.
      boolean plain = node.getAttributeList().stream().noneMatch(AttributeProto::hasG);
      if (node.getOpType().equals("Constant")
          || (plain && node.getInputCount() > 0 && fixed.containsAll(node.getInputList()))) {
        fixed.addAll(node.getOutputList());
      }
    }
  }

  /** The nodes, each after those that it reads. */
  List<NodeProto> nodes() {
    return proto.getNodeList();
  }

  /** The inputs that a caller must give: initialisers may be listed as inputs too. */
  List<ValueInfoProto> inputs() {
    return proto.getInputList().stream()
        .filter(input -> !constants.containsKey(input.getName()))
        .toList();
  }

  List<ValueInfoProto> outputs() {
    return proto.getOutputList();
  }

  Optional<ValueInfoProto> output(String name) {
    return outputs().stream().filter(output -> output.getName().equals(name)).findFirst();
  }

  Optional<NodeProto> producer(String tensor) {
    return Optional.ofNullable(producers.get(tensor));
  }

  /** The nodes that read a tensor, those that read it inside a sub-graph too. */
  List<NodeProto> readers(String tensor) {
    return proto.getNodeList().stream()
        .filter(node -> read(node).anyMatch(tensor::equals))
        .toList();
  }

  /** What a node reads; its sub-graphs read tensors of the graph around them by name. */
  static Stream<String> read(NodeProto node) {
    Stream<String> inside =
        node.getAttributeList().stream()
            .flatMap(
                attribute ->
                    Stream.concat(Stream.of(attribute.getG()), attribute.getGraphsList().stream()))
            .flatMap(graph -> graph.getNodeList().stream())
            .flatMap(Graph::read);
    // An optional input that is left out has an empty name.
    return Stream.concat(node.getInputList().stream(), inside).filter(name -> !name.isEmpty());
  }

  /** Whether a tensor hears of the row through one node only. */
  boolean dependsOnlyOn(NodeProto only, String tensor) {
    Set<String> seen = new HashSet<>(List.of(tensor));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String here = open.remove();
      Optional<NodeProto> producer = producer(here);
      if (producer.isEmpty() && !isConstant(here)) {
        return false;
      }
      producer
          .filter(node -> !node.equals(only))
          .ifPresent(node -> read(node).filter(seen::add).forEach(open::add));
    }
    return true;
  }

  /** Whether a tensor is computed from nothing but constants, and so is the same for every row. */
  boolean isConstant(String tensor) {
    return fixed.contains(tensor);
  }

  /** The position among the initialisers; -1 if it is none. */
  int initializerIndex(String tensor) {
    return IntStream.range(0, proto.getInitializerCount())
        .filter(i -> proto.getInitializer(i).getName().equals(tensor))
        .findFirst()
        .orElse(-1);
  }

  List<TensorProto> initializers() {
    return proto.getInitializerList();
  }

  TensorProto initializer(int index) {
    return proto.getInitializer(index);
  }

  static Optional<AttributeProto> attribute(NodeProto node, String name) {
    int index = attributeIndex(node, name);
    return index < 0 ? Optional.empty() : Optional.of(node.getAttribute(index));
  }

  /** The position among the node's attributes; -1 if it has none of that name. */
  static int attributeIndex(NodeProto node, String name) {
    return IntStream.range(0, node.getAttributeCount())
        .filter(i -> node.getAttribute(i).getName().equals(name))
        .findFirst()
        .orElse(-1);
  }

  /** A floating-point attribute, or what it is when the node leaves it out. */
  static float number(NodeProto node, String name, float otherwise) {
    return attribute(node, name).map(AttributeProto::getF).orElse(otherwise);
  }

  /** A text attribute, or what it is when the node leaves it out. */
  static String text(NodeProto node, String name, String otherwise) {
    return attribute(node, name).map(found -> found.getS().toStringUtf8()).orElse(otherwise);
  }

  /** Whether an attribute that is a flag is set. */
  static boolean flag(NodeProto node, String name) {
    return attribute(node, name).map(AttributeProto::getI).orElse(0L) != 0;
  }

  /** The texts of an attribute; empty if the node has none of that name. */
  static List<String> texts(NodeProto node, String name) {
    return attribute(node, name).map(AttributeProto::getStringsList).orElse(List.of()).stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  /** The floating-point numbers of an attribute; empty if the node has none of that name. */
  static List<Float> numbers(NodeProto node, String name) {
    return attribute(node, name).map(AttributeProto::getFloatsList).orElse(List.of());
  }

  /** The whole numbers of an attribute; empty if the node has none of that name. */
  static List<Long> integers(NodeProto node, String name) {
    return attribute(node, name).map(AttributeProto::getIntsList).orElse(List.of());
  }

  /**
   * The elements of a constant tensor of whole numbers or texts, written out; else empty. What only
   * hands a constant on leaves it one.
   */
  List<String> constantElements(String tensor) {
    return constant(tensor).map(Constants::elements).orElse(List.of());
  }

  /** The floating-point numbers of a constant tensor, in the same way; else empty. */
  double[] constantNumbers(String tensor) {
    return constant(tensor).map(Constants::numbers).orElse(new double[0]);
  }

  /** A constant as it is stored; empty if it is none, or a node rearranges what is stored. */
  Optional<TensorProto> stored(String tensor) {
    return Optional.ofNullable(constants.get(tensor));
  }

  private Optional<TensorProto> constant(String tensor) {
    Optional<NodeProto> mover =
        producer(tensor).filter(node -> movesOnly(node) && node.getInputCount() > 0);
    return !constants.containsKey(tensor) && mover.isPresent()
        ? constant(mover.get().getInput(0))
        : stored(tensor);
  }

  /** Operators that hand their first input on, at most in another shape or type. */
  private static final Set<String> MOVERS =
      Set.of("Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Dropout");

  /** Whether a node hands its first input on, at most in another shape or type. */
  static boolean movesOnly(NodeProto node) {
    return MOVERS.contains(node.getOpType());
  }

  /** The first node on the way back from a tensor that does more than hand it on. */
  Optional<NodeProto> maker(String tensor) {
    Optional<NodeProto> node = producer(tensor);
    while (node.isPresent() && movesOnly(node.get()) && node.get().getInputCount() > 0) {
      node = producer(node.get().getInput(0));
    }
    return node;
  }

  /** The inputs that are handed on as outputs, and that no other output depends on. */
  Set<String> idleInputs() {
    Map<Boolean, List<String>> outputs =
        outputs().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.partitioningBy(this::isPassedThrough));
    Set<String> idle = new HashSet<>();
    inputs().forEach(input -> idle.add(input.getName()));
    idle.retainAll(behind(outputs.getOrDefault(true, List.of())));
    idle.removeAll(behind(outputs.getOrDefault(false, List.of())));
    return idle;
  }

  /** All tensors that some tensors are computed from, themselves among them. */
  private Set<String> behind(List<String> tensors) {
    Set<String> seen = new HashSet<>(tensors);
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      producer(open.remove()).stream().flatMap(Graph::read).filter(seen::add).forEach(open::add);
    }
    return seen;
  }

  /** Whether a tensor is nothing but inputs of the model, handed on or side by side. */
  boolean isPassedThrough(String tensor) {
    Set<String> inputs = new HashSet<>();
    inputs().forEach(input -> inputs.add(input.getName()));
    Set<String> seen = new HashSet<>(List.of(tensor));
    Deque<String> open = new ArrayDeque<>(seen);
    boolean any = false;
    while (!open.isEmpty()) {
      String here = open.remove();
      if (inputs.contains(here)) {
        any = true;
      } else if (!isConstant(here)) {
        Optional<NodeProto> node =
            producer(here).filter(found -> movesOnly(found) || found.getOpType().equals("Concat"));
        if (node.isEmpty()) {
          return false;
        }
        node.get().getInputList().stream().filter(seen::add).forEach(open::add);
      }
    }
    return any;
  }
}
