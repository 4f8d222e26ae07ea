package org.evenhand.audit;

import java.util.Arrays;

/**
 * The mean of values that are known to lie in a range, with an interval that holds for skewed and
 * mostly equal values too, where the mean's normal interval fails.
 *
 * <p>The upper limit is a quantile of Σ Dᵢxᵢ + D₀·max, where D is spread uniformly over the simplex
 * (Gaffke 2005): the values and one further at the end of the range, in random proportions. Of
 * zeros and ones this is the limit of Clopper and Pearson. No draws are needed: Σ Dᵢxᵢ ≤ m has the
 * probability that a sum of scaled exponential variables is not above zero, which a saddlepoint
 * gives (Barndorff-Nielsen's r*).
 */
final class BoundedMean {
  private static final double PRECISION = 1e-10;
  private static final int STEPS = 200;

  private final double[] values;
  private final double[] weights;
  private final double total;
  private final double min;
  private final double max;

  /**
   * @param values between min and max
   * @param weights frequency weights, with a positive sum
   */
  BoundedMean(double[] values, double[] weights, double min, double max) {
    this.values = values;
    this.weights = weights;
    this.total = Arrays.stream(weights).sum();
    this.min = min;
    this.max = max;
  }

  double value() {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * values[i];
    }
    return Math.min(max, Math.max(min, sum / total));
  }

  /**
   * @param z normal quantile of the interval's upper end
   */
  Estimate.Known interval(double z) {
    double value = value();
    double[] mirrored = Arrays.stream(values).map(x -> min + max - x).toArray();
    double low = min + max - new BoundedMean(mirrored, weights, min, max).upper(z);
    return new Estimate.Known(value, Math.min(value, low), Math.max(value, upper(z)));
  }

  /** The m at which r* is z: secants from the normal limit on, kept within a bracket. */
  private double upper(double z) {
    double mean = (value() * total + max) / (total + 1);
    if (!(max - mean > PRECISION * (max - min))) {
      return max;
    }
    double below = mean;
    double above = max;
    double last = mean;
    double heightAtLast = -z;
    double m = Math.min(mean + z * deviation(mean), (mean + max) / 2);
    for (int step = 0; step < STEPS; step++) {
      double height = signedRoot(m) - z;
      if (height < 0) {
        below = m;
      } else {
        above = m;
      }
      double secant = m - height * (m - last) / (height - heightAtLast);
      double next = secant > below && secant < above ? secant : (below + above) / 2;
      if (Math.abs(next - m) <= PRECISION * (max - min)) {
        return next;
      }
      last = m;
      heightAtLast = height;
      m = next;
    }
    return m;
  }

  /**
   * About the standard error of the mean; that of the values and the one at the end of the range.
   */
  private double deviation(double mean) {
    double sum = square(max - mean);
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * square(values[i] - mean);
    }
    return Math.sqrt(sum) / (total + 1);
  }

  /** r* of the event that Σ Gᵢ(xᵢ - m) + G₀(max - m) is above zero, for m above the mean. */
  private double signedRoot(double m) {
    double s = saddlepoint(m);
    double k = -Math.log1p(-s * (max - m));
    double curvature = square((max - m) / (1 - s * (max - m)));
    for (int i = 0; i < values.length; i++) {
      double a = values[i] - m;
      k -= weights[i] * Math.log1p(-s * a);
      curvature += weights[i] * square(a / (1 - s * a));
    }
    double w = Math.sqrt(Math.max(0, -2 * k));
    return w == 0 ? 0 : w + Math.log(s * Math.sqrt(curvature) / w) / w;
  }

  /** The s between 0 and 1/(max - m) at which the derivative of the cumulants is zero. */
  private double saddlepoint(double m) {
    double below = 0;
    double above = 1 / (max - m);
    double s = 0;
    for (int step = 0; step < STEPS && above - below > PRECISION * above; step++) {
      double a0 = (max - m) / (1 - s * (max - m));
      double slope = a0;
      double curvature = square(a0);
      for (int i = 0; i < values.length; i++) {
        double a = (values[i] - m) / (1 - s * (values[i] - m));
        slope += weights[i] * a;
        curvature += weights[i] * square(a);
      }
      if (slope < 0) {
        below = s;
      } else {
        above = s;
      }
      double newton = s - slope / curvature;
      double next = newton > below && newton < above ? newton : (below + above) / 2;
      if (Math.abs(next - s) <= PRECISION * above) {
        return next;
      }
      s = next;
    }
    return s;
  }

  private static double square(double x) {
    return x * x;
  }
}
