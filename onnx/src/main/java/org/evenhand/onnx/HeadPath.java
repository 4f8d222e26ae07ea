package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.ScoreScale;

/**
 * What a model does to the outputs of its last layer, followed from its scores backwards: it
 * rearranges them, scales them with constants, and turns them into probabilities.
 */
final class HeadPath {
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
  private final boolean mirrored;
  private final List<String> ends = new ArrayList<>();
  private double[] factors = {1};
  private double[] terms = {0};
  private boolean second;

  HeadPath(Graph graph, ScoreScale scale) {
    this.graph = graph;
    this.mirrored = scale == ScoreScale.MIRRORED;
  }

  /** What a node was computed from, where it only ends the model; empty if it does more. */
  Optional<String> stepBack(NodeProto node) {
    String operator = node.getOpType();
    boolean alone = operator.equals("Concat") && node.getInputCount() == 1;
    if (alone || SAME_SCORES.contains(operator) || isDistribution(node)) {
      return Optional.of(node.getInput(0));
    }
    if (ENDS.contains(operator)) {
      ends.add(operator);
      return isScaled() ? Optional.empty() : Optional.of(node.getInput(0));
    }
    if (picksSecond(node)) {
      second = true;
      return Optional.of(node.getInput(0));
    }
    return bothClasses(node);
  }

  /** Dividing a distribution by its sum leaves it as it is. */
  private boolean isDistribution(NodeProto node) {
    if (node.getOpType().equals("Normalizer")) {
      return Graph.text(node, "norm", "MAX").equals("L1");
    }
    return node.getOpType().equals("Div")
        && graph
            .maker(node.getInput(1))
            .filter(sum -> sum.getOpType().equals("ReduceSum"))
            .map(sum -> sum.getInput(0))
            .filter(summed -> isSizeOf(summed, node.getInput(0)))
            .isPresent();
  }

  private boolean isSizeOf(String summed, String whole) {
    return summed.equals(whole)
        || graph
            .producer(summed)
            .filter(size -> size.getOpType().equals("Abs") && size.getInput(0).equals(whole))
            .isPresent();
  }

  /** Whether a node takes the second of two columns. */
  private boolean picksSecond(NodeProto node) {
    return switch (node.getOpType()) {
      case "ArrayFeatureExtractor" -> is(node, 1, "1");
      case "Gather" -> is(node, 1, "1") && List.of(1L, -1L).contains(axis(node));
      case "Slice" ->
          node.getInputCount() < 4
              ? Graph.integers(node, "starts").equals(List.of(1L))
                  && Graph.integers(node, "axes").equals(List.of(1L))
              : is(node, 1, "1") && (is(node, 3, "1") || is(node, 3, "-1"));
      default -> false;
    };
  }

  private static long axis(NodeProto node) {
    return Graph.attribute(node, "axis").map(axis -> axis.getI()).orElse(0L);
  }

  private boolean is(NodeProto node, int input, String element) {
    return graph.constantElements(node.getInput(input)).equals(List.of(element));
  }

  /** z, where a node puts 1 - z, -z or 0 beside z. */
  private Optional<String> bothClasses(NodeProto node) {
    if (!node.getOpType().equals("Concat") || node.getInputCount() != 2) {
      return Optional.empty();
    }
    String z = node.getInput(1);
    Optional<Line> first = graph.producer(node.getInput(0)).flatMap(this::line);
    if (first.isEmpty() || !first.get().of().equals(z)) {
      return Optional.empty();
    }
    double slope = first.get().slope();
    double base = first.get().base();
    if (slope == -1 && base == 1 && !mirrored) {
      ends.add(BOTH_CLASSES);
    } else if (slope == -1 && mirrored && ends.isEmpty()) {
      // Half the difference of the two is the logit.
      scale(1, -base / 2);
    } else if (SOFTMAX.contains(ends) || ends.isEmpty()) {
      ends.clear();
      ends.add("Sigmoid");
      scale(1 - slope, -base);
    } else {
      return Optional.empty();
    }
    return Optional.of(z);
  }

  /**
   * slope · of + base, with one number each.
   *
   * @param of the tensor that is not constant
   */
  private record Line(String of, double[] slopes, double[] bases) {
    double slope() {
      return slopes.length == 1 ? slopes[0] : Double.NaN;
    }

    double base() {
      return bases.length == 1 ? bases[0] : Double.NaN;
    }
  }

  private Optional<Line> line(NodeProto node) {
    double[] one = {1};
    double[] none = {0};
    if (node.getOpType().equals("Neg")) {
      return Optional.of(new Line(node.getInput(0), new double[] {-1}, none));
    }
    if (node.getInputCount() != 2) {
      return Optional.empty();
    }
    boolean constantFirst = graph.isConstant(node.getInput(0));
    String of = node.getInput(constantFirst ? 1 : 0);
    double[] constant = graph.constantNumbers(node.getInput(constantFirst ? 0 : 1));
    if (constant.length == 0 || graph.isConstant(of)) {
      return Optional.empty();
    }
    return switch (node.getOpType()) {
      case "Mul" -> Optional.of(new Line(of, constant, none));
      case "Div" ->
          constantFirst
              ? Optional.empty()
              : Optional.of(new Line(of, Arrays.stream(constant).map(c -> 1 / c).toArray(), none));
      case "Add" -> Optional.of(new Line(of, one, constant));
      case "Sub" ->
          Optional.of(
              constantFirst
                  ? new Line(of, new double[] {-1}, constant)
                  : new Line(of, one, Arrays.stream(constant).map(c -> -c).toArray()));
      default -> Optional.empty();
    };
  }

  /** What a node scales with constants; empty if it does something else. */
  Optional<String> scaledBy(NodeProto node) {
    Optional<Line> line =
        line(node)
            .filter(
                found -> Arrays.stream(found.slopes()).allMatch(f -> Double.isFinite(f) && f != 0));
    line.ifPresent(found -> scale(found.slopes(), found.bases()));
    return line.map(Line::of);
  }

  private void scale(double slope, double base) {
    scale(new double[] {slope}, new double[] {base});
  }

  /** What was done to y = slope · x + base was done to x, too. */
  private void scale(double[] slopes, double[] bases) {
    int outputs = IntStream.of(factors.length, slopes.length, bases.length).max().orElse(1);
    double[] before = wide(factors, outputs);
    double[] added = wide(terms, outputs);
    double[] slope = wide(slopes, outputs);
    double[] base = wide(bases, outputs);
    factors = IntStream.range(0, outputs).mapToDouble(k -> before[k] * slope[k]).toArray();
    terms = IntStream.range(0, outputs).mapToDouble(k -> before[k] * base[k] + added[k]).toArray();
  }

  private static double[] wide(double[] values, int outputs) {
    return IntStream.range(0, outputs)
        .mapToDouble(k -> values[values.length == 1 ? 0 : Math.min(k, values.length - 1)])
        .toArray();
  }

  /** Whether anything was multiplied with or added to the layer's outputs. */
  boolean isScaled() {
    return Arrays.stream(factors).anyMatch(f -> f != 1) || adds();
  }

  /** Whether anything was added to the layer's outputs. */
  boolean adds() {
    return Arrays.stream(terms).anyMatch(t -> t != 0);
  }

  /** Whether there is a number for each of the layer's outputs. */
  boolean fits(int outputs) {
    return factors.length == 1 || factors.length == outputs;
  }

  /** What each output was multiplied with. */
  double[] factors(int outputs) {
    return wide(factors, outputs);
  }

  /** What was then added to each. */
  double[] terms(int outputs) {
    return wide(terms, outputs);
  }

  /** What a LinearClassifier does itself. */
  void addPostTransform(NodeProto node) {
    String transform = Graph.text(node, "post_transform", "NONE");
    switch (transform) {
      case "NONE" -> {}
      case "SOFTMAX" -> ends.add("Softmax");
      case "LOGISTIC" -> ends.add("Sigmoid");
      default -> ends.add(transform);
    }
  }

  boolean isSoftmax(int outputs) {
    return outputs > 1 && !second && !mirrored && (SOFTMAX.contains(ends) || ends.isEmpty());
  }

  boolean isSigmoid(int outputs) {
    return SIGMOID.contains(ends) || (ends.isEmpty() && (outputs == 1 || second || mirrored));
  }

  /** The ends as a sentence names them. */
  String describe() {
    return ends.isEmpty() ? "nothing" : String.join(" of ", ends);
  }
}
