package org.evenhand.audit;

/**
 * Tests how far two shares lie apart, on the scale of their difference or of their ratio, by the
 * signed root of the likelihood ratio: √(2(ℓ − ℓ₀)) with the sign of the excess, where ℓ is the
 * largest log-likelihood of the two counts and ℓ₀ the largest under the hypothesis. It is about
 * standard normal even far in the tails, where many comparisons at once need it; those of a score
 * test are up to 20 times too light for groups of 30 beside groups of 300. Half a hit and half a
 * miss are added to each share (Jeffreys), so that shares of 0 and 1 have limits too.
 */
enum PairTest {
  /** The gap is the first share less the second, 0 to 1. */
  DIFFERENCE {
    @Override
    double gap(Proportion first, Proportion second) {
      return first.value() - second.value();
    }

    /** The root of a cubic that is a share (Miettinen and Nurminen 1985, appendix). */
    @Override
    double second(Proportion first, Proportion second, double gap) {
      double n = first.n() + second.n();
      double hits = first.hits() + second.hits();
      double quadratic = ((first.n() + 2 * second.n()) * gap - n - hits) / (3 * n);
      double linear = ((second.n() * gap - n - 2 * second.hits()) * gap + hits) / (3 * n);
      double constant = second.hits() * gap * (1 - gap) / n;
      double q = quadratic * quadratic * quadratic - 1.5 * quadratic * linear + constant / 2;
      double p = Math.copySign(Math.sqrt(Math.max(0, quadratic * quadratic - linear)), q);
      double cosine = p == 0 ? 0 : Math.max(-1, Math.min(1, q / (p * p * p)));
      return 2 * p * Math.cos((Math.PI + Math.acos(cosine)) / 3) - quadratic;
    }

    @Override
    double first(double second, double gap) {
      return second + gap;
    }

    @Override
    double variance(Proportion share) {
      return share.adjustedVariance();
    }

    @Override
    double end() {
      return 1;
    }
  },

  /** The gap is the logarithm of the first share over the second, from 0 on. */
  LOG_RATIO {
    @Override
    double gap(Proportion first, Proportion second) {
      return Math.log(first.value() / second.value());
    }

    /** The root of a quadratic that is a share (Miettinen and Nurminen 1985). */
    @Override
    double second(Proportion first, Proportion second, double gap) {
      double ratio = Math.exp(gap);
      double a = (first.n() + second.n()) * ratio;
      double b = (first.n() + second.hits()) * ratio + second.n() + first.hits();
      double c = first.hits() + second.hits();
      return 2 * c / (b + Math.sqrt(Math.max(0, b * b - 4 * a * c)));
    }

    @Override
    double first(double second, double gap) {
      return second * Math.exp(gap);
    }

    @Override
    double variance(Proportion share) {
      return 1 / (share.hits() + 0.5) - 1 / (share.n() + 1);
    }

    @Override
    double end() {
      return LARGEST_LOG_RATIO;
    }
  };

  private static final double SMALLEST = 1e-15;

  /** A ratio of e⁻³⁰ is zero for every purpose. */
  private static final double LARGEST_LOG_RATIO = 30;

  /** The measured gap; not below zero if the first share is the larger one. */
  abstract double gap(Proportion first, Proportion second);

  /** The most likely second share if the true gap is this one. */
  abstract double second(Proportion first, Proportion second, double gap);

  /** The first share that lies this gap above the second. */
  abstract double first(double second, double gap);

  /** Variance of one share on this scale. */
  abstract double variance(Proportion share);

  /** The largest gap of the scale. */
  abstract double end();

  /**
   * The evidence that the true gap of the first share above the second exceeds a hypothetical one,
   * as a standard normal variable under that hypothesis; it falls as the hypothetical gap grows.
   *
   * @param gap at least 0
   */
  double signedRoot(Proportion first, Proportion second, double gap) {
    Proportion one = halfAdded(first);
    Proportion other = halfAdded(second);
    double otherShare = inside(second(one, other, gap));
    double oneShare = inside(first(otherShare, gap));
    double deviance = deviance(one, oneShare) + deviance(other, otherShare);
    return Math.copySign(Math.sqrt(Math.max(0, deviance)), gap(one, other) - gap);
  }

  private static Proportion halfAdded(Proportion share) {
    return new Proportion(share.hits() + 0.5, share.n() + 1);
  }

  private static double inside(double share) {
    return Math.max(SMALLEST, Math.min(1 - SMALLEST, share));
  }

  /** Twice the log-likelihood that a share loses if it is another one. */
  private static double deviance(Proportion share, double other) {
    double p = share.value();
    return 2 * share.n() * (p * Math.log(p / other) + (1 - p) * Math.log((1 - p) / (1 - other)));
  }
}
