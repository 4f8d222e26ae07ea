package org.evenhand.eraser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.Target;

/**
 * A world of known bias: t uniform; b = t with probability ρ, else another value; inputs x =
 * [s_t·u_t + N(0,I); s_b·v_b + N(0,I)], eight numbers each. The directions u and v are written down
 * in {@code world-directions.csv}.
 *
 * @param classes K = |B|
 * @param rho share of rows whose attribute agrees with the class, in training and calibration;
 *     tests are balanced
 * @param targetSignal s_t
 * @param biasSignal s_b
 * @param skewed whether the first target input has noise ×3 for class 1 and ×0.6 for class 0
 * @param confidence factor on the deployed model's logits
 */
record SimulatedWorld(
    int classes,
    double rho,
    double targetSignal,
    double biasSignal,
    boolean skewed,
    double confidence) {
  private static final int DIMENSIONS = 8;
  private static final double[][] DIRECTIONS = directions();

  static final SimulatedWorld BASE = new SimulatedWorld(2, 0.95, 1.2, 2.5, false, 1);
  static final SimulatedWorld CONFIDENT = new SimulatedWorld(2, 0.95, 1.2, 2.5, false, 4);
  static final SimulatedWorld WEAK_BIAS_SIGNAL = new SimulatedWorld(2, 0.95, 1.2, 1.2, false, 1);
  static final SimulatedWorld VERY_WEAK_BIAS_SIGNAL =
      new SimulatedWorld(2, 0.95, 1.2, 0.6, false, 1);
  static final SimulatedWorld SKEWED = new SimulatedWorld(2, 0.95, 1.2, 2.5, true, 1);
  static final SimulatedWorld TEN_CLASSES = new SimulatedWorld(10, 0.95, 3, 6, false, 1);

  /**
   * Rows of this world with the attribute agreeing with the class as often as {@code agreement}
   * says.
   */
  Rows draw(int count, double agreement, long seed) {
    Random random = new Random(seed);
    int[] targets = new int[count];
    int[] values = new int[count];
    double[][] inputs = new double[2 * DIMENSIONS][count];
    for (int row = 0; row < count; row++) {
      int t = random.nextInt(classes);
      int b = random.nextDouble() < agreement ? t : (t + 1 + random.nextInt(classes - 1)) % classes;
      targets[row] = t;
      values[row] = b;
      for (int d = 0; d < DIMENSIONS; d++) {
        double spread = skewed && d == 0 ? (t == 1 ? 3 : 0.6) : 1;
        inputs[d][row] = targetSignal * DIRECTIONS[t][d] + spread * random.nextGaussian();
        inputs[DIMENSIONS + d][row] = biasSignal * DIRECTIONS[10 + b][d] + random.nextGaussian();
      }
    }
    List<NumericColumn> columns = new ArrayList<>();
    for (int d = 0; d < inputs.length; d++) {
      columns.add(new NumericColumn("x" + d, inputs[d]));
    }
    List<String> names = IntStream.range(0, classes).mapToObj(b -> "b" + b).toList();
    return new Rows(
        Table.of(columns),
        new Target("t", Calibrations.classes(classes), targets),
        new Attribute("b", names, values));
  }

  /** Biased rows for the deployed model and for calibration. */
  Rows drawBiased(int count, long seed) {
    return draw(count, rho, seed);
  }

  /** Rows in which all groups are equally frequent, for the test. */
  Rows drawBalanced(int count, long seed) {
    return draw(count, 1.0 / classes, seed);
  }

  /** A model trained on the biased rows by plain cross-entropy. */
  Patch deploy(PatchTrainer trainer, int count, long seed) {
    Rows training = drawBiased(count, seed);
    double[] labels = new double[count * classes];
    for (int row = 0; row < count; row++) {
      labels[row * classes + training.target().codes()[row]] = 1;
    }
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    return trainer.train(training.inputs(), labels, classes, weights, seed);
  }

  /** The deployed model's answers, made over-confident by this world's factor. */
  Answers.Soft ask(Patch deployed, Rows rows) {
    double[] logits = deployed.logProbabilities(rows.inputs());
    for (int i = 0; i < logits.length; i++) {
      logits[i] *= confidence;
    }
    return Answers.Soft.ofLogits(rows.target().classes(), logits);
  }

  /** Inputs with labels. */
  record Rows(Table inputs, Target target, Attribute attribute) {
    double[] ones() {
      double[] ones = new double[target.codes().length];
      Arrays.fill(ones, 1);
      return ones;
    }

    Calibration with(Answers.Soft answers) {
      return new Calibration(inputs, answers, target, attribute, ones());
    }
  }

  /** u_0 … u_9, then v_0 … v_9. */
  private static double[][] directions() {
    try (InputStream in =
        Objects.requireNonNull(SimulatedWorld.class.getResourceAsStream("world-directions.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("u,") || line.startsWith("v,"))
          .map(
              line ->
                  Arrays.stream(line.split(",", -1))
                      .skip(2)
                      .mapToDouble(Double::parseDouble)
                      .toArray())
          .toArray(double[][]::new);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
