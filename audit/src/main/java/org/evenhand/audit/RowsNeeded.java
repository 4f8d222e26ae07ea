package org.evenhand.audit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How many rows a verdict will need, before anything is collected.
 *
 * <pre>{@code
 * RowsNeeded needed =
 *     RowsNeeded.forAccuracies(
 *         List.of(
 *             List.of(new RowsNeeded.Group(0.90, 3), new RowsNeeded.Group(0.85, 1)),
 *             List.of(new RowsNeeded.Group(0.80, 3), new RowsNeeded.Group(0.80, 1))),
 *         AuditSettings.DEFAULT);
 * needed.total();
 * }</pre>
 *
 * <p>The verdict is the one that the assumed accuracies deserve. The rows are the fewest of which
 * four of five samples, drawn with these accuracies, bring it.
 *
 * @param verdict what the rows will show: biased where a gap is assumed above its tolerance, else
 *     within tolerance
 * @param rows of every group by class and then by value, rounded up to two significant digits;
 *     empty if {@link #MOST} rows in all would not do, because a gap is assumed too near to its
 *     tolerance
 */
public record RowsNeeded(Verdict verdict, Optional<List<Double>> rows) {
  /** More rows than these in all are no plan. */
  public static final double MOST = 1e6;

  /** How often samples of the planned size bring the verdict. */
  static final double POWER = 0.8;

  private static final int SAMPLES = 100;
  private static final int HALVINGS = 20;
  private static final double FINE = 0.001;

  /** Finer than that, a hundred samples tell nothing. */
  private static final double COARSE = 0.02;

  private static final int DRAWS = 399;

  /**
   * What is assumed of one group.
   *
   * @param accuracy its share of right decisions, 0 to 1
   * @param share of the rows, in any unit: in what proportion groups will be met
   */
  public record Group(double accuracy, double share) {
    /**
     * @throws AuditException if a number is out of its range
     */
    public Group {
      if (!(accuracy >= 0 && accuracy <= 1)) {
        throw new AuditException(
            "An accuracy of %s is assumed; it must be between 0 and 1.".formatted(accuracy));
      }
      if (!(share > 0 && share < Double.POSITIVE_INFINITY)) {
        throw new AuditException(
            "A group's share of the rows is assumed to be %s; it must be above 0."
                .formatted(share));
      }
    }
  }

  /** Copies the list. */
  public RowsNeeded {
    rows = rows.map(List::copyOf);
  }

  /** How many rows in all, rounded up to two significant digits; empty if too many. */
  public Optional<Double> total() {
    return rows.map(groups -> roundUp(groups.stream().mapToDouble(Double::doubleValue).sum()));
  }

  /**
   * Plans rows for groups that are met in the given proportions.
   *
   * @param classes the values' groups of every class, equally many in each, at least two
   * @param settings tolerances, confidence and smallest group
   * @throws AuditException if there are fewer than two classes or values, or classes differ in how
   *     many values they have
   */
  public static RowsNeeded forAccuracies(List<List<Group>> classes, AuditSettings settings) {
    int values = classes.isEmpty() ? 0 : classes.get(0).size();
    if (classes.size() < 2
        || values < 2
        || classes.stream().anyMatch(groups -> groups.size() != values)) {
      throw new AuditException(
          "A plan needs at least two classes with the same values, at least two; it has %s groups by class."
              .formatted(classes.stream().map(List::size).toList()));
    }
    Group[] groups = classes.stream().flatMap(List::stream).toArray(Group[]::new);
    double[] accuracies = Arrays.stream(groups).mapToDouble(Group::accuracy).toArray();
    Aim aim = Aim.of(proportions(accuracies, filled(accuracies.length, 1)), values, settings);
    // The smallest group has one row at scale one.
    double least = Arrays.stream(groups).mapToDouble(Group::share).min().orElseThrow();
    double[] shares = Arrays.stream(groups).mapToDouble(group -> group.share() / least).toArray();
    Allocation met = scale -> DoubleStream.of(shares).map(share -> share * scale).toArray();
    // What rows bring the verdict if samples are as assumed costs a hundredth to find and is near.
    double near =
        search(
                met,
                rows -> aim.likelyReached(proportions(accuracies, rows), values),
                settings.minGroupSize())
            .map(rows -> Arrays.stream(rows).min().orElseThrow())
            .orElse((double) settings.minGroupSize());
    Optional<double[]> rows =
        search(met, scaled -> aim.usuallyReached(accuracies, scaled, values), near, COARSE);
    return new RowsNeeded(
        aim.verdict(),
        rows.map(found -> DoubleStream.of(found).map(RowsNeeded::roundUp).boxed().toList()));
  }

  private static double[] filled(int size, double value) {
    double[] filled = new double[size];
    Arrays.fill(filled, value);
    return filled;
  }

  private static Proportion[] proportions(double[] accuracies, double[] rows) {
    Proportion[] proportions = new Proportion[accuracies.length];
    Arrays.setAll(proportions, i -> new Proportion(accuracies[i] * rows[i], rows[i]));
    return proportions;
  }

  /** Rows of every group at some scale. */
  @FunctionalInterface
  interface Allocation {
    double[] at(double scale);
  }

  /** Whether so many rows bring the verdict. */
  @FunctionalInterface
  interface Enough {
    boolean are(double[] rows);
  }

  /**
   * The fewest rows that are enough; empty if {@link #MOST} are not.
   *
   * @param start a scale from which to search
   */
  static Optional<double[]> search(Allocation allocation, Enough enough, double start) {
    return search(allocation, enough, start, FINE);
  }

  private static Optional<double[]> search(
      Allocation allocation, Enough enough, double start, double precision) {
    double high = start;
    double low = start / 2;
    while (!enough.are(allocation.at(high))) {
      if (Arrays.stream(allocation.at(high)).sum() > MOST) {
        return Optional.empty();
      }
      low = high;
      high *= 2;
    }
    for (int halving = 0; halving < HALVINGS && enough.are(allocation.at(low)); halving++) {
      high = low;
      low /= 2;
    }
    while (high - low > precision * high) {
      double middle = (low + high) / 2;
      if (enough.are(allocation.at(middle))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    double[] rows = allocation.at(high);
    return Arrays.stream(rows).sum() <= MOST ? Optional.of(rows) : Optional.empty();
  }

  /** Rounded up to two significant digits. */
  static double roundUp(double rows) {
    return new BigDecimal(rows)
        .setScale(0, RoundingMode.CEILING)
        .round(new MathContext(2, RoundingMode.CEILING))
        .doubleValue();
  }

  /**
   * A verdict to be reached.
   *
   * @param verdict biased or within tolerance
   */
  record Aim(Verdict verdict, AuditSettings settings) {

    /** The verdict that accuracies deserve if they are the true ones. */
    static Aim of(Proportion[] accuracies, int values, AuditSettings settings) {
      List<Proportion[]> strata = JudgedGroups.of(accuracies, values, 0).comparable().accuracies();
      boolean biased =
          AbsoluteGaps.ofShares(strata).value() > settings.tolerance()
              || new LargestGapBounds(PairTest.DIFFERENCE, strata).largest().gap()
                  > settings.gapTolerance();
      return new Aim(biased ? Verdict.BIASED : Verdict.WITHIN_TOLERANCE, settings);
    }

    /** Whether most samples of these sizes bring the verdict. */
    boolean usuallyReached(double[] accuracies, double[] rows, int values) {
      return IntStream.range(0, SAMPLES)
              .parallel()
              .filter(sample -> reached(drawn(accuracies, rows, sample), values, 1))
              .count()
          >= POWER * SAMPLES;
    }

    private Proportion[] drawn(double[] accuracies, double[] rows, int sample) {
      SplittableRandom random = new SplittableRandom(settings.seed() + sample);
      Proportion[] drawn = new Proportion[accuracies.length];
      for (int group = 0; group < drawn.length; group++) {
        long n = Math.round(rows[group]);
        drawn[group] = new Proportion(new BinomialSampler(n, accuracies[group]).draw(random), n);
      }
      return drawn;
    }

    /** Whether groups like these bring the verdict, with a margin for the next sample. */
    boolean likelyReached(Proportion[] accuracies, int values) {
      return reached(accuracies, values, 1 + Normal.quantile(POWER) / settings.z());
    }

    private boolean reached(Proportion[] accuracies, int values, double margin) {
      JudgedGroups judged = JudgedGroups.of(accuracies, values, settings.minGroupSize());
      List<Proportion[]> strata = judged.comparable().accuracies();
      if (strata.isEmpty()) {
        return false;
      }
      // The largest gap costs less to judge than Model Bias, of which only the lower end is drawn.
      Estimate.Known gap =
          new LargestGapBounds(PairTest.DIFFERENCE, strata).interval(settings.confidence());
      return verdict == Verdict.BIASED
          ? begins(gap, margin) > settings.gapTolerance()
              || begins(modelBias(strata, DRAWS), margin) > settings.tolerance()
          : ends(gap, margin) <= settings.gapTolerance()
              && strata.stream().mapToInt(stratum -> stratum.length).sum() == accuracies.length
              && ends(modelBias(strata, 1), margin) <= settings.tolerance();
    }

    private Estimate.Known modelBias(List<Proportion[]> strata, int draws) {
      return AbsoluteGaps.ofShares(strata)
          .bounds(draws, settings.seed())
          .interval(settings.confidence());
    }

    private static double begins(Estimate.Known known, double margin) {
      return known.value() - margin * (known.value() - known.low());
    }

    private static double ends(Estimate.Known known, double margin) {
      return known.value() + margin * (known.high() - known.value());
    }
  }
}
