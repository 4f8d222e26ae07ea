package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Goal;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TextColumn;

/**
 * Calibration rows for tests; the column {@code b} shows the attribute to {@link OracleTrainer}.
 */
final class Calibrations {
  private Calibrations() {}

  static Classes classes(int size) {
    return new Classes(IntStream.range(0, size).mapToObj(k -> "t" + k).toList());
  }

  static Calibration of(int classes, int values, int[] targets, int[] attribute, double[] logits) {
    List<String> names = IntStream.range(0, values).mapToObj(b -> "b" + b).toList();
    double[] weights = new double[targets.length];
    Arrays.fill(weights, 1);
    return new Calibration(
        Table.of(List.of(new TextColumn("b", names, attribute))),
        Answers.Soft.ofLogits(classes(classes), logits),
        new Target("t", classes(classes), targets),
        new Attribute("b", names, attribute),
        weights);
  }

  /**
   * Random rows in which a target meets "its" attribute value with probability rho, with logits of
   * two standard deviations of noise, a class effect of 2 and a bias effect of 1.5 nats.
   */
  static Calibration random(int classes, int values, int rows, double rho, long seed) {
    Random random = new Random(seed);
    int[] targets = new int[rows];
    int[] attribute = new int[rows];
    double[] logits = new double[rows * classes];
    for (int row = 0; row < rows; row++) {
      targets[row] = random.nextInt(classes);
      attribute[row] = random.nextDouble() < rho ? targets[row] % values : random.nextInt(values);
      for (int k = 0; k < classes; k++) {
        logits[row * classes + k] = 2 * random.nextGaussian();
      }
      logits[row * classes + targets[row]] += 2;
      logits[row * classes + attribute[row] % classes] += 1.5;
    }
    return of(classes, values, targets, attribute, logits);
  }

  /** The same rows with their log-probabilities changed: {@code (row, class, value) -> value}. */
  static Calibration mapLogits(Calibration calibration, LogitMap map) {
    double[] logits = calibration.answers().logProbabilities().clone();
    int classes = calibration.classes();
    for (int i = 0; i < logits.length; i++) {
      logits[i] = map.apply(i / classes, i % classes, logits[i]);
    }
    return of(
        classes,
        calibration.values(),
        calibration.target().codes(),
        calibration.attribute().codes(),
        logits);
  }

  /** Changes one logit. */
  interface LogitMap {
    double apply(int row, int column, double value);
  }

  static Distillation oracle(Calibration calibration) {
    return new Distillation(List.of(calibration), new SettledTrainers(new OracleTrainer("b"), 1));
  }

  /** Decisions after an estimator's full removal, the attribute being read perfectly. */
  static int[] corrected(Estimator estimator, Calibration calibration) {
    return oracle(calibration)
        .removal(estimator, Goal.UNIFORM, 1)
        .apply(calibration.answers(), calibration.inputs())
        .decisions(EraserSettings.DEFAULT.decisionRule());
  }

  static List<Integer> rowsOf(Calibration calibration, int target, int value) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < calibration.rows(); row++) {
      if (calibration.target().codes()[row] == target
          && calibration.attribute().codes()[row] == value) {
        rows.add(row);
      }
    }
    return rows;
  }
}
