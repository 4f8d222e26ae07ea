package org.evenhand.repair;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.audit.EffectiveRows;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;

/**
 * The groups of one attribute with their accuracies before and after a repair on the same rows. The
 * two accuracies of a group are correlated, so that their difference is far more certain than
 * either.
 *
 * <p>Let d be measured accuracies, δ the true ones, e = d − δ the noise, which is drawn from the
 * joint normal distribution of before and after (group by group, from the four counts of right and
 * wrong). A gap figure f is convex in d, so noise makes it larger, and most where the truth is
 * nearest to zero: percentiles of drawn figures are then not bounds (with twenty groups at 0 bias,
 * half of them right before and nearly all after, they call a fall shown in every sample). Instead
 *
 * <ul>
 *   <li>f(d) − f(δ) ≤ g(e), where g takes ±e for a gap whose sign is clear and |e| for the others;
 *   <li>f(δ) − f(d) ≤ −s·e for the subgradient s of f at δ, which is taken at d.
 * </ul>
 *
 * <p>So the change lies above f(d') − f(d) − q with confidence c, where q is the c-quantile of
 * g(e') − s·e, a prime marking after; and below f(d') − f(d) + q' with the roles exchanged. What is
 * simulated of its errors and its power stands in {@code docs/statistics.md}.
 */
final class PairedGroups {
  private static final int DRAWS = 4_000;
  private static final double CONFIDENCE = 0.95;

  /** A gap of so many standard errors has a clear sign. */
  private static final double CLEAR = 2.5;

  private final int classes;
  private final int values;
  private final boolean[] judged;
  private final double[] before;
  private final double[] after;
  private final double[] spread;
  private final double[] along;
  private final double[] rest;
  private final long seed;

  private PairedGroups(
      int classes,
      int values,
      boolean[] judged,
      double[] before,
      double[] after,
      double[] both,
      double[] sizes,
      long seed) {
    this.classes = classes;
    this.values = values;
    this.judged = judged;
    this.before = before;
    this.after = after;
    this.seed = seed;
    int groups = before.length;
    this.spread = new double[groups];
    this.along = new double[groups];
    this.rest = new double[groups];
    for (int g = 0; g < groups; g++) {
      if (judged[g]) {
        double n = sizes[g];
        // One right and one wrong added, so that a group without errors is not taken as certain.
        double was = (before[g] * n + 1) / (n + 2);
        double is = (after[g] * n + 1) / (n + 2);
        double covariance = (both[g] - before[g] * after[g]) / n;
        spread[g] = Math.sqrt(was * (1 - was) / n);
        along[g] = covariance / spread[g];
        rest[g] = Math.sqrt(Math.max(0, is * (1 - is) / n - along[g] * along[g]));
      }
    }
  }

  /**
   * Counts the groups.
   *
   * @param rows with their true classes
   * @param attribute one of theirs
   * @param before decided classes
   * @param after decided classes
   * @param least a group of fewer rows is not judged
   * @param weights what those of the rows mean
   * @param seed of the draws
   */
  static PairedGroups of(
      LabelledSet rows,
      Attribute attribute,
      int[] before,
      int[] after,
      double least,
      WeightKind weights,
      long seed) {
    Members members = Members.of(attribute, rows.weights());
    int[] targets = rows.target().codes();
    int classes = rows.target().classes().size();
    int groups = classes * attribute.size();
    double[] sizes = new double[groups];
    double[] rightBefore = new double[groups];
    double[] rightAfter = new double[groups];
    double[] both = new double[groups];
    for (int member = 0; member < members.rows().length; member++) {
      int row = members.rows()[member];
      double weight = members.weights()[member];
      int g = targets[row] * attribute.size() + members.attribute().codes()[member];
      boolean was = before[row] == targets[row];
      boolean is = after[row] == targets[row];
      sizes[g] += weight;
      rightBefore[g] += was ? weight : 0;
      rightAfter[g] += is ? weight : 0;
      both[g] += was && is ? weight : 0;
    }
    boolean[] judged = new boolean[groups];
    for (int g = 0; g < groups; g++) {
      judged[g] = sizes[g] > 0 && sizes[g] >= least;
      if (judged[g]) {
        rightBefore[g] /= sizes[g];
        rightAfter[g] /= sizes[g];
        both[g] /= sizes[g];
      }
    }
    if (weights == WeightKind.SAMPLING) {
      sizes = effective(members, targets, before, after, groups);
      for (int g = 0; g < groups; g++) {
        judged[g] &= sizes[g] >= least;
      }
    }
    return new PairedGroups(
        classes, attribute.size(), judged, rightBefore, rightAfter, both, sizes, seed);
  }

  /** The figure of an aim that is about decisions on labelled rows. */
  PairedChange of(Aim aim) {
    return switch (aim) {
      case MODEL_BIAS -> modelBias();
      case LARGEST_GAP -> largestGap();
      case WORST_GROUP -> worst();
      case AVERAGE_GROUP -> average();
      case COUNTERFACTUAL_BIAS -> throw new IllegalArgumentException("not of decisions");
    };
  }

  /** As many equal rows as know the least certain of a group's accuracies and of their change. */
  private static double[] effective(
      Members members, int[] targets, int[] before, int[] after, int groups) {
    int values = members.attribute().size();
    int[] groupOf =
        IntStream.range(0, members.rows().length)
            .map(m -> targets[members.rows()[m]] * values + members.attribute().codes()[m])
            .toArray();
    double[] sizes = new double[groups];
    for (int g = 0; g < groups; g++) {
      int group = g;
      int[] own = IntStream.range(0, groupOf.length).filter(m -> groupOf[m] == group).toArray();
      double[] weights = Arrays.stream(own).mapToDouble(m -> members.weights()[m]).toArray();
      double[] was = right(own, members, targets, before);
      double[] is = right(own, members, targets, after);
      double[] change = IntStream.range(0, own.length).mapToDouble(m -> is[m] - was[m]).toArray();
      sizes[g] =
          Arrays.stream(weights).sum() > 0
              ? Stream.of(was, is, change)
                  .mapToDouble(figures -> EffectiveRows.number(figures, weights))
                  .min()
                  .orElseThrow()
              : 0;
    }
    return sizes;
  }

  private static double[] right(int[] own, Members members, int[] targets, int[] decisions) {
    return Arrays.stream(own)
        .map(m -> members.rows()[m])
        .mapToDouble(row -> decisions[row] == targets[row] ? 1 : 0)
        .toArray();
  }

  /** The mean over classes of the mean absolute gap between judged values. */
  PairedChange modelBias() {
    return change(new MeanGap());
  }

  /** The largest gap between two judged values in one class. */
  PairedChange largestGap() {
    return change(new MaximalGap());
  }

  /** The lowest accuracy of the judged groups. */
  PairedChange worst() {
    return change(new Worst());
  }

  /** The mean accuracy of the judged groups. */
  PairedChange average() {
    return change(new Average());
  }

  /** A figure of the groups' accuracies, with what bounds its noise. */
  private interface Figure {
    double of(double[] accuracies);

    /** At most how far the measured figure is above the true one, for this noise. */
    double above(double[] measured, double[] deviations, double[] noise);

    /** At most how far the measured figure is below the true one, for this noise. */
    double below(double[] measured, double[] deviations, double[] noise);
  }

  private PairedChange change(Figure figure) {
    double[] deviationsAfter = new double[spread.length];
    for (int g = 0; g < spread.length; g++) {
      deviationsAfter[g] = Math.hypot(along[g], rest[g]);
    }
    double[] tooHigh = new double[DRAWS];
    double[] tooLow = new double[DRAWS];
    double[] noise = new double[spread.length];
    double[] noiseAfter = new double[spread.length];
    Random random = new Random(seed);
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int g = 0; g < spread.length; g++) {
        double z = random.nextGaussian();
        noise[g] = spread[g] * z;
        noiseAfter[g] = along[g] * z + rest[g] * random.nextGaussian();
      }
      tooHigh[draw] =
          figure.above(after, deviationsAfter, noiseAfter) + figure.below(before, spread, noise);
      tooLow[draw] =
          figure.above(before, spread, noise) + figure.below(after, deviationsAfter, noiseAfter);
    }
    double change = figure.of(after) - figure.of(before);
    return new PairedChange(change, change - quantile(tooHigh), change + quantile(tooLow));
  }

  private static double quantile(double[] draws) {
    Arrays.sort(draws);
    return draws[(int) Math.ceil(CONFIDENCE * draws.length) - 1];
  }

  /** Two judged groups of one class. */
  private record Pair(int first, int second) {
    double gap(double[] accuracies) {
      return accuracies[first] - accuracies[second];
    }

    double sign(double[] accuracies) {
      return gap(accuracies) >= 0 ? 1 : -1;
    }

    boolean clear(double[] accuracies, double[] deviations) {
      return Math.abs(gap(accuracies)) > CLEAR * Math.hypot(deviations[first], deviations[second]);
    }

    double most(double[] accuracies, double[] deviations, double[] noise) {
      return clear(accuracies, deviations) ? sign(accuracies) * gap(noise) : Math.abs(gap(noise));
    }
  }

  /** Adds up a number over the pairs of every class with at least two judged values. */
  private double mean(ToDoubleFunction<Pair> ofPair) {
    double sum = 0;
    int withPairs = 0;
    for (int t = 0; t < classes; t++) {
      double inClass = 0;
      int pairs = 0;
      for (int i = t * values; i < (t + 1) * values; i++) {
        for (int j = i + 1; j < (t + 1) * values; j++) {
          if (judged[i] && judged[j]) {
            inClass += ofPair.applyAsDouble(new Pair(i, j));
            pairs++;
          }
        }
      }
      if (pairs > 0) {
        sum += inClass / pairs;
        withPairs++;
      }
    }
    return withPairs == 0 ? Double.NaN : sum / withPairs;
  }

  private final class MeanGap implements Figure {
    @Override
    public double of(double[] accuracies) {
      return mean(pair -> Math.abs(pair.gap(accuracies)));
    }

    @Override
    public double above(double[] measured, double[] deviations, double[] noise) {
      return mean(pair -> pair.most(measured, deviations, noise));
    }

    @Override
    public double below(double[] measured, double[] deviations, double[] noise) {
      return -mean(pair -> pair.sign(measured) * pair.gap(noise));
    }
  }

  private final class MaximalGap implements Figure {
    @Override
    public double of(double[] accuracies) {
      double[] largest = {Double.NaN};
      mean(
          pair -> {
            double gap = Math.abs(pair.gap(accuracies));
            largest[0] = Double.isNaN(largest[0]) ? gap : Math.max(largest[0], gap);
            return 0;
          });
      return largest[0];
    }

    /** Any pair that may be the largest can be what noise has made larger. */
    @Override
    public double above(double[] measured, double[] deviations, double[] noise) {
      double largest = of(measured);
      double[] most = {Double.NEGATIVE_INFINITY};
      mean(
          pair -> {
            double gap = Math.abs(pair.gap(measured));
            double deviation = Math.hypot(deviations[pair.first()], deviations[pair.second()]);
            if (largest - gap <= CLEAR * Math.sqrt(2) * deviation) {
              most[0] = Math.max(most[0], pair.most(measured, deviations, noise));
            }
            return 0;
          });
      return most[0];
    }

    @Override
    public double below(double[] measured, double[] deviations, double[] noise) {
      double largest = of(measured);
      double[] at = {0};
      mean(
          pair -> {
            if (Math.abs(pair.gap(measured)) == largest) {
              at[0] = -pair.sign(measured) * pair.gap(noise);
            }
            return 0;
          });
      return at[0];
    }
  }

  private final class Worst implements Figure {
    @Override
    public double of(double[] accuracies) {
      double worst = Double.NaN;
      for (int g = 0; g < judged.length; g++) {
        if (judged[g] && !(accuracies[g] >= worst)) {
          worst = accuracies[g];
        }
      }
      return worst;
    }

    /** The truly worst group was measured at least as high as the lowest. */
    @Override
    public double above(double[] measured, double[] deviations, double[] noise) {
      double worst = of(measured);
      for (int g = 0; g < judged.length; g++) {
        if (judged[g] && measured[g] == worst) {
          return noise[g];
        }
      }
      return 0;
    }

    /** Any group that may be the worst can be what noise has made worse. */
    @Override
    public double below(double[] measured, double[] deviations, double[] noise) {
      double worst = of(measured);
      double most = Double.NEGATIVE_INFINITY;
      for (int g = 0; g < judged.length; g++) {
        if (judged[g] && measured[g] - worst <= CLEAR * Math.sqrt(2) * deviations[g]) {
          most = Math.max(most, -noise[g]);
        }
      }
      return most;
    }
  }

  private final class Average implements Figure {
    @Override
    public double of(double[] accuracies) {
      double sum = 0;
      int groups = 0;
      for (int g = 0; g < judged.length; g++) {
        sum += judged[g] ? accuracies[g] : 0;
        groups += judged[g] ? 1 : 0;
      }
      return groups == 0 ? Double.NaN : sum / groups;
    }

    @Override
    public double above(double[] measured, double[] deviations, double[] noise) {
      return of(noise);
    }

    @Override
    public double below(double[] measured, double[] deviations, double[] noise) {
      return -of(noise);
    }
  }
}
