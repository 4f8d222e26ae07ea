package org.evenhand.eraser;

import java.util.Arrays;
import org.evenhand.core.LogSpace;
import org.evenhand.core.Members;

/**
 * The chance p(y,b|x) of every cell of a class and a value: logit = s·log p(y|x) + u·log g(y|x) +
 * v·log g(b|x,y) + a_{y,b}, by penalised maximum likelihood (Newton's method), where p is the
 * deployed model and g one of cells that was trained on the inputs. The slopes are pulled towards
 * the deployed model as it is, s = 1, u = 0, with the value as it was learned, v = 1.
 *
 * @param own s
 * @param second u
 * @param value v
 * @param intercepts a, K × |B|
 */
record CellRefit(double own, double second, double value, double[] intercepts) {
  private static final double PULL_OF_SLOPES = 0.1;
  private static final double PULL_OF_INTERCEPTS = 1e-3;
  private static final int MAX_STEPS = 50;
  private static final int SLOPES = 3;

  /**
   * What cells are told by.
   *
   * @param classes K
   * @param values |B|
   * @param own log p(y|x), rows × K
   * @param second log g(y|x), rows × K
   * @param cells log g(y,b|x), rows × K·|B|, classes first
   */
  record Evidence(int classes, int values, double[] own, double[] second, double[] cells) {
    int count() {
      return classes * values;
    }

    /** The three logs of a row's cell, into {@code out}. */
    void read(int row, int cell, double[] out) {
      int ofClass = row * classes + cell / values;
      out[0] = own[ofClass];
      out[1] = second[ofClass];
      out[2] = cells[row * count() + cell] - second[ofClass];
    }
  }

  /**
   * Fits.
   *
   * @param evidence of all rows
   * @param targets class of every row
   * @param members which of the rows count, with which value
   * @param withSecond whether the second opinion on the class may count
   */
  static CellRefit of(Evidence evidence, int[] targets, Members members, boolean withSecond) {
    int unknowns = evidence.count() + SLOPES;
    double[] prior = new double[unknowns];
    double[] pull = new double[unknowns];
    Arrays.fill(pull, PULL_OF_INTERCEPTS);
    Arrays.fill(pull, evidence.count(), unknowns, PULL_OF_SLOPES);
    prior[evidence.count()] = 1;
    prior[evidence.count() + 2] = 1;
    if (!withSecond) {
      // So strong that it stays where it is.
      pull[evidence.count() + 1] = 1e12;
    }
    double[] point = prior.clone();
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] direction = new double[unknowns];
      double[] hessian = new double[unknowns * unknowns];
      derivatives(evidence, targets, members, point, direction, hessian);
      for (int i = 0; i < unknowns; i++) {
        direction[i] += pull[i] * (point[i] - prior[i]);
        hessian[i * unknowns + i] += pull[i];
      }
      Cholesky.solve(hessian, unknowns, direction, 1);
      double longest = Arrays.stream(direction).map(Math::abs).max().orElseThrow();
      // A step of more than a few nats leaves the region in which the second order holds.
      double length = Math.min(1, 4 / longest);
      for (int i = 0; i < unknowns; i++) {
        point[i] -= length * direction[i];
      }
      if (longest < 1e-9) {
        break;
      }
    }
    int cells = evidence.count();
    return new CellRefit(
        point[cells],
        withSecond ? point[cells + 1] : 0,
        point[cells + 2],
        Arrays.copyOf(point, cells));
  }

  private static void derivatives(
      Evidence evidence,
      int[] targets,
      Members members,
      double[] point,
      double[] gradient,
      double[] hessian) {
    int cells = evidence.count();
    int unknowns = point.length;
    CellRefit at = new CellRefit(point[cells], point[cells + 1], point[cells + 2], point);
    double[] p = new double[cells];
    double[] read = new double[SLOPES];
    double[] all = new double[cells * SLOPES];
    for (int member = 0; member < members.rows().length; member++) {
      int row = members.rows()[member];
      double weight = members.weights()[member];
      int actual = targets[row] * evidence.values() + members.attribute().codes()[member];
      at.probabilities(evidence, row, p);
      double[] mean = new double[SLOPES];
      for (int c = 0; c < cells; c++) {
        evidence.read(row, c, read);
        for (int i = 0; i < SLOPES; i++) {
          all[c * SLOPES + i] = read[i];
          mean[i] += p[c] * read[i];
        }
      }
      for (int c = 0; c < cells; c++) {
        gradient[c] += weight * (p[c] - (c == actual ? 1 : 0));
        for (int d = 0; d < cells; d++) {
          hessian[c * unknowns + d] += weight * p[c] * ((c == d ? 1 : 0) - p[d]);
        }
        for (int i = 0; i < SLOPES; i++) {
          double off = all[c * SLOPES + i] - mean[i];
          double mixed = weight * p[c] * off;
          hessian[c * unknowns + cells + i] += mixed;
          hessian[(cells + i) * unknowns + c] += mixed;
          for (int j = 0; j < SLOPES; j++) {
            hessian[(cells + i) * unknowns + cells + j] += mixed * (all[c * SLOPES + j] - mean[j]);
          }
        }
      }
      for (int i = 0; i < SLOPES; i++) {
        gradient[cells + i] += weight * (mean[i] - all[actual * SLOPES + i]);
      }
    }
  }

  /** p(y,b|x) of a row, into {@code out}. */
  void probabilities(Evidence evidence, int row, double[] out) {
    double[] read = new double[SLOPES];
    for (int c = 0; c < out.length; c++) {
      evidence.read(row, c, read);
      out[c] = own * read[0] + second * read[1] + value * read[2] + intercepts[c];
    }
    LogSpace.normalizeRows(out, out.length);
    for (int c = 0; c < out.length; c++) {
      out[c] = Math.exp(out[c]);
    }
  }
}
