package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Members;

/**
 * Differences of selection rates between rows that are alike in a control column: Σ_l w_l·(r_bl −
 * r_rl), with r the selection rates of a value b and of the reference r in level l, and w_l the
 * level's share of the rows, as conditional demographic disparity averages them (Wachter,
 * Mittelstadt and Russell 2021). Levels in which either has no rows cannot be compared; the shares
 * of the others are scaled to sum to 1.
 *
 * @param attribute its name
 * @param control the column whose levels are held fixed
 * @param reference the value that others are compared with
 * @param gaps one per value but the reference
 */
public record WithinGaps(String attribute, String control, String reference, List<Gap> gaps) {
  /** Copies the list. */
  public WithinGaps {
    gaps = List.copyOf(gaps);
  }

  /**
   * One value compared with the reference.
   *
   * @param value its name
   * @param gap selection rate less the reference's, within levels, −1 to 1
   * @param levels that could be compared
   * @param covered their share of the rows, 0 to 1
   */
  public record Gap(String value, Estimate gap, int levels, double covered) {}

  /**
   * The gaps of every attribute.
   *
   * @param set the rows that are audited
   * @param decisions one class per row
   * @param control the level of every row; rows of unknown level take no part
   * @param audit of the rows
   * @throws AuditException if no class is favourable, or the control is the attribute itself
   */
  public static List<WithinGaps> of(
      LabelledSet set, int[] decisions, Attribute control, AuditResult audit) {
    int favourable = audit.requireFavourable();
    return set.attributes().stream()
        .map(
            attribute -> {
              if (attribute.name().equals(control.name())) {
                throw new AuditException(
                    "Attribute '%s' cannot be compared within its own values; name another column."
                        .formatted(control.name()));
              }
              Members members = Members.of(attribute, set.weights());
              return of(
                  counts(members, decisions, control, favourable, audit.settings().weightKind()),
                  attribute,
                  control,
                  audit.attribute(attribute.name()).reference(),
                  audit.settings().z());
            })
        .toList();
  }

  /**
   * Rows by level and value.
   *
   * @param given those given the favourable class
   * @param others those given another
   */
  private record Selected(Tally[][] given, Tally[][] others) {
    double n(int level, int b) {
      return given[level][b].plus(others[level][b]).weight();
    }

    double rows(int level) {
      return IntStream.range(0, given[level].length).mapToDouble(b -> n(level, b)).sum();
    }

    boolean occurs(int b) {
      return IntStream.range(0, given.length).anyMatch(level -> n(level, b) > 0);
    }

    Known rate(int level, int b, double z) {
      return Tally.share(given[level][b], others[level][b]).wilson(z);
    }
  }

  private static Selected counts(
      Members members, int[] decisions, Attribute control, int favourable, WeightKind kind) {
    Tally[][] given = new Tally[control.size()][];
    Tally[][] others = new Tally[control.size()][];
    Arrays.setAll(given, level -> Tally.none(members.attribute().size()));
    Arrays.setAll(others, level -> Tally.none(members.attribute().size()));
    for (int i = 0; i < members.rows().length; i++) {
      int row = members.rows()[i];
      int level = control.codes()[row];
      if (level != Attribute.UNKNOWN) {
        int b = members.attribute().codes()[i];
        Tally[][] outcome = decisions[row] == favourable ? given : others;
        outcome[level][b] = outcome[level][b].plus(Tally.of(members.weights()[i], kind));
      }
    }
    return new Selected(given, others);
  }

  private static WithinGaps of(
      Selected counts, Attribute attribute, Attribute control, String reference, double z) {
    int compared = attribute.values().indexOf(reference);
    List<Gap> gaps = new ArrayList<>();
    for (int b = 0; b < attribute.size(); b++) {
      if (b != compared && counts.occurs(b)) {
        gaps.add(gap(counts, attribute.values().get(b), b, compared, control.name(), z));
      }
    }
    return new WithinGaps(attribute.name(), control.name(), reference, gaps);
  }

  private static Gap gap(
      Selected counts, String value, int b, int compared, String control, double z) {
    List<Known> parts = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    double all = 0;
    double covered = 0;
    for (int level = 0; level < counts.given().length; level++) {
      double rows = counts.rows(level);
      all += rows;
      if (counts.n(level, b) > 0 && counts.n(level, compared) > 0) {
        covered += rows;
        shares.add(rows);
        parts.add(counts.rate(level, b, z));
        parts.add(counts.rate(level, compared, z));
      }
    }
    if (parts.isEmpty()) {
      return new Gap(
          value, new Unknown("no level of '%s' has rows of both values".formatted(control)), 0, 0);
    }
    double[] coefficients = new double[parts.size()];
    for (int i = 0; i < shares.size(); i++) {
      coefficients[2 * i] = shares.get(i) / covered;
      coefficients[2 * i + 1] = -shares.get(i) / covered;
    }
    return new Gap(
        value, Mover.sum(coefficients, parts.toArray(Known[]::new)), shares.size(), covered / all);
  }
}
