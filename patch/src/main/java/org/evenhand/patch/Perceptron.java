package org.evenhand.patch;

import java.util.Arrays;
import java.util.List;
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

  /** The rows that are present, as numbers. */
  private record Lesson(TableEncoder encoder, Examples examples) {
    static Lesson of(Table inputs, double[] softLabels, int outputs, double[] weights) {
      Requests.check(inputs, softLabels, outputs, weights);
      int[] present = IntStream.range(0, weights.length).filter(row -> weights[row] > 0).toArray();
      Table rows = inputs.select(present);
      TableEncoder encoder = TableEncoder.fit(rows);
      return new Lesson(
          encoder, Examples.of(encoder.encode(rows), present, softLabels, outputs, weights));
    }
  }

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
    Lesson lesson = Lesson.of(inputs, softLabels, outputs, weights);
    double l2 = chooseL2(lesson, seed);
    SplittableRandom random = new SplittableRandom(seed);
    int[] all = shuffled(lesson.examples().rows(), random);
    return new PatchNetwork(lesson.encoder(), fit(lesson, all, l2, random).freeze());
  }

  /**
   * {@inheritDoc}
   *
   * <p>What is settled is the penalty.
   *
   * @throws PatchException as {@link #train}
   */
  @Override
  public PatchTrainer settled(
      Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    if (settings.l2().size() == 1) {
      return this;
    }
    Lesson lesson = Lesson.of(inputs, softLabels, outputs, weights);
    return new Perceptron(settings.withL2(chooseL2(lesson, seed)));
  }

  /** The penalty whose networks, each trained on one half, predict the other half best. */
  private double chooseL2(Lesson lesson, long seed) {
    double chosen = settings.l2().get(0);
    Examples examples = lesson.examples();
    if (settings.l2().size() == 1 || examples.rows() < 2) {
      return chosen;
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] rows = shuffled(examples.rows(), random);
    List<int[]> halves =
        List.of(
            Arrays.copyOf(rows, rows.length / 2),
            Arrays.copyOfRange(rows, rows.length / 2, rows.length));
    int trials = 2 * settings.l2().size();
    // All generators before the first trial, so that trials may run side by side.
    List<SplittableRandom> randoms =
        IntStream.range(0, trials).mapToObj(trial -> random.split()).toList();
    double[] entropies =
        IntStream.range(0, trials)
            .parallel()
            .mapToDouble(
                trial ->
                    fit(
                            lesson,
                            halves.get(trial % 2),
                            settings.l2().get(trial / 2),
                            randoms.get(trial))
                        .crossEntropy(examples, halves.get(1 - trial % 2)))
            .toArray();
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < settings.l2().size(); i++) {
      double entropy = entropies[2 * i] + entropies[2 * i + 1];
      if (entropy < lowest) {
        lowest = entropy;
        chosen = settings.l2().get(i);
      }
    }
    return chosen;
  }

  private Network fit(Lesson lesson, int[] rows, double l2, SplittableRandom random) {
    Examples examples = lesson.examples();
    Network network =
        new Network(
            lesson.encoder().width(),
            examples.columns(),
            settings.hidden(),
            examples.outputs(),
            random);
    Adam adam = new Adam(settings.learningRate());
    int batch = settings.batchSize();
    int stepsPerEpoch = ceilDiv(rows.length, batch);
    int epochs = epochs(examples.rows());
    double steps = (double) epochs * stepsPerEpoch;
    int step = 0;
    int[] order = rows.clone();
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random);
      for (int from = 0; from < order.length; from += batch) {
        int to = Math.min(order.length, from + batch);
        for (int i = from; i < to; i++) {
          network.accumulate(examples, order[i]);
        }
        adam.nextStep(1 - step++ / steps);
        network.step(adam, 1f / (to - from), (float) (l2 / rows.length));
      }
    }
    return network;
  }

  /** As many passes over a half as over all rows, so that their penalty is tried as it is used. */
  private int epochs(int rows) {
    return Math.max(
        settings.epochs(), ceilDiv(settings.minSteps(), ceilDiv(rows, settings.batchSize())));
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
