package org.evenhand.audit;

/** Student's t distribution. */
final class StudentT {
  private StudentT() {}

  /**
   * The value below which a variable falls with this probability (Hill 1970, algorithm 396): to
   * three digits from two degrees of freedom on, to five from three on. Below two it is too large,
   * by a fifth at most.
   *
   * @param p above 0.5 and below 1
   * @param degrees of freedom, at least 1, not necessarily whole
   */
  static double quantile(double p, double degrees) {
    double n = degrees;
    double tails = 2 * (1 - p);
    double a = 1 / (n - 0.5);
    double b = 48 / (a * a);
    double c = ((20700 * a / b - 98) * a - 16) * a + 96.36;
    double d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt(a * Math.PI / 2) * n;
    double y = Math.pow(d * tails, 2 / n);
    if (y > 0.05 + a) {
      double x = Normal.quantile(1 - p);
      y = x * x;
      if (n < 5) {
        c += 0.3 * (n - 4.5) * (x + 0.6);
      }
      c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b;
      y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
      y = Math.expm1(a * y * y);
    } else {
      y =
          ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1)
                  * (n + 1)
                  / (n + 2)
              + 1 / y;
    }
    return Math.sqrt(n * y);
  }
}
