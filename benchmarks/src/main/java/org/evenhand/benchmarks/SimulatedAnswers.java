package org.evenhand.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;

/**
 * Rows of two classes with the scores that a biased 32-bit model gave them: about one row in eight
 * is decided wrongly, more of them in later groups. As a file, it is what a user exports from a
 * model's log.
 */
final class SimulatedAnswers {
  static final String TARGET = "repaid";
  static final String ATTRIBUTE = "origin";
  static final String SCORE = "score";

  private static final Classes CLASSES = Classes.of("0", "1");

  private final List<String> values;
  private final int[] classes;
  private final int[] groups;
  private final double[] scores;

  /**
   * Draws rows.
   *
   * @param values of the protected attribute
   */
  SimulatedAnswers(int rows, List<String> values, long seed) {
    this.values = values;
    classes = new int[rows];
    groups = new int[rows];
    scores = new double[rows];
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < rows; row++) {
      classes[row] = random.nextInt(2);
      groups[row] = random.nextInt(values.size());
      double sign = classes[row] == 1 ? 1 : -1;
      double logit = sign * (1.8 - 0.1 * groups[row]) + 1.4 * random.nextGaussian();
      scores[row] = (float) (1 / (1 + Math.exp(-logit)));
    }
  }

  LabelledSet set() {
    Table inputs = Table.of(List.of(new NumericColumn(SCORE, scores)));
    Target target = new Target(TARGET, CLASSES, classes);
    return LabelledSet.of(inputs, target, List.of(new Attribute(ATTRIBUTE, values, groups)));
  }

  Answers.Soft answers() {
    double[] probabilities = new double[2 * scores.length];
    for (int row = 0; row < scores.length; row++) {
      probabilities[2 * row] = 1 - scores[row];
      probabilities[2 * row + 1] = scores[row];
    }
    return Answers.Soft.ofProbabilities(CLASSES, probabilities, Answers.Soft.FLOAT_FLOOR);
  }

  private Table table() {
    double[] numbers = new double[scores.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = row + 1.0;
    }
    return Table.of(
        List.of(
            new NumericColumn("case", numbers),
            new TextColumn(ATTRIBUTE, values, groups),
            new TextColumn(TARGET, CLASSES.names(), classes),
            new NumericColumn(SCORE, scores)));
  }

  /**
   * Writes a CSV file with 8 groups: two classes, four values of an attribute.
   *
   * @param arguments the file and the number of rows
   */
  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[1]);
    List<String> values = List.of("north", "east", "south", "west");
    CsvFile.write(new SimulatedAnswers(rows, values, 1).table(), Path.of(arguments[0]));
  }
}
