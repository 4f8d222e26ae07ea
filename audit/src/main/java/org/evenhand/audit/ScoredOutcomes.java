package org.evenhand.audit;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The scores of some rows with what came of them: for every distinct score, in ascending order, the
 * weight of rows that deserve the favourable class and of those that do not. Equal scores are one
 * entry, so nothing made from this depends on the order of rows.
 */
final class ScoredOutcomes {
  static final int BINS = 15;

  private final double[] scores;
  private final double[] probabilities;
  private final double[] positive;
  private final double[] negative;
  private final double[] positiveSquares;
  private final double[] negativeSquares;
  private final double positives;
  private final double negatives;
  private final Moments moments;

  /**
   * Groups rows by score.
   *
   * @param rowScores log-probability of the favourable class
   * @param deserving whether a row's true class is the favourable one
   * @param weights of the rows
   * @param squares squared weights, if they are sampling weights; the weights themselves if they
   *     are frequencies
   */
  ScoredOutcomes(double[] rowScores, boolean[] deserving, double[] weights, double[] squares) {
    double[] distinct = new double[rowScores.length];
    double[] deservingWeights = new double[rowScores.length];
    double[] otherWeights = new double[rowScores.length];
    boolean sampled = squares != weights;
    double[] deservingSquares = sampled ? new double[rowScores.length] : deservingWeights;
    double[] otherSquares = sampled ? new double[rowScores.length] : otherWeights;
    int size = 0;
    for (int row : RadixSort.ascending(rowScores)) {
      if (size == 0 || distinct[size - 1] != rowScores[row]) {
        distinct[size++] = rowScores[row];
      }
      (deserving[row] ? deservingWeights : otherWeights)[size - 1] += weights[row];
      if (sampled) {
        (deserving[row] ? deservingSquares : otherSquares)[size - 1] += squares[row];
      }
    }
    scores = Arrays.copyOf(distinct, size);
    probabilities = new double[size];
    Arrays.setAll(probabilities, i -> Math.exp(scores[i]));
    positive = Arrays.copyOf(deservingWeights, size);
    negative = Arrays.copyOf(otherWeights, size);
    positiveSquares = sampled ? Arrays.copyOf(deservingSquares, size) : positive;
    negativeSquares = sampled ? Arrays.copyOf(otherSquares, size) : negative;
    positives = sum(positive);
    negatives = sum(negative);
    moments = effective(Moments.of(probabilities, positive, negative));
  }

  /**
   * Area under the ROC curve: the chance that a deserving row scores above an undeserving one,
   * equal scores counting half. Newcombe's score interval (2006, method 5), which inverts the
   * variance of Hanley and McNeil, is neither empty at 1 nor outside [0,1].
   *
   * @param z normal quantile of the interval's upper end
   * @param label what to call these rows, such as {@code race = Other}
   */
  Estimate areaUnderRoc(double z, String label) {
    if (positives == 0 || negatives == 0) {
      return new Estimate.Unknown(
          "the rows with %s do not have both outcomes, so that there is nothing to rank"
              .formatted(label));
    }
    double wins = 0;
    double negativesBelow = 0;
    for (int i = 0; i < scores.length; i++) {
      wins += positive[i] * (negativesBelow + negative[i] / 2);
      negativesBelow += negative[i];
    }
    double area = wins / (positives * negatives);
    double[] rows = rowsBehind(area);
    return new Estimate.Known(
        area, scoreLimit(area, 0, z, rows[0], rows[1]), scoreLimit(area, 1, z, rows[0], rows[1]));
  }

  /**
   * How many equal rows of either outcome know the area as well as these. With sampling weights the
   * linearised variance of the area is that of its parts by row: how many undeserving rows lie
   * below a deserving one, and how many deserving ones above an undeserving one.
   */
  private double[] rowsBehind(double area) {
    if (positiveSquares == positive) {
      return new double[] {positives, negatives};
    }
    double positiveRows = positives * positives / sum(positiveSquares);
    double negativeRows = negatives * negatives / sum(negativeSquares);
    double[] variance = new double[2];
    double below = 0;
    double above = positives;
    for (int i = 0; i < scores.length; i++) {
      above -= positive[i];
      double ofPositive = square((below + negative[i] / 2) / negatives - area);
      double ofNegative = square((above + positive[i] / 2) / positives - area);
      below += negative[i];
      variance[0] +=
          positive[i] * ofPositive / positives / positiveRows
              + negative[i] * ofNegative / negatives / negativeRows;
      variance[1] +=
          positiveSquares[i] * ofPositive / square(positives)
              + negativeSquares[i] * ofNegative / square(negatives);
    }
    double scale = variance[1] > 0 ? variance[0] / variance[1] : 1;
    return new double[] {scale * positiveRows, scale * negativeRows};
  }

  /** A loop, because a stream takes as long as the ranking where code is not yet compiled well. */
  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double square(double x) {
    return x * x;
  }

  /** The candidate between the area and an end of its range that lies z standard errors away. */
  private static double scoreLimit(
      double area, double end, double z, double positives, double negatives) {
    double inside = area;
    double outside = end;
    for (int halving = 0; halving < 60; halving++) {
      double candidate = (inside + outside) / 2;
      if (Math.abs(candidate - area)
          <= z * Math.sqrt(hanleyMcNeil(candidate, positives, negatives))) {
        inside = candidate;
      } else {
        outside = candidate;
      }
    }
    return inside;
  }

  /** Variance of an estimated area, symmetric in the two outcomes as Newcombe proposes. */
  private static double hanleyMcNeil(double area, double positives, double negatives) {
    double others = (positives + negatives) / 2 - 1;
    double spread = 1 + others * ((1 - area) / (2 - area) + area / (1 + area));
    return area * (1 - area) * spread / (positives * negatives);
  }

  /**
   * Expected calibration error: the mean over rows of the absolute gap between mean score and share
   * of deserving rows in a row's bin, over {@value #BINS} bins of equal mass. A score belongs to
   * the bin in which the middle of its rows lies.
   *
   * @param confidence of the interval, such as 0.95
   * @param seed of the interval's draws
   * @param label what to call these rows, such as {@code race = Other}
   */
  Estimate calibrationError(double confidence, long seed, String label) {
    double total = positives + negatives;
    if (total == 0) {
      return new Estimate.Unknown("no row has " + label);
    }
    double[] masses = new double[BINS];
    double[] hits = new double[BINS];
    double[] misses = new double[BINS];
    double[] hitSquares = new double[BINS];
    double[] missSquares = new double[BINS];
    double[] scoreSums = new double[BINS];
    double before = 0;
    for (int i = 0; i < scores.length; i++) {
      double mass = positive[i] + negative[i];
      int bin = (int) Math.min(BINS - 1, BINS * (before + mass / 2) / total);
      masses[bin] += mass;
      hits[bin] += positive[i];
      misses[bin] += negative[i];
      hitSquares[bin] += positiveSquares[i];
      missSquares[bin] += negativeSquares[i];
      scoreSums[bin] += mass * probabilities[i];
      before += mass;
    }
    return gaps(masses, tallies(hits, hitSquares), tallies(misses, missSquares), scoreSums)
        .interval(confidence, seed);
  }

  /**
   * How many rows there are is not known here, so that it does not limit how many they count as.
   */
  private static Tally[] tallies(double[] weights, double[] squares) {
    return IntStream.range(0, weights.length)
        .mapToObj(bin -> new Tally(weights[bin], squares[bin], Double.POSITIVE_INFINITY))
        .toArray(Tally[]::new);
  }

  /** The moments of so many equal rows as know the mean score as well. */
  private Moments effective(Moments weighted) {
    if (positiveSquares == positive) {
      return weighted;
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < scores.length; i++) {
      double square = positiveSquares[i] + negativeSquares[i];
      squares += square;
      sum += square * square(probabilities[i] - weighted.mean());
    }
    double n =
        sum > 0 ? weighted.second() * square(weighted.n()) / sum : square(weighted.n()) / squares;
    return weighted.ofRows(n);
  }

  /** The probabilities by their moments, whatever came of the rows. */
  Moments moments() {
    return moments;
  }

  /** A bin is a stratum of two members, of which only the outcome is random. */
  private static AbsoluteGaps gaps(
      double[] masses, Tally[] hits, Tally[] misses, double[] scoreSums) {
    double[] values = new double[2 * BINS];
    double[] variances = new double[2 * BINS];
    for (int bin = 0; bin < BINS; bin++) {
      if (masses[bin] > 0) {
        Proportion outcome = Tally.share(hits[bin], misses[bin]);
        values[2 * bin] = outcome.value();
        values[2 * bin + 1] = scoreSums[bin] / masses[bin];
        variances[2 * bin] = outcome.adjustedVariance();
      }
    }
    return new AbsoluteGaps(masses, 2, values, variances);
  }
}
