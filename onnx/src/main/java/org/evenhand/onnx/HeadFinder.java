package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;
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
  private final Graph graph;
  private final byte[] file;
  private final NoHead noHead;

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
    HeadPath path = new HeadPath(graph, scores.scale());
    // Of two classes with an output each, the second one's is the sigmoid.
    String tensor = scores.outputs().get(scores.columns().size() == 2 ? 1 : 0);
    while (true) {
      String here = tensor;
      NodeProto node =
          graph
              .producer(here)
              .orElseThrow(
                  () -> noHead.because("nothing computes '%s'; %s".formatted(here, NoHead.ERASE)));
      Optional<String> before = path.stepBack(node);
      if (before.isEmpty()) {
        Optional<Dense> dense = reader.endingWith(node);
        if (dense.isPresent()) {
          return linked(dense.get(), path, classes);
        }
        before = path.scaledBy(node);
      }
      tensor = before.orElseThrow(() -> notDense(node));
    }
  }

  private OnnxException notDense(NodeProto node) {
    String operator = node.getOpType();
    if (operator.startsWith("TreeEnsemble")) {
      return noHead.because(
          "it is a tree ensemble (%s), which has no dense layer; %s"
              .formatted(operator, NoHead.ERASE));
    }
    Optional<NodeProto> quantised =
        graph.nodes().stream()
            .filter(found -> NoHead.isQuantised(found.getOpType()))
            .reduce((earlier, later) -> later);
    if (quantised.isPresent()) {
      return noHead.quantised("its last layer (%s)".formatted(quantised.get().getOpType()));
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

  private GraphHead linked(Dense dense, HeadPath path, int classes) {
    if (dense.node().getOpType().equals(DenseReader.LINEAR)) {
      path.addPostTransform(dense.node());
    }
    boolean sigmoid = path.isSigmoid(dense.outputs());
    if (sigmoid && dense.outputs() == 2) {
      return mirrored(dense, path).orElseThrow(() -> independentSigmoids(dense.outputs()));
    }
    if (sigmoid && dense.outputs() > 2) {
      throw independentSigmoids(dense.outputs());
    }
    int expected = sigmoid ? 1 : classes;
    if ((!path.isSoftmax(dense.outputs()) && !sigmoid) || dense.outputs() != expected) {
      throw noHead.because(
          "its answers come from the %d outputs of %s through %s, where a softmax of %d or one sigmoid is needed; %s"
              .formatted(
                  dense.outputs(),
                  NoHead.named(dense.node()),
                  path.describe(),
                  classes,
                  NoHead.ERASE));
    }
    return head(
        dense,
        path,
        sigmoid ? Head.Link.SIGMOID : Head.Link.SOFTMAX,
        List.of(dense.weights()),
        dense.bias().stream().toList());
  }

  /**
   * Two rows of -z and z, as scikit-learn's binary classifiers are written, are one: the second row
   * is the layer, and the first follows it.
   */
  private Optional<GraphHead> mirrored(Dense dense, HeadPath path) {
    List<StoredTensor> weights = List.of(dense.weights().row(1), dense.weights().row(0).scaled(-1));
    List<StoredTensor> biases =
        dense
            .bias()
            .map(bias -> bias.reshaped(2, 1))
            .map(bias -> List.of(bias.row(1), bias.row(0).scaled(-1)))
            .orElse(List.of());
    boolean opposite =
        same(weights.get(0), weights.get(1))
            && (biases.isEmpty() || same(biases.get(0), biases.get(1)));
    return opposite
        ? Optional.of(head(dense, path, Head.Link.SIGMOID, weights, biases))
        : Optional.empty();
  }

  private boolean same(StoredTensor one, StoredTensor other) {
    float[] some = one.read(file);
    float[] others = other.read(file);
    return IntStream.range(0, some.length).allMatch(i -> some[i] == others[i]);
  }

  private GraphHead head(
      Dense dense,
      HeadPath path,
      Head.Link link,
      List<StoredTensor> weights,
      List<StoredTensor> bias) {
    int outputs = weights.get(0).dims()[0];
    if (!path.fits(outputs) || (path.adds() && bias.isEmpty())) {
      throw noHead.because(
          "%s has no bias that could take up what is added behind it; %s"
              .formatted(NoHead.named(dense.node()), NoHead.ERASE));
    }
    double[] factors = path.factors(outputs);
    double[] terms = path.terms(outputs);
    return new GraphHead(
        dense.node(),
        dense.features(),
        dense.featuresFirst(),
        link,
        weights.stream().map(tensor -> tensor.rowsScaled(factors)).toList(),
        bias.stream().map(tensor -> tensor.rowsScaled(factors).plus(terms)).toList());
  }
}
