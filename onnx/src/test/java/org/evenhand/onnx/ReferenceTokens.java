package org.evenhand.onnx;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.evenhand.core.ImageLayer;

/** A transformer's layers by their definitions, of T tokens with C channels, token by token. */
final class ReferenceTokens {
  private ReferenceTokens() {}

  /** What an operation makes of every token. */
  static double[] each(double[] tokens, int channels, UnaryOperator<double[]> operation) {
    double[] all = new double[0];
    for (int from = 0; from < tokens.length; from += channels) {
      double[] made = operation.apply(Arrays.copyOfRange(tokens, from, from + channels));
      int length = all.length;
      all = Arrays.copyOf(all, length + made.length);
      System.arraycopy(made, 0, all, length, made.length);
    }
    return all;
  }

  /** From channel by channel to place by place. */
  static double[] of(double[] image, int channels) {
    int places = image.length / channels;
    double[] tokens = new double[image.length];
    Arrays.setAll(tokens, i -> image[i % channels * places + i / channels]);
    return tokens;
  }

  static double[] means(double[] tokens, int channels) {
    double[] means = new double[channels];
    for (int i = 0; i < tokens.length; i++) {
      means[i % channels] += tokens[i] * channels / tokens.length;
    }
    return means;
  }

  static double[] normalized(ImageLayer.LayerNorm norm, double[] token) {
    double mean = Arrays.stream(token).average().orElseThrow();
    double variance =
        Arrays.stream(token).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    double[] normal = new double[token.length];
    Arrays.setAll(
        normal,
        c ->
            (token[c] - mean) / Math.sqrt(variance + norm.epsilon()) * norm.scale()[c]
                + norm.shift()[c]);
    return normal;
  }

  /**
   * Every token's mean of the values of all, by how its query fits their keys.
   *
   * @param tokens T × 3C: queries, keys and values of all heads
   */
  static double[] attended(int heads, double[] tokens, int count) {
    int row = tokens.length / count;
    int size = row / 3 / heads;
    double[] mixed = new double[count * heads * size];
    for (int head = 0; head < heads; head++) {
      int query = head * size;
      int key = (heads + head) * size;
      int value = (2 * heads + head) * size;
      for (int to = 0; to < count; to++) {
        double[] weights = new double[count];
        for (int from = 0; from < count; from++) {
          double product = 0;
          for (int i = 0; i < size; i++) {
            product += tokens[to * row + query + i] * tokens[from * row + key + i];
          }
          weights[from] = Math.exp(product / Math.sqrt(size));
        }
        double sum = Arrays.stream(weights).sum();
        for (int from = 0; from < count; from++) {
          for (int i = 0; i < size; i++) {
            mixed[(to * heads + head) * size + i] +=
                weights[from] / sum * tokens[from * row + value + i];
          }
        }
      }
    }
    return mixed;
  }

  static double gelu(double x) {
    return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }
}
