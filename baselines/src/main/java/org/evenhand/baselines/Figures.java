package org.evenhand.baselines;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Accuracy of groups as decisions by thresholds change, for two classes. Rows of values that are
 * not judged count in overall accuracy and in nothing else.
 *
 * <p>Mutable, so that a search can try millions of thresholds: {@link #take} sets those of a value.
 */
final class Figures {
  private final List<ValueCurve> curves;
  private final double[] right;
  private final double[] wrong;
  private final int[] judged;
  private final double weight;
  private final double accuracyToday;

  private Figures(List<ValueCurve> curves) {
    this.curves = curves;
    this.right = new double[curves.size()];
    this.wrong = new double[curves.size()];
    this.judged = IntStream.range(0, curves.size()).filter(b -> curves.get(b).judged()).toArray();
    this.weight = curves.stream().mapToDouble(ValueCurve::weight).sum();
    this.accuracyToday =
        curves.stream().mapToDouble(curve -> curve.correct(curve.today())).sum() / weight;
  }

  /** The figures of today's decisions. */
  static Figures today(List<ValueCurve> curves) {
    Figures figures = new Figures(curves);
    for (int b = 0; b < curves.size(); b++) {
      figures.take(b, curves.get(b).today());
    }
    return figures;
  }

  /** The figures with one point of each value's curve. */
  static Figures of(List<ValueCurve> curves, int[] points) {
    Figures figures = new Figures(curves);
    for (int b = 0; b < points.length; b++) {
      figures.take(b, points[b]);
    }
    return figures;
  }

  /** One value's rows are decided by a point of its curve. */
  void take(int value, int point) {
    take(value, curves.get(value).right()[point], curves.get(value).wrong()[point]);
  }

  /**
   * One value's rows are decided in another way, by chance perhaps.
   *
   * @param value index
   * @param rightly expected weight of its rows of class 1 that are decided as class 1
   * @param wrongly expected weight of its rows of class 0 that are decided as class 1
   */
  void take(int value, double rightly, double wrongly) {
    right[value] = rightly;
    wrong[value] = wrongly;
  }

  /** Overall accuracy. */
  double accuracy() {
    double correct = 0;
    for (int b = 0; b < right.length; b++) {
      correct += right[b] + curves.get(b).negatives() - wrong[b];
    }
    return correct / weight;
  }

  /** Overall accuracy of today's decisions. */
  double accuracyToday() {
    return accuracyToday;
  }

  /** Accuracy in the group of a class and a judged value. */
  double group(int target, int value) {
    ValueCurve curve = curves.get(value);
    return target == 1 ? right[value] / curve.positives() : 1 - wrong[value] / curve.negatives();
  }

  /** Mean accuracy of the groups. */
  double average() {
    double sum = 0;
    for (int b : judged) {
      sum += group(0, b) + group(1, b);
    }
    return sum / (2 * judged.length);
  }

  /** Accuracy of the worst group. */
  double worst() {
    double worst = 1;
    for (int b : judged) {
      worst = Math.min(worst, Math.min(group(0, b), group(1, b)));
    }
    return worst;
  }

  /** Mean over classes and pairs of values of the gap in accuracy (Rule Eraser, equation 22). */
  double modelBias() {
    double sum = 0;
    for (int i = 1; i < judged.length; i++) {
      for (int j = 0; j < i; j++) {
        sum +=
            Math.abs(group(0, judged[i]) - group(0, judged[j]))
                + Math.abs(group(1, judged[i]) - group(1, judged[j]));
      }
    }
    return sum / (judged.length * (judged.length - 1));
  }

  /** Share of a value's rows that are decided as a class. */
  double rate(int value, int decision) {
    double ones = (right[value] + wrong[value]) / curves.get(value).weight();
    return decision == 1 ? ones : 1 - ones;
  }

  /**
   * Lowest over highest share of a judged value's rows that are decided as a class; 1 if none is.
   */
  double selectionRatio(int decision) {
    double least = 1;
    double most = 0;
    for (int b : judged) {
      least = Math.min(least, rate(b, decision));
      most = Math.max(most, rate(b, decision));
    }
    return most == 0 ? 1 : least / most;
  }
}
