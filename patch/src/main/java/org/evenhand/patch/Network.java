package org.evenhand.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.evenhand.core.DenseLayer;

/** A perceptron in training: layers with rectifiers between them, softmax at the end. */
final class Network {
  private final InputLayer first;
  private final List<InnerLayer> inner = new ArrayList<>();
  private final SparseVector input;

  /** Sums of each layer; of all but the last, what the rectifier lets through. */
  private final List<float[]> outputs = new ArrayList<>();

  private final List<float[]> slopes = new ArrayList<>();

  /**
   * @param width the number of inputs
   * @param columns how many of them are not zero in a row
   * @param hidden sizes of the hidden layers
   */
  Network(int width, int columns, List<Integer> hidden, int classes, SplittableRandom random) {
    List<Integer> sizes = new ArrayList<>(hidden);
    sizes.add(classes);
    input = new SparseVector(columns);
    first = new InputLayer(width, sizes.get(0), columns, random);
    for (int l = 0; l < sizes.size(); l++) {
      if (l > 0) {
        inner.add(new InnerLayer(sizes.get(l - 1), sizes.get(l), random));
      }
      outputs.add(new float[sizes.get(l)]);
      slopes.add(new float[sizes.get(l)]);
    }
  }

  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(List.of(first));
    layers.addAll(inner);
    return layers;
  }

  /** Adds one row's share to the gradient of the cross-entropy, times its weight. */
  void accumulate(Examples examples, int row) {
    float[] logits = forward(examples, row);
    float weight = examples.weights()[row];
    float[] slope = slopes.get(inner.size());
    softmax(logits, slope);
    for (int k = 0; k < slope.length; k++) {
      slope[k] = weight * (slope[k] - examples.labels()[row * slope.length + k]);
    }
    for (int l = inner.size(); l > 0; l--) {
      InnerLayer layer = inner.get(l - 1);
      layer.accumulate(outputs.get(l - 1), slopes.get(l));
      layer.backward(slopes.get(l), slopes.get(l - 1));
      Vectors.close(outputs.get(l - 1), slopes.get(l - 1));
    }
    first.accumulate(input, slopes.get(0));
  }

  /** Weighted sum of the cross-entropies of the given rows to their soft labels, in nats. */
  double crossEntropy(Examples examples, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      float[] logits = forward(examples, row);
      double logSum = logSumExp(logits);
      double entropy = 0;
      for (int k = 0; k < logits.length; k++) {
        entropy += examples.labels()[row * logits.length + k] * (logSum - logits[k]);
      }
      sum += examples.weights()[row] * entropy;
    }
    return sum;
  }

  void step(Adam adam, float scale, float l2) {
    first.step(adam, scale, l2);
    for (InnerLayer layer : inner) {
      layer.step(adam, scale, l2);
    }
  }

  List<DenseLayer> freeze() {
    return layers().stream().map(Layer::freeze).toList();
  }

  private float[] forward(Examples examples, int row) {
    examples.read(row, input);
    first.forward(input, outputs.get(0));
    for (int l = 0; l < inner.size(); l++) {
      Vectors.rectify(outputs.get(l));
      inner.get(l).forward(outputs.get(l), outputs.get(l + 1));
    }
    return outputs.get(inner.size());
  }

  private static void softmax(float[] logits, float[] probabilities) {
    double logSum = logSumExp(logits);
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = (float) Math.exp(logits[k] - logSum);
    }
  }

  private static double logSumExp(float[] logits) {
    double max = logits[0];
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }
}
