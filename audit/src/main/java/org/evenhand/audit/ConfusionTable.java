package org.evenhand.audit;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Members;
import org.evenhand.core.Target;

/**
 * How many rows of every group (t,b) were decided as every class: the counts n[t][b][ŷ] that all
 * metrics of decisions are made of. Rows are counted in parallel, with the same result whatever the
 * number of threads; whole-number weights are summed without rounding.
 */
public final class ConfusionTable {
  private static final int CHUNK = 1 << 16;

  private final int classes;
  private final int values;
  private final double[] counts;

  private ConfusionTable(int classes, int values, double[] counts) {
    this.classes = classes;
    this.values = values;
    this.counts = counts;
  }

  /**
   * Counts rows, each of which counts once; those whose value is unknown are left out.
   *
   * @param target the true classes
   * @param attribute the attribute's values, as many as the target has rows
   * @param decisions one class index a row, in {@code [0, classes)}
   * @throws AuditException if the lengths differ
   */
  public static ConfusionTable of(Target target, Attribute attribute, int[] decisions) {
    requireRows("attribute '" + attribute.name() + "' has", attribute.codes().length, target);
    requireRows("the decisions have", decisions.length, target);
    if (attribute.certain()) {
      return ofUnweighted(target, attribute, decisions);
    }
    double[] ones = new double[decisions.length];
    Arrays.fill(ones, 1);
    return of(target, decisions, Members.of(attribute, ones));
  }

  private static ConfusionTable ofUnweighted(Target target, Attribute attribute, int[] decisions) {
    int classes = target.classes().size();
    int values = attribute.size();
    int cells = classes * values * classes;
    int[] codes = target.codes();
    return new ConfusionTable(
        classes,
        values,
        sumOfChunks(
            codes.length,
            cells,
            (from, to) ->
                countRows(codes, attribute.codes(), decisions, from, to, values, classes)));
  }

  /**
   * Counts weighted rows. Rows whose value is unknown are left out; rows that are known by
   * probabilities count in every group with that share of their weight.
   *
   * @param target the true classes
   * @param attribute the attribute's values, as many as the target has rows
   * @param decisions one class index a row, in {@code [0, classes)}
   * @param weights frequency weights, finite and not negative: a row of weight 2 counts as the row
   *     twice
   * @throws AuditException if the lengths differ
   */
  public static ConfusionTable of(
      Target target, Attribute attribute, int[] decisions, double[] weights) {
    requireRows("the weights have", weights.length, target);
    requireRows("attribute '" + attribute.name() + "' has", attribute.codes().length, target);
    requireRows("the decisions have", decisions.length, target);
    return attribute.certain()
        ? ofCertain(target, attribute, decisions, weights)
        : of(target, decisions, Members.of(attribute, weights));
  }

  private static ConfusionTable of(Target target, int[] decisions, Members members) {
    int[] rows = members.rows();
    return ofCertain(
        target.select(rows),
        members.attribute(),
        Arrays.stream(rows).map(row -> decisions[row]).toArray(),
        members.weights());
  }

  private static ConfusionTable ofCertain(
      Target target, Attribute attribute, int[] decisions, double[] weights) {
    if (allOne(weights)) {
      return ofUnweighted(target, attribute, decisions);
    }
    int classes = target.classes().size();
    int values = attribute.size();
    int[] codes = target.codes();
    return new ConfusionTable(
        classes,
        values,
        sumOfChunks(
            codes.length,
            classes * values * classes,
            (from, to) -> {
              double[] sums = new double[classes * values * classes];
              for (int row = from; row < to; row++) {
                sums[(codes[row] * values + attribute.codes()[row]) * classes + decisions[row]] +=
                    weights[row];
              }
              return sums;
            }));
  }

  private static void requireRows(String what, int actual, Target target) {
    if (actual != target.codes().length) {
      throw new AuditException(
          "The target '%s' has %d rows, but %s %d."
              .formatted(target.name(), target.codes().length, what, actual));
    }
  }

  private static boolean allOne(double[] weights) {
    for (double weight : weights) {
      if (weight != 1) {
        return false;
      }
    }
    return true;
  }

  @FunctionalInterface
  private interface ChunkCounter {
    double[] count(int from, int to);
  }

  /**
   * Chunk bounds depend on the number of rows alone and their sums are added in order, so that even
   * fractional weights give the same last bit whatever the number of threads.
   */
  private static double[] sumOfChunks(int rows, int cells, ChunkCounter counter) {
    int chunk = Math.max(CHUNK, 16 * cells);
    int chunks = (int) (((long) rows + chunk - 1) / chunk);
    IntFunction<double[]> countChunk =
        c -> counter.count(c * chunk, (int) Math.min(rows, (c + 1L) * chunk));
    double[][] partial =
        IntStream.range(0, chunks).parallel().mapToObj(countChunk).toArray(double[][]::new);
    double[] total = new double[cells];
    for (double[] sums : partial) {
      for (int cell = 0; cell < cells; cell++) {
        total[cell] += sums[cell];
      }
    }
    return total;
  }

  /**
   * Four interleaved histograms: neighbouring rows often fall into the same cell, and incrementing
   * one counter twice in a row would wait for the first store.
   */
  private static double[] countRows(
      int[] t, int[] b, int[] decided, int from, int to, int values, int classes) {
    int cells = classes * values * classes;
    int[] first = new int[cells];
    int[] second = new int[cells];
    int[] third = new int[cells];
    int[] fourth = new int[cells];
    int i = from;
    for (; i < to - 3; i += 4) {
      first[(t[i] * values + b[i]) * classes + decided[i]]++;
      second[(t[i + 1] * values + b[i + 1]) * classes + decided[i + 1]]++;
      third[(t[i + 2] * values + b[i + 2]) * classes + decided[i + 2]]++;
      fourth[(t[i + 3] * values + b[i + 3]) * classes + decided[i + 3]]++;
    }
    for (; i < to; i++) {
      first[(t[i] * values + b[i]) * classes + decided[i]]++;
    }
    double[] sums = new double[cells];
    Arrays.setAll(sums, cell -> (double) first[cell] + second[cell] + third[cell] + fourth[cell]);
    return sums;
  }

  /** K, the number of classes. */
  public int classes() {
    return classes;
  }

  /** |B|, the number of the attribute's values. */
  public int values() {
    return values;
  }

  /**
   * The weighted number of rows of a group that were decided as a class.
   *
   * @param target t, in {@code [0, classes())}
   * @param value b, in {@code [0, values())}
   * @param decision ŷ, in {@code [0, classes())}
   */
  public double count(int target, int value, int decision) {
    return counts[(target * values + value) * classes + decision];
  }

  /**
   * The weighted number of rows of a group.
   *
   * @param target t, in {@code [0, classes())}
   * @param value b, in {@code [0, values())}
   */
  public double rows(int target, int value) {
    double sum = 0;
    for (int decision = 0; decision < classes; decision++) {
      sum += count(target, value, decision);
    }
    return sum;
  }

  /** The values that some counted row has, ascending. */
  int[] occurringValues() {
    return IntStream.range(0, values)
        .filter(b -> IntStream.range(0, classes).anyMatch(t -> rows(t, b) > 0))
        .toArray();
  }

  /**
   * The share of a group's rows that were decided correctly, 0 to 1; NaN for an empty group.
   *
   * @param target t, in {@code [0, classes())}
   * @param value b, in {@code [0, values())}
   */
  public double accuracy(int target, int value) {
    return count(target, value, target) / rows(target, value);
  }
}
