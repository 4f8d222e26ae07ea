package org.evenhand.eraser;

import java.util.Arrays;
import org.evenhand.core.Members;

/**
 * The chance of the second of two classes, given the log-odds F of the deployed model and G of a
 * second opinion: logit p = s·F + u·G + a_b, by penalised maximum likelihood (Newton's method). The
 * slopes are the same for all values of the attribute, which the intercepts a_b tell apart; they
 * are pulled towards the deployed model as it is, s = 1 and u = 0.
 *
 * @param own s
 * @param second u
 * @param intercepts a, one per value
 */
record SharedRefit(double own, double second, double[] intercepts) {
  private static final double PULL_OF_SLOPES = 0.1;
  private static final double PULL_OF_INTERCEPTS = 1e-3;
  private static final int MAX_STEPS = 50;

  /**
   * The scores of some rows.
   *
   * @param own F, one per row
   * @param second G, one per row; empty to leave it out
   * @param target 0 or 1, one per row
   * @param members which rows have which value
   */
  record Scores(double[] own, double[] second, int[] target, Members members) {
    boolean hasSecond() {
      return second.length > 0;
    }
  }

  static SharedRefit of(Scores scores) {
    int values = scores.members().attribute().size();
    int unknowns = values + (scores.hasSecond() ? 2 : 1);
    double[] prior = new double[unknowns];
    double[] pull = new double[unknowns];
    Arrays.fill(pull, 0, values, PULL_OF_INTERCEPTS);
    Arrays.fill(pull, values, unknowns, PULL_OF_SLOPES);
    prior[values] = 1;
    double[] point = prior.clone();
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] direction = new double[unknowns];
      double[] hessian = new double[unknowns * unknowns];
      derivatives(scores, point, direction, hessian);
      for (int i = 0; i < unknowns; i++) {
        direction[i] += pull[i] * (point[i] - prior[i]);
        hessian[i * unknowns + i] += pull[i];
      }
      Cholesky.solve(hessian, unknowns, direction, 1);
      double longest = 0;
      for (int i = 0; i < unknowns; i++) {
        longest = Math.max(longest, Math.abs(direction[i]));
      }
      // A step of more than a few nats leaves the region in which the second order holds.
      double length = Math.min(1, 4 / longest);
      for (int i = 0; i < unknowns; i++) {
        point[i] -= length * direction[i];
      }
      if (longest < 1e-9) {
        break;
      }
    }
    return new SharedRefit(
        point[values], scores.hasSecond() ? point[values + 1] : 0, Arrays.copyOf(point, values));
  }

  private static void derivatives(
      Scores scores, double[] point, double[] gradient, double[] hessian) {
    Members members = scores.members();
    int values = members.attribute().size();
    int unknowns = point.length;
    int[] places = new int[scores.hasSecond() ? 3 : 2];
    double[] entries = new double[places.length];
    for (int member = 0; member < members.rows().length; member++) {
      int row = members.rows()[member];
      places[0] = members.attribute().codes()[member];
      entries[0] = 1;
      places[1] = values;
      entries[1] = scores.own()[row];
      if (scores.hasSecond()) {
        places[2] = values + 1;
        entries[2] = scores.second()[row];
      }
      double logit = 0;
      for (int i = 0; i < places.length; i++) {
        logit += point[places[i]] * entries[i];
      }
      double chance = 1 / (1 + Math.exp(-logit));
      double weight = members.weights()[member];
      for (int i = 0; i < places.length; i++) {
        gradient[places[i]] += weight * (chance - scores.target()[row]) * entries[i];
        for (int j = 0; j < places.length; j++) {
          hessian[places[i] * unknowns + places[j]] +=
              weight * chance * (1 - chance) * entries[i] * entries[j];
        }
      }
    }
  }

  /** s·F + u·G, what thresholds are set on. */
  double score(double ownLogOdds, double secondLogOdds) {
    return own * ownLogOdds + second * secondLogOdds;
  }

  /** The chance of the second class among rows of a value with that score. */
  double chance(double score, int value) {
    return 1 / (1 + Math.exp(-score - intercepts[value]));
  }
}
