package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.Head;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreScale;
import org.evenhand.onnx.DenseReader.Dense;

/**
 * Finds the last dense layer behind a model's scores. What is found is a claim: whoever uses it
 * compares its answers with the model's.
 */
final class HeadFinder {
  private static final Set<String> SAME_SCORES =
      Set.of("Identity", "Cast", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "ZipMap");

  /** Ends from the output backwards that leave a softmax of the layer's outputs. */
  private static final Set<List<String>> SOFTMAX =
      Set.of(
          List.of("Softmax"),
          List.of("LogSoftmax"),
          List.of("Log", "Softmax"),
          List.of("Exp", "LogSoftmax"));

  private static final String BOTH_CLASSES = "1 - p beside p";
  private static final Set<List<String>> SIGMOID =
      Set.of(List.of("Sigmoid"), List.of(BOTH_CLASSES, "Sigmoid"));
  private static final Set<String> ENDS = Set.of("Softmax", "LogSoftmax", "Log", "Exp", "Sigmoid");

  private final Graph graph;
  private final byte[] file;
  private final NoHead noHead;
  private final List<String> ends = new ArrayList<>();

  /**
   * @param file the bytes that the graph was read from
   */
  HeadFinder(Graph graph, byte[] file, NoHead noHead) {
    this.graph = graph;
    this.file = file;
    this.noHead = noHead;
  }

  /**
   * The head behind these scores.
   *
   * @param classes K
   * @throws OnnxException if there is none, or none that can be edited
   */
  GraphHead find(ScoreOutput scores, int classes) {
    if (scores.scale() == ScoreScale.SIGMOIDS) {
      throw independentSigmoids(classes);
    }
    DenseReader reader = new DenseReader(graph, new StoredTensors(graph, file, noHead), noHead);
    String tensor = scores.name();
    while (true) {
      String here = tensor;
      NodeProto node =
          graph
              .producer(here)
              .orElseThrow(
                  () -> noHead.because("nothing computes '%s'; %s".formatted(here, NoHead.ERASE)));
      Optional<String> before = stepBack(node);
      if (before.isEmpty()) {
        return linked(reader.endingWith(node).orElseThrow(() -> notDense(node)), classes);
      }
      tensor = before.get();
    }
  }

  /** What an end of the model was computed from; empty if the node is no such end. */
  private Optional<String> stepBack(NodeProto node) {
    String operator = node.getOpType();
    if (SAME_SCORES.contains(operator)) {
      return Optional.of(node.getInput(0));
    }
    if (ENDS.contains(operator)) {
      ends.add(operator);
      return Optional.of(node.getInput(0));
    }
    // Dividing a distribution by its sum leaves it as it is.
    if (operator.equals("Normalizer") && Graph.text(node, "norm", "MAX").equals("L1")) {
      return Optional.of(node.getInput(0));
    }
    Optional<String> second = secondOfBothClasses(node);
    second.ifPresent(p -> ends.add(BOTH_CLASSES));
    return second;
  }

  /** p, where a node puts 1 - p beside p. */
  private Optional<String> secondOfBothClasses(NodeProto node) {
    if (!node.getOpType().equals("Concat") || node.getInputCount() != 2) {
      return Optional.empty();
    }
    String p = node.getInput(1);
    return graph
        .producer(node.getInput(0))
        .filter(first -> first.getOpType().equals("Sub"))
        .filter(first -> first.getInput(1).equals(p) && graph.isConstant(first.getInput(0)))
        .map(first -> p);
  }

  private OnnxException notDense(NodeProto node) {
    String operator = node.getOpType();
    if (operator.startsWith("TreeEnsemble")) {
      return noHead.because(
          "it is a tree ensemble (%s), which has no dense layer; %s"
              .formatted(operator, NoHead.ERASE));
    }
    if (NoHead.isQuantised(operator)) {
      return noHead.quantised("its last layer (%s)".formatted(operator));
    }
    return noHead.because(
        "its answers come from %s, not from a dense layer; %s"
            .formatted(NoHead.named(node), NoHead.ERASE));
  }

  private OnnxException independentSigmoids(int outputs) {
    return noHead.because(
        "its %d outputs are independent sigmoids, where a softmax or one sigmoid is needed; %s"
            .formatted(outputs, NoHead.ERASE));
  }

  private GraphHead linked(Dense dense, int classes) {
    if (isLinear(dense)) {
      addPostTransform(dense.node());
    }
    boolean one = dense.outputs() == 1;
    boolean softmax = SOFTMAX.contains(ends) || (ends.isEmpty() && !one);
    boolean sigmoid = SIGMOID.contains(ends) || (ends.isEmpty() && one);
    if (sigmoid && !one) {
      return mirrored(dense).orElseThrow(() -> independentSigmoids(dense.outputs()));
    }
    int expected = sigmoid ? 1 : classes;
    if ((!softmax && !sigmoid) || dense.outputs() != expected) {
      throw noHead.because(
          "its answers come from the %d outputs of %s through %s, where a softmax of %d or one sigmoid is needed; %s"
              .formatted(
                  dense.outputs(),
                  NoHead.named(dense.node()),
                  ends.isEmpty() ? "nothing" : String.join(" of ", ends),
                  classes,
                  NoHead.ERASE));
    }
    return head(
        dense,
        sigmoid ? Head.Link.SIGMOID : Head.Link.SOFTMAX,
        List.of(dense.weights()),
        dense.bias().stream().toList());
  }

  private static boolean isLinear(Dense dense) {
    return dense.node().getOpType().equals(DenseReader.LINEAR);
  }

  private void addPostTransform(NodeProto node) {
    String transform = Graph.text(node, "post_transform", "NONE");
    switch (transform) {
      case "NONE" -> {}
      case "SOFTMAX" -> ends.add("Softmax");
      case "LOGISTIC" -> ends.add("Sigmoid");
      default -> ends.add(transform);
    }
  }

  /**
   * Two sigmoids of -z and z, as scikit-learn's binary classifiers are written, are one: the second
   * row is the layer, and the first follows it.
   */
  private Optional<GraphHead> mirrored(Dense dense) {
    if (dense.outputs() != 2 || !isLinear(dense) || !ends.equals(List.of("Sigmoid"))) {
      return Optional.empty();
    }
    StoredTensor bias = dense.bias().orElseThrow().reshaped(2, 1);
    List<StoredTensor> weights = List.of(dense.weights().row(1), dense.weights().row(0).scaled(-1));
    List<StoredTensor> biases = List.of(bias.row(1), bias.row(0).scaled(-1));
    boolean opposite = same(weights.get(0), weights.get(1)) && same(biases.get(0), biases.get(1));
    return opposite
        ? Optional.of(head(dense, Head.Link.SIGMOID, weights, biases))
        : Optional.empty();
  }

  private boolean same(StoredTensor one, StoredTensor other) {
    float[] some = one.read(file);
    float[] others = other.read(file);
    return IntStream.range(0, some.length).allMatch(i -> some[i] == others[i]);
  }

  private static GraphHead head(
      Dense dense, Head.Link link, List<StoredTensor> weights, List<StoredTensor> bias) {
    return new GraphHead(
        dense.node(), dense.features(), dense.featuresFirst(), link, weights, bias);
  }
}
