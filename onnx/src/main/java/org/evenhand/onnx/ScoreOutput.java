package org.evenhand.onnx;

import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;

/**
 * An output that holds the classes' scores.
 *
 * @param name the output's name
 * @param form how the scores are laid out
 * @param scale what the scores are
 * @param rank of the tensor; 0 for maps
 */
record ScoreOutput(String name, Form form, Scale scale, int rank) {
  /** How the scores are laid out. */
  enum Form {
    /** {@code [N,K]}. */
    MATRIX,
    /** {@code [N,1]} or {@code [N]}: the second of two classes. */
    SINGLE,
    /** A sequence of maps. */
    MAPS
  }

  /** What the scores are. */
  enum Scale {
    /** Each row sums to one; a single one is the probability of the second class. */
    PROBABILITIES,
    /** K independent probabilities. */
    SIGMOIDS,
    /** Log-odds, up to a constant a row. */
    LOGITS
  }

  /** rows × K, row-major, K ≥ 2. */
  double[] matrix(OutputValues values, List<String> classes) {
    if (values instanceof OutputValues.Maps maps) {
      return fromMaps(maps, classes);
    }
    double[] numbers = ((OutputValues.Numbers) values).values();
    return form == Form.SINGLE ? bothClasses(numbers) : numbers;
  }

  private double[] fromMaps(OutputValues.Maps maps, List<String> classes) {
    double[] matrix = new double[maps.rows() * classes.size()];
    int at = 0;
    for (Map<String, Double> row : maps.values()) {
      for (String name : classes) {
        matrix[at++] = row.getOrDefault(name, Double.NaN);
      }
    }
    return matrix;
  }

  private double[] bothClasses(double[] ofSecond) {
    double[] matrix = new double[2 * ofSecond.length];
    for (int i = 0; i < ofSecond.length; i++) {
      matrix[2 * i] = scale == Scale.LOGITS ? 0 : 1 - ofSecond[i];
      matrix[2 * i + 1] = ofSecond[i];
    }
    return matrix;
  }

  /** The answers that finite scores stand for. */
  Answers.Soft answers(Classes classes, double[] matrix) {
    return switch (scale) {
      case PROBABILITIES -> Answers.Soft.ofProbabilities(classes, matrix, Answers.FLOAT_FLOOR);
      case LOGITS -> Answers.Soft.ofLogits(classes, matrix);
      case SIGMOIDS -> Answers.Soft.ofSigmoids(classes, matrix);
    };
  }

  String describe() {
    String what =
        switch (scale) {
          case PROBABILITIES -> "probabilities";
          case SIGMOIDS -> "independent sigmoids";
          case LOGITS -> "logits";
        };
    String layout =
        switch (form) {
          case MATRIX -> "one column a class";
          case SINGLE -> "of the second class";
          case MAPS -> "a map a row";
        };
    return "'%s' (%s, %s)".formatted(name, what, layout);
  }
}
