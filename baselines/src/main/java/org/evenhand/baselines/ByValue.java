package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.PatchNetwork;
import org.evenhand.repair.Method;
import org.evenhand.repair.RepairTask;

/**
 * The rows of a task between two classes, divided by the values of one attribute.
 *
 * @param attribute the attribute
 * @param reader of its column
 * @param curves one for each value
 * @param warnings about values that are left as they are, one sentence each
 */
record ByValue(
    Attribute attribute, PatchNetwork reader, List<ValueCurve> curves, List<String> warnings) {
  /** Below this many rows of a class, a value is not compared with others, as in audits. */
  private static final double FEWEST = 30;

  /** Copies the lists. */
  ByValue {
    curves = List.copyOf(curves);
    warnings = List.copyOf(warnings);
  }

  /**
   * Divides the rows of a task.
   *
   * @throws BaselinesException if it has several attributes or other than two classes, if the
   *     attribute cannot be read, or if fewer than two values have rows enough
   */
  static ByValue of(RepairTask task, Method method) {
    Answers.Soft answers = task.scores();
    int classes = answers.classes().size();
    if (classes != 2) {
      throw new BaselinesException(
          "The method '%s' decides between two classes, but the model has %d; take a method for several, such as the eraser."
              .formatted(method.title(), classes));
    }
    if (task.attributes().size() > 1) {
      throw new BaselinesException(
          "The method '%s' repairs one attribute at a time, but %d are named: %s; cross them to one, or repair one of them."
              .formatted(
                  method.title(), task.attributes().size(), String.join(", ", task.attributes())));
    }
    Attribute attribute = task.rows().attribute(task.attributes().get(0));
    PatchNetwork reader = AttributeReader.of(attribute, task.rows().inputs());
    List<ValueCurve> curves = curves(task, answers, attribute);
    return new ByValue(attribute, reader, curves, requireTwo(attribute, curves));
  }

  private static List<ValueCurve> curves(
      RepairTask task, Answers.Soft answers, Attribute attribute) {
    DecisionRule rule = task.decisionRule().onScores(answers);
    double threshold = rule.threshold().orElse(0.5);
    double zero = Math.log(threshold) - Math.log1p(-threshold);
    double[] logs = answers.logProbabilities();
    int[] decisions = answers.decisions(rule);
    int[] targets = task.rows().target().codes();
    double[] weights = task.rows().weights();
    List<ValueCurve> curves = new ArrayList<>();
    for (int b = 0; b < attribute.size(); b++) {
      int value = b;
      int[] rows =
          IntStream.range(0, targets.length)
              .filter(row -> attribute.codes()[row] == value && weights[row] > 0)
              .toArray();
      boolean[] positive = new boolean[rows.length];
      boolean[] decided = new boolean[rows.length];
      double[] margins = new double[rows.length];
      double[] ofRows = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        positive[i] = targets[rows[i]] == 1;
        decided[i] = decisions[rows[i]] == 1;
        margins[i] = logs[2 * rows[i] + 1] - logs[2 * rows[i]] - zero;
        ofRows[i] = weights[rows[i]];
      }
      curves.add(
          ValueCurve.of(attribute.values().get(b), margins, positive, ofRows, decided, FEWEST));
    }
    return curves;
  }

  private static List<String> requireTwo(Attribute attribute, List<ValueCurve> curves) {
    List<String> left =
        curves.stream().filter(curve -> !curve.judged()).map(ValueCurve::value).toList();
    if (curves.size() - left.size() < 2) {
      throw new BaselinesException(
          "Thresholds by '%s' need two values with %.0f calibration rows of each class, and %s; label more rows."
              .formatted(
                  attribute.name(),
                  FEWEST,
                  left.size() == curves.size()
                      ? "none has them"
                      : "only one has them (not %s)".formatted(String.join(", ", left))));
    }
    return left.stream()
        .map(
            value ->
                "Value '%s' of '%s' has fewer than %.0f calibration rows of a class, so its decisions stay as they are."
                    .formatted(value, attribute.name(), FEWEST))
        .toList();
  }

  /** Indices of the values that have rows enough. */
  int[] judged() {
    return IntStream.range(0, curves.size()).filter(b -> curves.get(b).judged()).toArray();
  }

  /** Today's point of every curve. */
  int[] today() {
    return curves.stream().mapToInt(ValueCurve::today).toArray();
  }

  /**
   * The points of the judged values' curves that have certain weights of rows above their cuts.
   *
   * @param selected the weights, one per value
   */
  int[] nearest(double[] selected) {
    int[] points = today();
    for (int b : judged()) {
      points[b] = curves.get(b).nearest(selected[b]);
    }
    return points;
  }

  /** The cuts of one point of every curve. */
  float[] cuts(int[] points) {
    float[] cuts = new float[points.length];
    for (int b = 0; b < cuts.length; b++) {
      cuts[b] = curves.get(b).cuts()[points[b]];
    }
    return cuts;
  }
}
