package org.evenhand.audit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;
import org.evenhand.audit.Estimate.Known;

/**
 * How many more rows of every group would bring a verdict, if the measured accuracies stay.
 *
 * <p>Where a gap is measured above its tolerance, the verdict to come is BIASED, and only groups
 * that are judged already can show it. Else it is WITHIN_TOLERANCE, for which every group needs
 * enough rows; one that has too few now is assumed to be as accurate as its class.
 *
 * <p>Rows are planned where they narrow the intervals most for their number (Neyman's allocation:
 * group sizes in proportion to the standard deviation of one row), on top of those that are there,
 * and with a margin for the next sample being another one.
 */
final class MoreRows {
  /** Advice to collect more rows than these in all is no advice. */
  static final double MOST = 1e6;

  /** Chance of a verdict if the next estimate varied normally around the measured one. */
  private static final double POWER = 0.8;

  private static final int HALVINGS = 12;
  private static final int DRAWS = 999;

  private final Proportion[] accuracies;
  private final int values;
  private final boolean showingBias;
  private final AuditSettings settings;
  private final double margin;

  private MoreRows(
      Proportion[] accuracies, int values, boolean showingBias, AuditSettings settings) {
    this.accuracies = accuracies;
    this.values = values;
    this.showingBias = showingBias;
    this.settings = settings;
    this.margin = 1 + Normal.quantile(POWER) / settings.z();
  }

  /**
   * Additional rows, one number a group, rounded up to two significant digits; empty if not even
   * {@link #MOST} would do.
   *
   * @param audit of groups in which something could be compared
   */
  static Optional<double[]> toDecide(GroupAudit audit, AuditSettings settings) {
    boolean showingBias =
        exceeds(audit.modelBias(), settings.tolerance())
            || exceeds(audit.largestGap().estimate(), settings.gapTolerance());
    Proportion[] accuracies =
        audit.groups().stream()
            .map(group -> new Proportion(group.correct(), group.n()))
            .toArray(Proportion[]::new);
    int values =
        (int)
            audit.groups().stream()
                .filter(group -> group.target().equals(audit.groups().get(0).target()))
                .count();
    return new MoreRows(accuracies, values, showingBias, settings).plan();
  }

  private static boolean exceeds(Estimate estimate, double tolerance) {
    return estimate instanceof Known known && known.value() > tolerance;
  }

  private Optional<double[]> plan() {
    double high = 1;
    while (!decides(high) && total(high) <= MOST) {
      high *= 2;
    }
    double low = 0;
    for (int halving = 0; halving < HALVINGS; halving++) {
      double middle = (low + high) / 2;
      if (decides(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return total(high) <= MOST
        ? Optional.of(Arrays.stream(additional(high)).map(MoreRows::roundUp).toArray())
        : Optional.empty();
  }

  private double total(double scale) {
    return Arrays.stream(additional(scale)).sum();
  }

  /** Additional rows of every group at some scale of the allocation. */
  private double[] additional(double scale) {
    double[] additional = new double[accuracies.length];
    for (int group = 0; group < additional.length; group++) {
      Proportion now = accuracies[group];
      boolean judged = now.n() >= settings.minGroupSize();
      if (judged || !showingBias) {
        double accuracy = assumedAccuracy(group);
        double deviationOfOneRow =
            judged
                ? Math.sqrt(now.adjustedVariance() * (now.n() + 2))
                : Math.sqrt(accuracy * (1 - accuracy));
        double planned = Math.max(settings.minGroupSize(), scale * deviationOfOneRow);
        additional[group] = Math.max(0, planned - now.n());
      }
    }
    return additional;
  }

  /** The group's own accuracy if it is judged, else that of all rows of its class. */
  private double assumedAccuracy(int group) {
    if (accuracies[group].n() >= settings.minGroupSize()) {
      return accuracies[group].value();
    }
    int from = group / values * values;
    double hits = 0;
    double n = 0;
    for (int member = from; member < from + values; member++) {
      hits += accuracies[member].hits();
      n += accuracies[member].n();
    }
    return (hits + 1) / (n + 2);
  }

  private boolean decides(double scale) {
    double[] additional = additional(scale);
    Proportion[] grown = new Proportion[accuracies.length];
    for (int group = 0; group < grown.length; group++) {
      double n = accuracies[group].n() + additional[group];
      grown[group] = n == 0 ? accuracies[group] : new Proportion(assumedAccuracy(group) * n, n);
    }
    JudgedGroups groups = JudgedGroups.of(grown, values, settings.minGroupSize()).comparable();
    if (groups.classes().isEmpty()) {
      return false;
    }
    Known bias =
        AbsoluteGaps.ofShares(groups.accuracies())
            .bounds(DRAWS, settings.seed())
            .interval(settings.confidence());
    Known gap =
        new LargestGapBounds(PairTest.DIFFERENCE, groups.accuracies())
            .interval(settings.confidence());
    return showingBias
        ? begins(bias) > settings.tolerance() || begins(gap) > settings.gapTolerance()
        : ends(bias) <= settings.tolerance() && ends(gap) <= settings.gapTolerance();
  }

  private double begins(Known known) {
    return known.value() - margin * (known.value() - known.low());
  }

  private double ends(Known known) {
    return known.value() + margin * (known.high() - known.value());
  }

  /** Rounded up to two significant digits. */
  static double roundUp(double rows) {
    return new BigDecimal(rows)
        .setScale(0, RoundingMode.CEILING)
        .round(new MathContext(2, RoundingMode.CEILING))
        .doubleValue();
  }
}
