package org.evenhand.unlearning;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums Σ w p_a p_b φφᵀ over rows, for some pairs of classes: what the Hessian of a softmax is made
 * of. Beside its diagonal, a block is such a sum, negative. Since a class's blocks add up to zero,
 * the one on the diagonal is the sum of its pairs': nothing is subtracted, so that an answer that
 * is all but certain keeps the digits of p (1 − p).
 *
 * <p>Each sum is symmetric, so that half of it is enough: features are taken in groups, each with
 * itself and those after it. For one group and all pairs, that is one matrix product of the columns
 * p_a p_b φ_i with the columns φ_j.
 */
final class PairSums {
  /** Pairs that are summed together. */
  private static final int MOST_PAIRS = 256;

  /** Rows that are multiplied together: as many as OpenBLAS keeps in the cache. */
  private static final int ROWS = 256;

  /** Columns p_a p_b φ_i that are multiplied together: with these rows, half of a core's cache. */
  private static final int COLUMNS = 256;

  /**
   * Rows are divided into so many stripes, whatever the number of threads, so that sums do not
   * depend on it.
   */
  private static final int STRIPES = 4;

  /** Features in a group; of more, too many products with earlier ones would be formed in vain. */
  private static final int MOST_FEATURES = 16;

  /** Two different classes, a before b. */
  private record Pair(int a, int b) {}

  private final List<Pair> pairs;
  private final int width;
  private final int group;
  private final double[][] features;
  private final double[][] weights;
  private final double[] column = new double[ROWS];
  private final DoubleBuffer sums;

  private PairSums(List<Pair> pairs, int width) {
    this.pairs = pairs;
    this.width = width;
    this.group = Math.min(MOST_FEATURES, Math.max(1, COLUMNS / pairs.size()));
    this.features = new double[width][ROWS];
    this.weights = new double[pairs.size()][ROWS];
    this.sums = Scratch.allocate(size());
  }

  /**
   * The Hessian of weighted rows, upper half of P × P.
   *
   * @param probabilities rows × K
   */
  static double[] hessian(HeadShape shape, double[] probabilities, HeadRows rows) {
    double[] hessian = new double[shape.parameters() * shape.parameters()];
    List<Pair> all = pairs(shape.classes());
    int stripe = Math.max(ROWS, (rows.rows() + STRIPES - 1) / STRIPES);
    for (int from = 0; from < all.size(); from += MOST_PAIRS) {
      List<Pair> pairs = all.subList(from, Math.min(from + MOST_PAIRS, all.size()));
      List<PairSums> stripes =
          Blas.inParallel(
              STRIPES,
              i -> {
                PairSums sums = new PairSums(pairs, shape.width());
                int end = Math.min((i + 1) * stripe, rows.rows());
                for (int first = i * stripe; first < end; first += ROWS) {
                  sums.addRows(probabilities, rows, first, Math.min(ROWS, end - first));
                }
                return sums;
              });
      stripes.forEach(sums -> sums.addTo(hessian, shape));
    }
    return hessian;
  }

  private static List<Pair> pairs(int classes) {
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < classes; a++) {
      for (int b = a + 1; b < classes; b++) {
        pairs.add(new Pair(a, b));
      }
    }
    return pairs;
  }

  /** How many sums there are: of a group, those with its features and later ones. */
  private int size() {
    int size = 0;
    for (int from = 0; from < width; from += group) {
      size += (width - from) * columns(from);
    }
    return size;
  }

  /** The columns p_a p_b φ_i of the group that begins with a feature. */
  private int columns(int from) {
    return pairs.size() * Math.min(group, width - from);
  }

  private void addRows(double[] probabilities, HeadRows rows, int first, int count) {
    readFeatures(rows, first, count);
    readWeights(probabilities, rows, first, count);
    DoubleBuffer right = Scratch.RIGHT.of(width * ROWS);
    for (int j = 0; j < width; j++) {
      right.put(j * ROWS, features[j], 0, count);
    }
    int at = 0;
    for (int from = 0; from < width; from += group) {
      int columns = columns(from);
      int later = width - from;
      Blas.addTimesTransposed(
          right.slice(from * ROWS, later * ROWS),
          scaled(from, count),
          later,
          columns,
          count,
          ROWS,
          sums.slice(at, later * columns));
      at += later * columns;
    }
  }

  /** Features as columns, so that a processor multiplies several rows at once. */
  private void readFeatures(HeadRows rows, int first, int count) {
    for (int i = 0; i < count; i++) {
      int start = (first + i) * width;
      for (int j = 0; j < width; j++) {
        features[j][i] = rows.features()[start + j];
      }
    }
  }

  /** w p_a p_b, one column a pair. */
  private void readWeights(double[] probabilities, HeadRows rows, int first, int count) {
    int classes = probabilities.length / rows.rows();
    for (int pair = 0; pair < pairs.size(); pair++) {
      Pair of = pairs.get(pair);
      for (int i = 0; i < count; i++) {
        int start = (first + i) * classes;
        weights[pair][i] =
            rows.weights()[first + i] * probabilities[start + of.a] * probabilities[start + of.b];
      }
    }
  }

  /** The columns of all pairs with the features of a group. */
  private DoubleBuffer scaled(int from, int count) {
    int to = Math.min(from + group, width);
    DoubleBuffer scaled = Scratch.LEFT.of(columns(from) * ROWS);
    int at = 0;
    for (double[] weight : weights) {
      for (int i = from; i < to; i++) {
        multiply(weight, features[i], column, count);
        scaled.put(at, column, 0, count);
        at += ROWS;
      }
    }
    return scaled;
  }

  private static void multiply(double[] a, double[] b, double[] product, int count) {
    for (int i = 0; i < count; i++) {
      product[i] = a[i] * b[i];
    }
  }

  /** Adds what the sums contribute to the upper half of the Hessian. */
  private void addTo(double[] hessian, HeadShape shape) {
    int at = 0;
    for (int from = 0; from < width; from += group) {
      int to = Math.min(from + group, width);
      for (int j = from; j < width; j++) {
        for (Pair pair : pairs) {
          for (int i = from; i < to; i++) {
            double sum = sums.get(at++);
            if (i <= j) {
              add(sum, pair, i, j, hessian, shape);
            }
          }
        }
      }
    }
  }

  /** Adds the sum of φ_i φ_j, i ≤ j, to the four blocks of a pair. */
  private static void add(double sum, Pair pair, int i, int j, double[] hessian, HeadShape shape) {
    int width = shape.width();
    int parameters = shape.parameters();
    int a = (pair.a - shape.fixed()) * width;
    int b = (pair.b - shape.fixed()) * width;
    hessian[(b + i) * parameters + b + j] += sum;
    if (a >= 0) {
      hessian[(a + i) * parameters + a + j] += sum;
      hessian[(a + i) * parameters + b + j] -= sum;
      if (i < j) {
        hessian[(a + j) * parameters + b + i] -= sum;
      }
    }
  }
}
