package org.evenhand.spark;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.onnx.CorrectionStep;

/** Scores that a table holds, corrected by a step: a classifier over the rows of the table. */
final class CorrectedScores implements Classifier {
  private final CorrectionStep step;
  private final List<String> scores;

  /**
   * @param step is closed with this
   * @param scores the probability of the second of two classes, or one column for every class
   * @throws EvenhandSparkException if there is another number of columns
   */
  CorrectedScores(CorrectionStep step, List<String> scores) {
    this.step = step;
    this.scores = scores;
    int classes = step.classes().size();
    if (scores.size() != classes && !(scores.size() == 1 && classes == 2)) {
      step.close();
      throw new EvenhandSparkException(
          "The correction is of %d classes (%s), but %d columns of scores are named; name %s."
              .formatted(
                  classes,
                  String.join(", ", step.classes().names()),
                  scores.size(),
                  classes == 2
                      ? "one for the second class, or one for each"
                      : "one for each, in this order"));
    }
  }

  /** What a row must have: its scores, and what the correction reads. */
  List<InputColumn> inputs() {
    List<InputColumn> inputs = new ArrayList<>(step.inputs());
    scores.stream()
        .filter(column -> inputs.stream().noneMatch(input -> input.name().equals(column)))
        .forEach(column -> inputs.add(new InputColumn(column, Kind.NUMBER)));
    return inputs;
  }

  @Override
  public Classes classes() {
    return step.classes();
  }

  @Override
  public Answers answer(Table rows) {
    int size = classes().size();
    double[] probabilities = new double[rows.rows() * size];
    for (int k = 0; k < scores.size(); k++) {
      double[] column = ((NumericColumn) rows.column(scores.get(k))).values();
      int of = scores.size() == 1 ? 1 : k;
      for (int row = 0; row < column.length; row++) {
        probabilities[row * size + of] = require(column[row], k, of);
        if (scores.size() == 1) {
          probabilities[row * size] = 1 - column[row];
        }
      }
    }
    return step.apply(
        Answers.Soft.ofProbabilities(classes(), probabilities, Answers.FLOAT_FLOOR), rows);
  }

  private double require(double score, int k, int of) {
    if (!(score >= 0 && score <= 1)) {
      throw new EvenhandSparkException(
          "Column '%s' holds %s where the probability of class '%s' is expected, between 0 and 1."
              .formatted(
                  scores.get(k),
                  Double.isNaN(score) ? "nothing or NaN" : score,
                  classes().names().get(of)));
    }
    return score;
  }

  @Override
  public void close() {
    step.close();
  }
}
