package org.evenhand.core;

import java.util.function.Function;

/**
 * A Java function that gives scores: see {@link Classifier#ofFunction}.
 *
 * @param scale what the scores are
 * @param scores from a table to rows × K scores, or to those of the second of two classes
 */
record FunctionClassifier(Classes classes, ScoreScale scale, Function<Table, double[]> scores)
    implements Classifier {
  @Override
  public Answers answer(Table inputs) {
    double[] given = scores.apply(inputs);
    int rows = inputs.rows();
    if (classes.size() == 2 && given.length == rows) {
      return scale.answers(classes, bothClasses(given));
    }
    if (given.length != rows * classes.size()) {
      throw new CoreException(
          "The classifier function returned %d scores for %d rows; expected %d, one for each of the %d classes in every row%s."
              .formatted(
                  given.length,
                  rows,
                  rows * classes.size(),
                  classes.size(),
                  classes.size() == 2 ? ", or %d, those of the second class".formatted(rows) : ""));
    }
    return scale.answers(classes, given);
  }

  private double[] bothClasses(double[] ofSecond) {
    double[] both = new double[2 * ofSecond.length];
    for (int row = 0; row < ofSecond.length; row++) {
      scale.require(ofSecond[row], row, classes.names().get(1));
      System.arraycopy(scale.bothClasses(ofSecond[row]), 0, both, 2 * row, 2);
    }
    return both;
  }

  @Override
  public void close() {}
}
