package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Table;

/**
 * Reads a deployed network over images as plain data, for methods that take gradients through it:
 * convolutions, rectifiers, pooling, residual blocks and dense layers, as ResNets are exported for
 * use. It is the other direction of {@link ImageModelExporter}.
 *
 * <pre>{@code
 * ImageNetwork network = ImageNetworkReader.read(deployed);
 * }</pre>
 */
public final class ImageNetworkReader {
  /** Of log-probabilities that are computed in another order. */
  private static final double TOLERANCE = 1e-3;

  private final OnnxClassifier deployed;
  private final Graph graph;
  private final GraphInput images;

  private ImageNetworkReader(OnnxClassifier deployed, GraphInput images) {
    this.deployed = deployed;
    this.images = images;
    this.graph = new Graph(ExternalWeights.inside(deployed.model(), deployed.path()).getGraph());
  }

  /**
   * The network up to its logits.
   *
   * @param deployed reads images and answers with one output a class
   * @throws OnnxException if it reads anything else, has a layer that is none of these, or answers
   *     otherwise than what was read of it
   */
  public static ImageNetwork read(OnnxClassifier deployed) {
    List<GraphInput> inputs = deployed.modelInputs().inputs();
    if (inputs.size() != 1 || !inputs.get(0).holdsTensors() || !deployed.hasScores()) {
      throw new OnnxException(
          "The model '%s' is no network from images alone to scores, so it cannot be read as one."
              .formatted(deployed.path()));
    }
    if (inputs.get(0).tensor().stream().anyMatch(side -> side < 1)) {
      throw new OnnxException(
          "The model '%s' leaves the size of its images open, so it cannot be read as plain layers; export it for one size."
              .formatted(deployed.path()));
    }
    ImageNetwork network = new ImageNetworkReader(deployed, inputs.get(0)).read();
    requireSame(network, deployed);
    return network;
  }

  private static void requireSame(ImageNetwork network, OnnxClassifier deployed) {
    Table probe = deployed.probeRows();
    double[] expected = ((Answers.Soft) deployed.answer(probe)).logProbabilities();
    double[] found =
        network.outputs() == deployed.classes().size()
            ? new ImagePatch(network).logProbabilities(probe)
            : new double[0];
    boolean same = found.length == expected.length;
    for (int i = 0; same && i < found.length; i++) {
      same = Math.abs(found[i] - expected[i]) <= TOLERANCE * Math.max(1, Math.abs(expected[i]));
    }
    if (!same) {
      throw new OnnxException(
          "The model '%s' answers otherwise than the layers that were read of it, perhaps because its outputs are no softmax over the classes in their order; take a method that needs no gradients."
              .formatted(deployed.path()));
    }
  }

  private ImageNetwork read() {
    String logits = deployed.modelOutputs().source().orElseThrow().outputs().get(0);
    Optional<NodeProto> last = graph.producer(logits);
    while (last.filter(node -> Set.of("Identity", "Softmax").contains(node.getOpType()))
        .isPresent()) {
      logits = last.orElseThrow().getInput(0);
      last = graph.producer(logits);
    }
    return new ImageNetwork(
        images.columns().get(0), images.tensor(), between(images.name(), logits));
  }

  /** The layers from one tensor to another. */
  private List<ImageLayer> between(String from, String to) {
    List<ImageLayer> backwards = new ArrayList<>();
    String tensor = to;
    while (!tensor.equals(from)) {
      String here = tensor;
      NodeProto node =
          graph
              .producer(here)
              .orElseThrow(
                  () -> unreadable("'%s' is computed from something else".formatted(here)));
      tensor = step(node, backwards);
    }
    Collections.reverse(backwards);
    return withoutNeedlessFlattening(backwards);
  }

  /** What is pooled to one number a channel is flat. */
  private static List<ImageLayer> withoutNeedlessFlattening(List<ImageLayer> layers) {
    List<ImageLayer> kept = new ArrayList<>();
    for (ImageLayer layer : layers) {
      boolean flat =
          !kept.isEmpty() && kept.get(kept.size() - 1) instanceof ImageLayer.GlobalAveragePool;
      if (!(flat && layer instanceof ImageLayer.Flatten)) {
        kept.add(layer);
      }
    }
    return kept;
  }

  /** Adds what a node does, and returns what it reads. */
  private String step(NodeProto node, List<ImageLayer> backwards) {
    String input = node.getInputCount() == 0 ? "" : node.getInput(0);
    switch (node.getOpType()) {
      case "Identity", "Dropout" -> {}
      case "Relu" -> backwards.add(new ImageLayer.Relu());
      case "Flatten" -> backwards.add(new ImageLayer.Flatten());
      case "GlobalAveragePool" -> backwards.add(new ImageLayer.GlobalAveragePool());
      case "Conv" -> backwards.add(convolution(node));
      case "MaxPool" ->
          backwards.add(
              new ImageLayer.MaxPool(
                  side(node, "kernel_shape", 1), side(node, "strides", 1), side(node, "pads", 0)));
      case "AveragePool" -> backwards.add(averagePool(node));
      case "Gemm" -> backwards.add(dense(node));
      case "Transpose" -> {
        require(Graph.integers(node, "perm").equals(List.of(0L, 3L, 1L, 2L)), node);
        backwards.add(new ImageLayer.ChannelsFirst());
      }
      case "Mul" -> {
        return standardized(node, backwards);
      }
      case "Add" -> {
        return residual(node, backwards);
      }
      default -> throw unknown(node);
    }
    return input;
  }

  private ImageLayer convolution(NodeProto node) {
    List<Long> dims = dims(node.getInput(1));
    boolean plain =
        dims.size() == 4
            && dims.get(2).equals(dims.get(3))
            && Graph.attribute(node, "group").map(group -> group.getI() == 1).orElse(true)
            && side(node, "dilations", 1) == 1;
    require(plain, node);
    int outputs = dims.get(0).intValue();
    return new ImageLayer.Convolution(
        dims.get(1).intValue(),
        outputs,
        dims.get(2).intValue(),
        side(node, "strides", 1),
        side(node, "pads", 0),
        numbers(node.getInput(1)),
        node.getInputCount() > 2 ? numbers(node.getInput(2)) : new float[outputs]);
  }

  private ImageLayer averagePool(NodeProto node) {
    int side = side(node, "kernel_shape", 1);
    require(side(node, "strides", 1) == side && side(node, "pads", 0) == 0, node);
    return new ImageLayer.AveragePool(side);
  }

  private ImageLayer dense(NodeProto node) {
    List<Long> dims = dims(node.getInput(1));
    boolean plain =
        dims.size() == 2
            && Graph.flag(node, "transB")
            && !Graph.flag(node, "transA")
            && Graph.number(node, "alpha", 1) == 1
            && Graph.number(node, "beta", 1) == 1;
    require(plain, node);
    int outputs = dims.get(0).intValue();
    return new ImageLayer.Dense(
        new DenseLayer(
            dims.get(1).intValue(),
            outputs,
            numbers(node.getInput(1)),
            node.getInputCount() > 2 ? numbers(node.getInput(2)) : new float[outputs]));
  }

  private String standardized(NodeProto scaled, List<ImageLayer> backwards) {
    Optional<NodeProto> centred =
        graph.producer(scaled.getInput(0)).filter(node -> node.getOpType().equals("Sub"));
    require(
        centred.isPresent()
            && perChannel(scaled.getInput(1))
            && perChannel(centred.get().getInput(1)),
        scaled);
    NodeProto node = centred.orElseThrow();
    backwards.add(
        new ImageLayer.Standardize(numbers(node.getInput(1)), numbers(scaled.getInput(1))));
    return node.getInput(0);
  }

  private boolean perChannel(String tensor) {
    List<Long> dims = dims(tensor);
    return dims.size() == 4 && dims.get(0) == 1 && dims.get(2) == 1 && dims.get(3) == 1;
  }

  private String residual(NodeProto sum, List<ImageLayer> backwards) {
    require(sum.getInputList().stream().noneMatch(graph::isConstant), sum);
    Set<String> common = behind(sum.getInput(0));
    common.retainAll(behind(sum.getInput(1)));
    // Nodes stand after what they read, so that the last one is where the ways part.
    String parting =
        graph.nodes().stream()
            .flatMap(node -> node.getOutputList().stream())
            .filter(common::contains)
            .reduce((earlier, later) -> later)
            .orElse(images.name());
    List<ImageLayer> one = between(parting, sum.getInput(0));
    List<ImageLayer> other = between(parting, sum.getInput(1));
    backwards.add(
        one.size() >= other.size()
            ? new ImageLayer.Residual(one, other)
            : new ImageLayer.Residual(other, one));
    return parting;
  }

  /** All tensors that hear of the image on the way to a tensor, itself among them. */
  private Set<String> behind(String tensor) {
    Set<String> seen = new HashSet<>(Set.of(tensor));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      graph
          .producer(open.remove())
          .ifPresent(
              node ->
                  Graph.read(node)
                      .filter(input -> !graph.isConstant(input))
                      .filter(seen::add)
                      .forEach(open::add));
    }
    return seen;
  }

  /** The one number that an attribute holds for every edge or direction. */
  private int side(NodeProto node, String name, int otherwise) {
    List<Long> sides = Graph.integers(node, name);
    require(sides.stream().distinct().count() <= 1, node);
    require(Graph.text(node, "auto_pad", "NOTSET").equals("NOTSET"), node);
    return sides.isEmpty() ? otherwise : sides.get(0).intValue();
  }

  private List<Long> dims(String tensor) {
    return graph.stored(tensor).map(TensorProto::getDimsList).orElse(List.of());
  }

  private float[] numbers(String tensor) {
    double[] wide = graph.stored(tensor).map(Constants::numbers).orElse(new double[0]);
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return values;
  }

  private void require(boolean known, NodeProto node) {
    if (!known) {
      throw unknown(node);
    }
  }

  private OnnxException unknown(NodeProto node) {
    return unreadable("%s is none of the layers that can be read".formatted(NoHead.named(node)));
  }

  private OnnxException unreadable(String why) {
    return new OnnxException(
        "The model '%s' cannot be read as plain layers, because %s; take a method that needs no gradients."
            .formatted(deployed.path(), why));
  }
}
