package org.evenhand.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.evenhand.core.DenseLayer;

/** A perceptron in training: layers with rectifiers between them, softmax at the end. */
final class Network {
  private final List<Layer> layers = new ArrayList<>();
  private final List<SparseVector> inputs = new ArrayList<>();
  private final List<float[]> outputs = new ArrayList<>();
  private final List<float[]> slopes = new ArrayList<>();

  /**
   * @param width the number of inputs
   * @param columns how many of them are not zero in a row
   * @param hidden sizes of the hidden layers
   */
  Network(int width, int columns, List<Integer> hidden, int classes, SplittableRandom random) {
    int before = width;
    int entries = columns;
    for (int size : hidden) {
      add(new Layer(before, size, entries, random), entries);
      before = size;
      entries = size;
    }
    add(new Layer(before, classes, entries, random), entries);
  }

  private void add(Layer layer, int entries) {
    layers.add(layer);
    inputs.add(new SparseVector(entries));
    outputs.add(new float[layer.outputs()]);
    slopes.add(new float[layer.outputs()]);
  }

  List<Layer> layers() {
    return layers;
  }

  /** Adds one row's share to the gradient of the cross-entropy, times its weight. */
  void accumulate(Examples examples, int row) {
    float[] logits = forward(examples, row);
    float weight = examples.weights()[row];
    int last = layers.size() - 1;
    float[] slope = slopes.get(last);
    softmax(logits, slope);
    for (int k = 0; k < slope.length; k++) {
      slope[k] = weight * (slope[k] - examples.labels()[row * slope.length + k]);
    }
    for (int l = last; l > 0; l--) {
      layers.get(l).accumulate(inputs.get(l), slopes.get(l));
      float[] unmasked = outputs.get(l - 1);
      layers.get(l).backward(slopes.get(l), unmasked);
      inputs.get(l).mask(unmasked, slopes.get(l - 1));
    }
    layers.get(0).accumulate(inputs.get(0), slopes.get(0));
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

  /** Prepares for the rows of the next batch. */
  void beginBatch() {
    for (int l = 1; l < layers.size(); l++) {
      layers.get(l).transpose();
    }
  }

  void step(Adam adam, float scale, float l2) {
    for (Layer layer : layers) {
      layer.step(adam, scale, l2);
    }
  }

  List<DenseLayer> freeze() {
    return layers.stream().map(Layer::freeze).toList();
  }

  private float[] forward(Examples examples, int row) {
    examples.read(row, inputs.get(0));
    for (int l = 0; l < layers.size(); l++) {
      if (l > 0) {
        inputs.get(l).rectify(outputs.get(l - 1));
      }
      layers.get(l).forward(inputs.get(l), outputs.get(l));
    }
    return outputs.get(layers.size() - 1);
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
