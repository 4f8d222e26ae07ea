package org.evenhand.audit;

import java.util.Arrays;
import java.util.Optional;

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
  private final Proportion[] now;
  private final int values;
  private final RowsNeeded.Aim aim;
  private final double minGroupSize;

  private MoreRows(Proportion[] now, int values, RowsNeeded.Aim aim, double minGroupSize) {
    this.now = now;
    this.values = values;
    this.aim = aim;
    this.minGroupSize = minGroupSize;
  }

  /**
   * Additional rows, one number per group, rounded up to two significant digits; empty if not even
   * {@link RowsNeeded#MOST} would do.
   *
   * @param audit of groups in which something could be compared
   */
  static Optional<double[]> toDecide(GroupAudit audit, AuditSettings settings) {
    Proportion[] now =
        audit.groups().stream()
            .map(group -> new Proportion(group.correct(), group.n()))
            .toArray(Proportion[]::new);
    String first = audit.groups().get(0).target();
    int values = (int) audit.groups().stream().filter(g -> g.target().equals(first)).count();
    Proportion[] judged =
        Arrays.stream(now)
            .map(share -> share.n() >= settings.minGroupSize() ? share : new Proportion(0, -1))
            .toArray(Proportion[]::new);
    RowsNeeded.Aim aim = RowsNeeded.Aim.of(judged, values, settings);
    return new MoreRows(now, values, aim, settings.minGroupSize()).plan();
  }

  private Optional<double[]> plan() {
    return RowsNeeded.search(
            this::additional, additional -> aim.likelyReached(grown(additional), values), 1)
        .map(rows -> Arrays.stream(rows).map(RowsNeeded::roundUp).toArray());
  }

  private boolean judged(int group) {
    return now[group].n() >= minGroupSize;
  }

  /** Additional rows of every group at some scale of the allocation. */
  private double[] additional(double scale) {
    double[] additional = new double[now.length];
    for (int group = 0; group < additional.length; group++) {
      if (judged(group) || aim.verdict() == Verdict.WITHIN_TOLERANCE) {
        double accuracy = assumedAccuracy(group);
        double deviationOfOneRow =
            judged(group)
                ? Math.sqrt(now[group].adjustedVariance() * (now[group].n() + 2))
                : Math.sqrt(accuracy * (1 - accuracy));
        double planned = Math.max(minGroupSize, scale * deviationOfOneRow);
        additional[group] = Math.max(0, planned - now[group].n());
      }
    }
    return additional;
  }

  /** The group's own accuracy if it is judged, else that of all rows of its class. */
  private double assumedAccuracy(int group) {
    if (judged(group)) {
      return now[group].value();
    }
    int from = group / values * values;
    double hits = 0;
    double n = 0;
    for (int member = from; member < from + values; member++) {
      hits += now[member].hits();
      n += now[member].n();
    }
    return (hits + 1) / (n + 2);
  }

  private Proportion[] grown(double[] additional) {
    Proportion[] grown = new Proportion[now.length];
    for (int group = 0; group < grown.length; group++) {
      double n = now[group].n() + additional[group];
      grown[group] = new Proportion(assumedAccuracy(group) * n, n);
    }
    return grown;
  }
}
