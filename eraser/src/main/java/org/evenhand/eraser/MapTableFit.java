package org.evenhand.eraser;

import java.util.Arrays;
import org.evenhand.core.LogSpace;

/**
 * Newton's method on the convex objective of {@link MapTable}. The unknowns are a, then T row by
 * row; the logit of class k is linear in them: a·F_k − Σ_b p_b·T_{b,k}.
 */
final class MapTableFit {
  private static final int MAX_STEPS = 50;
  private static final double TOLERANCE = 1e-10;

  private final int rows;
  private final int classes;
  private final int values;
  private final int unknowns;
  private final double[] logs;
  private final double[] predicted;
  private final int[] targets;
  private final double[] weights;
  private final double[] geometric;
  private final double[] pull;

  private MapTableFit(Distillation distillation, RuleTable geometric, double kappa) {
    Calibration calibration = distillation.calibration();
    this.rows = calibration.rows();
    this.classes = calibration.classes();
    this.values = calibration.values();
    this.unknowns = 1 + values * classes;
    this.logs = calibration.centredLogProbabilities();
    this.predicted = exp(distillation.biasPredictor().logProbabilities(calibration.inputs()));
    this.targets = calibration.target().codes();
    this.weights = calibration.groupBalancedWeights();
    this.geometric = geometric.entries();
    this.pull = pull(distillation.cells(), kappa);
  }

  static RuleTable fit(Distillation distillation, RuleTable geometric, double kappa) {
    MapTableFit fit = new MapTableFit(distillation, geometric, kappa);
    double[] solution = fit.minimize();
    double scale = solution[0];
    if (!(scale > 1e-3)) {
      throw new EraserException(
          "The model's answers say nothing about '%s' once '%s' is balanced; there is nothing left to correct."
              .formatted(
                  distillation.calibration().target().name(),
                  distillation.calibration().attribute().name()));
    }
    double[] table = new double[solution.length - 1];
    for (int i = 0; i < table.length; i++) {
      table[i] = solution[i + 1] / scale;
    }
    return new RuleTable(fit.classes, table);
  }

  private static double[] pull(CellStatistics cells, double kappa) {
    double[] pull = new double[cells.values()];
    for (int b = 0; b < pull.length; b++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int t = 0; t < cells.classes(); t++) {
        smallest = Math.min(smallest, cells.sizes()[t * cells.values() + b]);
      }
      pull[b] = kappa / (smallest + 1);
    }
    return pull;
  }

  private static double[] exp(double[] logs) {
    double[] out = new double[logs.length];
    Arrays.setAll(out, i -> Math.exp(logs[i]));
    return out;
  }

  private double[] minimize() {
    double[] point = new double[unknowns];
    point[0] = 1;
    System.arraycopy(geometric, 0, point, 1, geometric.length);
    double value = objective(point);
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] direction = new double[unknowns];
      double[] hessian = new double[unknowns * unknowns];
      derivatives(point, direction, hessian);
      double[] gradient = direction.clone();
      Cholesky.solve(hessian, unknowns, direction, 1);
      double decrement = 0;
      for (int i = 0; i < unknowns; i++) {
        decrement += gradient[i] * direction[i];
      }
      if (decrement < TOLERANCE) {
        break;
      }
      double length = 1;
      double[] next = moved(point, direction, length);
      double nextValue = objective(next);
      while (nextValue > value - 0.25 * length * decrement && length > 1e-8) {
        length /= 2;
        next = moved(point, direction, length);
        nextValue = objective(next);
      }
      point = next;
      value = nextValue;
    }
    return point;
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] -= length * direction[i];
    }
    return to;
  }

  private void logits(double[] point, int row, double[] out) {
    for (int k = 0; k < classes; k++) {
      double sum = point[0] * logs[row * classes + k];
      for (int b = 0; b < values; b++) {
        sum -= predicted[row * values + b] * point[1 + b * classes + k];
      }
      out[k] = sum;
    }
    LogSpace.normalizeRows(out, classes);
  }

  private double objective(double[] point) {
    double sum = 0;
    double[] logProbabilities = new double[classes];
    for (int row = 0; row < rows; row++) {
      logits(point, row, logProbabilities);
      sum -= weights[row] * logProbabilities[targets[row]];
    }
    for (int i = 0; i < geometric.length; i++) {
      double off = point[1 + i] - point[0] * geometric[i];
      sum += 0.5 * pull[i / classes] * off * off;
    }
    return sum;
  }

  private void derivatives(double[] point, double[] gradient, double[] hessian) {
    double[] p = new double[classes];
    for (int row = 0; row < rows; row++) {
      logits(point, row, p);
      for (int k = 0; k < classes; k++) {
        p[k] = Math.exp(p[k]);
      }
      addRow(row, p, gradient, hessian);
    }
    addPull(point, gradient, hessian);
  }

  /** The logit of class k is Σ_u x_{k,u}·θ_u with x_{k,0} = F_k and x_{k,(b,k)} = −p_b. */
  private void addRow(int row, double[] p, double[] gradient, double[] hessian) {
    double weight = weights[row];
    for (int k = 0; k < classes; k++) {
      double residual = weight * (p[k] - (targets[row] == k ? 1 : 0));
      gradient[0] += residual * logs[row * classes + k];
      for (int b = 0; b < values; b++) {
        gradient[1 + b * classes + k] -= residual * predicted[row * values + b];
      }
      for (int l = 0; l < classes; l++) {
        double curvature = weight * ((k == l ? p[k] : 0) - p[k] * p[l]);
        addCurvature(row, k, l, curvature, hessian);
      }
    }
  }

  private void addCurvature(int row, int k, int l, double curvature, double[] hessian) {
    double logK = logs[row * classes + k];
    double logL = logs[row * classes + l];
    hessian[0] += curvature * logK * logL;
    for (int b = 0; b < values; b++) {
      double pb = predicted[row * values + b];
      int kb = 1 + b * classes + k;
      hessian[kb] -= curvature * pb * logL;
      hessian[kb * unknowns] -= curvature * pb * logL;
      for (int c = 0; c < values; c++) {
        hessian[kb * unknowns + 1 + c * classes + l] +=
            curvature * pb * predicted[row * values + c];
      }
    }
  }

  private void addPull(double[] point, double[] gradient, double[] hessian) {
    for (int i = 0; i < geometric.length; i++) {
      double strength = pull[i / classes];
      double off = point[1 + i] - point[0] * geometric[i];
      int at = 1 + i;
      gradient[at] += strength * off;
      gradient[0] -= strength * off * geometric[i];
      hessian[at * unknowns + at] += strength;
      hessian[0] += strength * geometric[i] * geometric[i];
      hessian[at] -= strength * geometric[i];
      hessian[at * unknowns] -= strength * geometric[i];
    }
  }
}
