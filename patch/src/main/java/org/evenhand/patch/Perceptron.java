package org.evenhand.patch;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;

/**
 * Trains perceptrons on tables in plain Java: bias predictors p(b|x) and patches (equation 19 of
 * Rule Eraser).
 *
 * <p>The loss is the weighted mean cross-entropy to the soft labels, plus an l2 penalty; Adam with
 * a falling learning rate minimises it in a fixed number of steps (measured better than stopping
 * early, which gives up rows). Weights scale gradients. Training runs on the caller's thread, so
 * the same arguments give the same network to the last bit; to use several cores, train several
 * networks at once.
 *
 * <pre>{@code
 * PatchTrainer trainer = new Perceptron(PerceptronSettings.DEFAULT);
 * Patch predictor = trainer.train(calibration.inputs(), race, 2, calibration.weights(), 1);
 * }</pre>
 */
public final class Perceptron implements PatchTrainer {
  private final PerceptronSettings settings;

  /**
   * @param settings shape and training
   */
  public Perceptron(PerceptronSettings settings) {
    this.settings = settings;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Rows of weight 0 are as if they were not there.
   *
   * @throws PatchException if an array does not fit the rows, a weight is negative or not finite,
   *     no weight is positive, or a row's soft labels are not a distribution (within 0.001)
   */
  @Override
  public PatchNetwork train(
      Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    Requests.check(inputs, softLabels, outputs, weights);
    int[] present = IntStream.range(0, weights.length).filter(row -> weights[row] > 0).toArray();
    Table rows = inputs.select(present);
    TableEncoder encoder = TableEncoder.fit(rows);
    Examples examples = Examples.of(encoder.encode(rows), present, softLabels, outputs, weights);
    SplittableRandom random = new SplittableRandom(seed);
    int[] all = shuffled(examples.rows(), random);
    double l2 = chooseL2(encoder.width(), examples, all, random);
    return new PatchNetwork(encoder, fit(encoder.width(), examples, all, l2, random).freeze());
  }

  /** The penalty whose networks, each trained on one half, predict the other half best. */
  private double chooseL2(int width, Examples examples, int[] rows, SplittableRandom random) {
    double chosen = settings.l2().get(0);
    if (settings.l2().size() == 1 || rows.length < 2) {
      return chosen;
    }
    int[] one = Arrays.copyOf(rows, rows.length / 2);
    int[] other = Arrays.copyOfRange(rows, rows.length / 2, rows.length);
    double lowest = Double.POSITIVE_INFINITY;
    for (double l2 : settings.l2()) {
      double entropy =
          fit(width, examples, one, l2, random.split()).crossEntropy(examples, other)
              + fit(width, examples, other, l2, random.split()).crossEntropy(examples, one);
      if (entropy < lowest) {
        lowest = entropy;
        chosen = l2;
      }
    }
    return chosen;
  }

  private Network fit(
      int width, Examples examples, int[] rows, double l2, SplittableRandom random) {
    Network network =
        new Network(width, examples.columns(), settings.hidden(), examples.outputs(), random);
    Adam adam = new Adam(settings.learningRate());
    int batch = settings.batchSize();
    int stepsPerEpoch = ceilDiv(rows.length, batch);
    int epochs = Math.max(settings.epochs(), ceilDiv(settings.minSteps(), stepsPerEpoch));
    double steps = (double) epochs * stepsPerEpoch;
    int step = 0;
    int[] order = rows.clone();
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random);
      for (int from = 0; from < order.length; from += batch) {
        int to = Math.min(order.length, from + batch);
        network.beginBatch();
        for (int i = from; i < to; i++) {
          network.accumulate(examples, order[i]);
        }
        adam.nextStep(1 - step++ / steps);
        network.step(adam, 1f / (to - from), (float) (l2 / rows.length));
      }
    }
    return network;
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static int[] shuffled(int rows, SplittableRandom random) {
    int[] order = IntStream.range(0, rows).toArray();
    shuffle(order, random);
    return order;
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
