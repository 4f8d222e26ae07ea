package org.evenhand.experiments;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.evenhand.datasets.ColoredMnist;

/**
 * The network of Fast Model Debias on Colored MNIST: 2352-100-100-100 with ReLU and a head 100→10
 * without bias, trained with Adam. Here and not in the patch module, because its dense inputs of
 * 2352 pixels want a BLAS.
 */
final class ColoredMnistNetwork {
  private static final int[] SIZES = {ColoredMnist.SIZE, 100, 100, 100, ColoredMnist.CLASSES};
  private static final int LAYERS = SIZES.length - 1;

  /** Weights and biases of the head. */
  static final int HEAD_PARAMETERS = SIZES[LAYERS - 1] * SIZES[LAYERS];

  /** Weights and biases of all layers. */
  static final int PARAMETERS =
      IntStream.range(0, LAYERS - 1).map(i -> (SIZES[i] + 1) * SIZES[i + 1]).sum()
          + HEAD_PARAMETERS;

  private static final int BATCH = 256;
  private static final int EPOCHS = 10;
  private static final float RATE = 1e-3f;
  private static final float HEAD_DEVIATION = 0.1f;

  // One matrix a layer, inputs × outputs; the head has no bias.
  private final float[][] weights = new float[LAYERS][];
  private final float[][] biases = new float[LAYERS][];

  private ColoredMnistNetwork(Random random) {
    for (int layer = 0; layer < LAYERS; layer++) {
      boolean head = layer == LAYERS - 1;
      double deviation = head ? HEAD_DEVIATION : Math.sqrt(2.0 / SIZES[layer]);
      weights[layer] = new float[SIZES[layer] * SIZES[layer + 1]];
      for (int i = 0; i < weights[layer].length; i++) {
        weights[layer][i] = (float) (deviation * random.nextGaussian());
      }
      biases[layer] = new float[SIZES[layer + 1]];
    }
  }

  /** Trains on all images, in an order drawn from the seed. */
  static ColoredMnistNetwork train(ColoredMnist images, long seed) {
    Random random = new Random(seed);
    ColoredMnistNetwork network = new ColoredMnistNetwork(random);
    network.new Training(images).run(random);
    return network;
  }

  /** The last layer. */
  Head head() {
    int inputs = SIZES[LAYERS - 1];
    int outputs = SIZES[LAYERS];
    float[] transposed = new float[inputs * outputs];
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs; o++) {
        transposed[o * inputs + i] = weights[LAYERS - 1][i * outputs + o];
      }
    }
    Classes digits = new Classes(IntStream.range(0, outputs).mapToObj(String::valueOf).toList());
    return new Head(
        digits,
        new DenseLayer(inputs, outputs, transposed, new float[outputs]),
        false,
        Head.Link.SOFTMAX);
  }

  /** What the head reads of some images: images × 100. */
  double[] features(ColoredMnist images, int[] which) {
    int width = SIZES[LAYERS - 1];
    double[] features = new double[which.length * width];
    for (int from = 0; from < which.length; from += BATCH) {
      int[] batch = Arrays.copyOfRange(which, from, Math.min(from + BATCH, which.length));
      float[][] layers = forward(pixels(images, batch), batch.length);
      float[] last = layers[LAYERS - 1];
      for (int i = 0; i < batch.length * width; i++) {
        features[from * width + i] = last[i];
      }
    }
    return features;
  }

  private static float[] pixels(ColoredMnist images, int[] which) {
    float[] pixels = new float[which.length * ColoredMnist.SIZE];
    for (int i = 0; i < which.length; i++) {
      images.read(which[i], pixels, i * ColoredMnist.SIZE);
    }
    return pixels;
  }

  /** The input and what every hidden layer makes of it; rows × size each. */
  private float[][] forward(float[] input, int rows) {
    float[][] values = new float[LAYERS][];
    values[0] = input;
    for (int layer = 0; layer < LAYERS - 1; layer++) {
      values[layer + 1] = output(layer, values[layer], rows);
      for (int i = 0; i < values[layer + 1].length; i++) {
        values[layer + 1][i] = Math.max(0, values[layer + 1][i]);
      }
    }
    return values;
  }

  /** Before any activation. */
  private float[] output(int layer, float[] input, int rows) {
    int in = SIZES[layer];
    int out = SIZES[layer + 1];
    float[] sums = new float[rows * out];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(biases[layer], 0, sums, row * out, out);
    }
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        rows,
        out,
        in,
        1,
        input,
        in,
        weights[layer],
        out,
        1,
        sums,
        out);
    return sums;
  }

  /** One run of Adam over all images. */
  private final class Training {
    private final ColoredMnist images;
    private final float[][] firstMoments = zeros();
    private final float[][] secondMoments = zeros();
    private int step;

    Training(ColoredMnist images) {
      this.images = images;
    }

    private static float[][] zeros() {
      float[][] zeros = new float[2 * LAYERS][];
      for (int layer = 0; layer < LAYERS; layer++) {
        zeros[2 * layer] = new float[SIZES[layer] * SIZES[layer + 1]];
        zeros[2 * layer + 1] = new float[SIZES[layer + 1]];
      }
      return zeros;
    }

    void run(Random random) {
      int[] order = IntStream.range(0, images.images()).toArray();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        shuffle(order, random);
        for (int from = 0; from < order.length; from += BATCH) {
          learn(Arrays.copyOfRange(order, from, Math.min(from + BATCH, order.length)));
        }
      }
    }

    private static void shuffle(int[] order, Random random) {
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int image = order[i];
        order[i] = order[other];
        order[other] = image;
      }
    }

    private void learn(int[] batch) {
      step++;
      int rows = batch.length;
      float[][] values = forward(pixels(images, batch), rows);
      float[] slope = outputSlope(batch, output(LAYERS - 1, values[LAYERS - 1], rows));
      for (int layer = LAYERS - 1; layer >= 0; layer--) {
        float[] below = layer == 0 ? new float[0] : slopeBelow(layer, slope, values[layer], rows);
        update(layer, slope, values[layer], rows);
        slope = below;
      }
    }

    /** (p − e_y) / rows. */
    private float[] outputSlope(int[] batch, float[] logits) {
      int classes = ColoredMnist.CLASSES;
      float[] slope = new float[logits.length];
      for (int row = 0; row < batch.length; row++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
          largest = Math.max(largest, logits[row * classes + k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          sum += Math.exp(logits[row * classes + k] - largest);
        }
        for (int k = 0; k < classes; k++) {
          double p = Math.exp(logits[row * classes + k] - largest) / sum;
          double truth = images.digit(batch[row]) == k ? 1 : 0;
          slope[row * classes + k] = (float) ((p - truth) / batch.length);
        }
      }
      return slope;
    }

    private float[] slopeBelow(int layer, float[] slope, float[] values, int rows) {
      int in = SIZES[layer];
      int out = SIZES[layer + 1];
      float[] below = new float[rows * in];
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasTrans,
          rows,
          in,
          out,
          1,
          slope,
          out,
          weights[layer],
          out,
          0,
          below,
          in);
      for (int i = 0; i < below.length; i++) {
        below[i] = values[i] > 0 ? below[i] : 0;
      }
      return below;
    }

    private void update(int layer, float[] slope, float[] values, int rows) {
      int in = SIZES[layer];
      int out = SIZES[layer + 1];
      float[] gradient = new float[in * out];
      cblas_sgemm(
          CblasRowMajor,
          CblasTrans,
          CblasNoTrans,
          in,
          out,
          rows,
          1,
          values,
          in,
          slope,
          out,
          0,
          gradient,
          out);
      adam(weights[layer], gradient, 2 * layer);
      if (layer < LAYERS - 1) {
        float[] ofBias = new float[out];
        for (int i = 0; i < slope.length; i++) {
          ofBias[i % out] += slope[i];
        }
        adam(biases[layer], ofBias, 2 * layer + 1);
      }
    }

    private void adam(float[] parameters, float[] gradient, int moment) {
      float[] first = firstMoments[moment];
      float[] second = secondMoments[moment];
      float firstCorrection = (float) (1 - Math.pow(0.9, step));
      float secondCorrection = (float) (1 - Math.pow(0.999, step));
      for (int i = 0; i < parameters.length; i++) {
        first[i] = 0.9f * first[i] + 0.1f * gradient[i];
        second[i] = 0.999f * second[i] + 0.001f * gradient[i] * gradient[i];
        parameters[i] -=
            RATE
                * (first[i] / firstCorrection)
                / ((float) Math.sqrt(second[i] / secondCorrection) + 1e-8f);
      }
    }
  }
}
