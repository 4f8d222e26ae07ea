package org.evenhand.eraser;

import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.CoreException;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;
import org.evenhand.core.Table;
import org.evenhand.core.Target;

/**
 * The rows that an eraser learns from (D_S in the paper).
 *
 * @param inputs what patches are trained on: columns that the deployed model gets, or fewer
 * @param answers the deployed model's answers to the rows
 * @param target their true classes
 * @param attribute the attribute whose rule is distilled
 * @param weights frequency weights
 */
record Calibration(
    Table inputs, Answers.Soft answers, Target target, Attribute attribute, double[] weights) {
  Calibration {
    if (answers.rows() != target.codes().length) {
      throw new CoreException(
          "There are %d answers for %d calibration rows."
              .formatted(answers.rows(), target.codes().length));
    }
  }

  /** The same rows as seen from each of the attributes. */
  static List<Calibration> of(LabelledSet set, List<String> attributes, Answers.Soft answers) {
    if (attributes.isEmpty()) {
      throw new EraserException("Name at least one attribute whose bias is to be erased.");
    }
    return attributes.stream()
        .map(
            attribute ->
                new Calibration(
                    set.inputs(), answers, set.target(), set.attribute(attribute), set.weights()))
        .toList();
  }

  int rows() {
    return target.codes().length;
  }

  /** K. */
  int classes() {
    return target.classes().size();
  }

  /** |B|. */
  int values() {
    return attribute.size();
  }

  /** Index of a row's group (t,b), by class and then by value; the row's value must be known. */
  int group(int row) {
    return target.codes()[row] * values() + attribute.codes()[row];
  }

  Calibration select(int[] rows) {
    double[] selected = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = weights[rows[i]];
    }
    return new Calibration(
        inputs.select(rows),
        answers.select(rows),
        target.select(rows),
        attribute.select(rows),
        selected);
  }

  /**
   * The rows that stand for members of the attribute's groups: from here on every row has one
   * certain value.
   */
  Calibration of(Members members) {
    Calibration rows = select(members.rows());
    return new Calibration(
        rows.inputs(), rows.answers(), rows.target(), members.attribute(), members.weights());
  }

  /** Sum of the weights of every group. */
  double[] groupSizes() {
    double[] sizes = new double[classes() * values()];
    for (int row = 0; row < rows(); row++) {
      sizes[group(row)] += weights[row];
    }
    return sizes;
  }

  /** Weights under which all groups count the same: w_i / n_{t,b}. */
  double[] groupBalancedWeights() {
    double[] sizes = groupSizes();
    double[] balanced = new double[rows()];
    for (int row = 0; row < rows(); row++) {
      balanced[row] = weights[row] / sizes[group(row)];
    }
    return balanced;
  }

  /** F(x_i) = log p(·|x_i) − (1/K)·Σ_k log p(k|x_i), rows × K, in nats. */
  double[] centredLogProbabilities() {
    double[] centred = answers.logProbabilities().clone();
    Rounding.clip(centred);
    RuleTable.centreRows(centred, classes());
    return centred;
  }

  /** "two_year_recid = 1, race = Caucasian". */
  String describe(int group) {
    return "%s = %s, %s = %s"
        .formatted(
            target.name(),
            target.classes().names().get(group / values()),
            attribute.name(),
            attribute.values().get(group % values()));
  }
}
