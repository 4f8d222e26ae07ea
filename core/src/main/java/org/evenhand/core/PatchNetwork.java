package org.evenhand.core;

import java.util.List;

/**
 * A perceptron over a table as plain data: encoders, dense layers with ReLU between them, softmax
 * at the end. Trained elsewhere, exported elsewhere.
 *
 * @param encoder from columns to the first layer's inputs
 * @param layers at least one; each takes the previous one's outputs
 */
public record PatchNetwork(TableEncoder encoder, List<DenseLayer> layers) implements Patch {
  /**
   * @throws CoreException if there is no layer or they do not fit together
   */
  public PatchNetwork {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new CoreException("A network needs at least one layer.");
    }
    int width = encoder.width();
    for (DenseLayer layer : layers) {
      if (layer.inputs() != width) {
        throw new CoreException(
            "A layer takes %d inputs, but what comes before it gives %d."
                .formatted(layer.inputs(), width));
      }
      width = layer.outputs();
    }
  }

  @Override
  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  @Override
  public String title() {
    return "%s over %d encoded inputs"
        .formatted(layers.size() == 1 ? "softmax regression" : "perceptron", encoder.width());
  }

  @Override
  public double[] logProbabilities(Table inputs) {
    TableEncoder.Encoded encoded = encoder.encode(inputs);
    List<double[][]> weights = layers.stream().map(PatchNetwork::byInput).toList();
    List<double[]> sums = layers.stream().map(layer -> new double[layer.outputs()]).toList();
    double[] answers = new double[inputs.rows() * outputs()];
    for (int row = 0; row < inputs.rows(); row++) {
      readFirst(encoded, row, weights.get(0), start(0, sums));
      for (int l = 1; l < layers.size(); l++) {
        readRectified(sums.get(l - 1), weights.get(l), start(l, sums));
      }
      System.arraycopy(sums.get(layers.size() - 1), 0, answers, row * outputs(), outputs());
    }
    LogSpace.normalizeRows(answers, outputs());
    return answers;
  }

  /** Weights an input a row: every input then adds one contiguous run, and zeros add nothing. */
  private static double[][] byInput(DenseLayer layer) {
    double[][] rows = new double[layer.inputs()][layer.outputs()];
    for (int o = 0; o < layer.outputs(); o++) {
      for (int j = 0; j < layer.inputs(); j++) {
        rows[j][o] = layer.weights()[o * layer.inputs() + j];
      }
    }
    return rows;
  }

  private double[] start(int l, List<double[]> sums) {
    float[] bias = layers.get(l).bias();
    double[] sum = sums.get(l);
    for (int o = 0; o < sum.length; o++) {
      sum[o] = bias[o];
    }
    return sum;
  }

  private static void readFirst(
      TableEncoder.Encoded encoded, int row, double[][] weights, double[] sum) {
    for (int j = 0; j < encoded.numberColumns(); j++) {
      add(encoded.numbers()[row * encoded.numberColumns() + j], weights[j], sum);
    }
    for (int j = 0; j < encoded.textColumns(); j++) {
      int hot = encoded.hot()[row * encoded.textColumns() + j];
      if (hot >= 0) {
        add(1, weights[hot], sum);
      }
    }
  }

  private static void readRectified(double[] before, double[][] weights, double[] sum) {
    for (int j = 0; j < before.length; j++) {
      if (before[j] > 0) {
        add(before[j], weights[j], sum);
      }
    }
  }

  private static void add(double scale, double[] addend, double[] sum) {
    for (int o = 0; o < sum.length; o++) {
      sum[o] += scale * addend[o];
    }
  }
}
