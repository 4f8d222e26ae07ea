package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Setting;

/**
 * Finds what a network over images computes on its way: the outputs of its activation functions and
 * of its normalised blocks, with the image itself as the first.
 *
 * @param model the deployed model, with all weights inside
 * @param graph of it
 * @param images the input that holds them
 */
record ActivationFinder(ModelProto model, Graph graph, GraphInput images) {
  /** As many features can be read from a few hundred images, and be held for some thousands. */
  private static final int MOST_FEATURES = 4_096;

  private static final Set<String> FUNCTIONS =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Selu",
          "Celu",
          "ThresholdedRelu",
          "Softplus",
          "Clip",
          "HardSwish",
          "Mish",
          "Gelu",
          "Swish",
          "LayerNormalization",
          // Of tokens it is layer normalisation as we write it.
          "InstanceNormalization");

  private static final Set<String> GATES = Set.of("Sigmoid", "HardSigmoid");

  /** What becomes a gate by an addition: exporters write GELU as x · (1 + erf(…)). */
  private static final Set<String> GATES_LESS_ONE = Set.of("Erf", "Tanh");

  /**
   * The activations, in the graph's order; of very many, evenly spread ones with the last.
   *
   * @param path what the user calls the model
   * @param inputs of the deployed model
   * @throws OnnxException if there is none whose number of channels is known
   */
  List<Activation> find(Path path, ModelInputs inputs) {
    Set<String> tensors = new LinkedHashSet<>();
    graph.nodes().stream()
        .filter(this::activates)
        .map(node -> node.getOutput(0))
        .filter(tensor -> !graph.isConstant(tensor))
        .forEach(tensors::add);
    ModelProto.Builder told = model.toBuilder();
    told.getGraphBuilder().clearOutput();
    tensors.forEach(
        tensor -> told.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(tensor)));
    if (tensors.isEmpty()) {
      throw none(path);
    }
    List<Activation> found = new ArrayList<>();
    try (OnnxSession session =
        OnnxSession.inMemory(path, told.build(), inputs, OnnxOptions.defaults())) {
      for (String tensor : tensors) {
        of(tensor, session.outputShape(tensor)).ifPresent(found::add);
      }
    }
    if (found.isEmpty()) {
      throw none(path);
    }
    List<Activation> all = new ArrayList<>();
    image().ifPresent(all::add);
    all.addAll(found);
    return spread(all);
  }

  private static OnnxException none(Path path) {
    return new OnnxException(
        "No activations of a known number of channels were found in the model '%s', so its own features cannot be read; train a network over the images instead."
            .formatted(path),
        Setting.PATCH_NETWORK);
  }

  private boolean activates(NodeProto node) {
    if (node.getOutputCount() == 0) {
      return false;
    }
    String operator = node.getOpType();
    return FUNCTIONS.contains(operator)
        || (operator.equals("Mul") && producers(node).anyMatch(this::isGate))
        || (operator.equals("Div") && dividesByDeviation(node));
  }

  private boolean isGate(NodeProto node) {
    return GATES.contains(node.getOpType())
        || (node.getOpType().equals("Add")
            && producers(node).anyMatch(made -> GATES_LESS_ONE.contains(made.getOpType())));
  }

  /** Layer normalisation as exporters write it: (x − mean) / √(variance + ε). */
  private boolean dividesByDeviation(NodeProto node) {
    return graph
        .producer(node.getInput(1))
        .filter(root -> root.getOpType().equals("Sqrt"))
        .flatMap(root -> graph.producer(root.getInput(0)))
        .filter(variance -> variance.getOpType().equals("Add"))
        .isPresent();
  }

  private Stream<NodeProto> producers(NodeProto node) {
    return node.getInputList().stream().flatMap(input -> graph.producer(input).stream());
  }

  private static Optional<Activation> of(String tensor, long[] shape) {
    int rank = shape.length;
    if (rank < 2 || rank > 4) {
      return Optional.empty();
    }
    long channels = shape[rank == 3 ? 2 : 1];
    return channels > 0 && channels <= MOST_FEATURES
        ? Optional.of(new Activation(tensor, rank, (int) channels, stride(shape)))
        : Optional.empty();
  }

  private static int stride(long[] shape) {
    return shape.length == 4 ? Activation.stride(shape[2], shape[3]) : 1;
  }

  private Optional<Activation> image() {
    List<Integer> shape = images.tensor();
    return shape.size() == 3 && shape.get(0) > 0 && shape.get(0) <= 4
        ? Optional.of(new Activation(images.name(), 4, shape.get(0), 1))
        : Optional.empty();
  }

  private static List<Activation> spread(List<Activation> all) {
    List<Activation> kept = all;
    for (int step = 2; width(kept) > MOST_FEATURES && kept.size() > 1; step++) {
      int every = step;
      int last = all.size() - 1;
      kept =
          IntStream.range(0, all.size())
              .filter(i -> (last - i) % every == 0)
              .mapToObj(all::get)
              .toList();
    }
    return kept;
  }

  private static int width(List<Activation> activations) {
    return activations.stream().mapToInt(Activation::features).sum();
  }
}
