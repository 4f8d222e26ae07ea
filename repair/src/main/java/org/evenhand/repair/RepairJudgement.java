package org.evenhand.repair;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a repair may be offered, judged by rows that it was not fitted on.
 *
 * @param findings of each aim, in their order
 * @param declined why it is not offered; empty if it is
 * @param beyondLimit what it costs beyond the limit of the search that found it; empty if it keeps
 *     it
 * @param instead aims that were not named and that the repair is shown to reach
 */
public record RepairJudgement(
    List<AimFinding> findings,
    Optional<String> declined,
    Optional<String> beyondLimit,
    List<Aim> instead) {
  private static final double MOST_ROWS = 10_000_000;

  /** Copies the lists. */
  public RepairJudgement {
    findings = List.copyOf(findings);
    instead = List.copyOf(instead);
  }

  /**
   * What unseen rows say of an aim.
   *
   * @param aim one that was named
   * @param finding over all repaired attributes: the opposite is found if it is for one of them,
   *     the aim if it is for one and the opposite for none
   */
  public record AimFinding(Aim aim, Finding finding) {}

  /**
   * Judges a repair.
   *
   * @param proposal what was found; what its method says against it goes first
   * @param measured what it does to unseen rows
   * @param goals what it is for, and what it may cost
   */
  public static RepairJudgement of(Proposal proposal, Measured measured, RepairGoals goals) {
    List<AimFinding> findings =
        goals.aims().stream()
            .map(aim -> new AimFinding(aim, finding(proposal, measured, aim)))
            .toList();
    List<Aim> instead =
        Arrays.stream(Aim.values())
            .filter(aim -> !goals.aims().contains(aim))
            .filter(aim -> finding(proposal, measured, aim) == Finding.SHOWN)
            .toList();
    Optional<String> declined =
        proposal
            .declined()
            .or(() -> worse(proposal, measured, findings))
            .or(() -> unproven(proposal, measured, findings, instead, goals))
            .or(() -> goals.searched() ? Optional.empty() : tooCostly(measured, goals))
            .or(() -> refused(measured, goals));
    return new RepairJudgement(
        findings,
        declined,
        goals.searched() ? beyondLimit(measured, goals) : Optional.empty(),
        instead);
  }

  private static Finding finding(Proposal proposal, Measured measured, Aim aim) {
    List<Finding> byAttribute =
        proposal.attributes().stream()
            .map(name -> measured.effects().attribute(name).of(aim))
            .flatMap(Optional::stream)
            .map(change -> Finding.of(change, aim.rises()))
            .toList();
    if (byAttribute.contains(Finding.WORSE)) {
      return Finding.WORSE;
    }
    return byAttribute.contains(Finding.SHOWN) ? Finding.SHOWN : Finding.OPEN;
  }

  private static Optional<String> worse(
      Proposal proposal, Measured measured, List<AimFinding> findings) {
    return findings.stream()
        .filter(found -> found.finding() == Finding.WORSE)
        .findFirst()
        .map(
            found ->
                "on the %s rows the repair does the opposite of what it is for: %s."
                    .formatted(measured.rows(), changes(proposal, measured, found.aim())));
  }

  private static Optional<String> unproven(
      Proposal proposal,
      Measured measured,
      List<AimFinding> findings,
      List<Aim> instead,
      RepairGoals goals) {
    if (goals.acceptUnproven()
        || findings.stream().anyMatch(found -> found.finding() == Finding.SHOWN)) {
      return Optional.empty();
    }
    Aim aim = findings.get(0).aim();
    StringBuilder reason =
        new StringBuilder(
            "the %s rows leave open whether %s %s: %s."
                .formatted(
                    measured.rows(),
                    aim.title(),
                    aim.rises() ? "rises" : "falls",
                    changes(proposal, measured, aim)));
    reason.append(whatWouldDecide(proposal, measured, aim));
    if (!instead.isEmpty()) {
      reason.append(
          " It is shown to improve %s: name that as its aim, if it is one."
              .formatted(instead.stream().map(Aim::title).collect(Collectors.joining(" and "))));
    }
    return Optional.of(reason.toString());
  }

  private static String changes(Proposal proposal, Measured measured, Aim aim) {
    return proposal.attributes().stream()
        .map(
            name ->
                measured
                    .effects()
                    .attribute(name)
                    .of(aim)
                    .map(change -> described(aim, name, change))
                    .orElse("%s by '%s' cannot be judged".formatted(aim.title(), name)))
        .collect(Collectors.joining("; "));
  }

  private static String described(Aim aim, String attribute, PairedChange change) {
    return String.format(
        Locale.ROOT,
        "%s by '%s' changes by %+.1f points [%+.1f, %+.1f]",
        aim.title(),
        attribute,
        100 * change.value(),
        100 * change.low(),
        100 * change.high());
  }

  /** The margin shrinks with the root of the rows. */
  private static String whatWouldDecide(Proposal proposal, Measured measured, Aim aim) {
    double fewest = Double.POSITIVE_INFINITY;
    for (String name : proposal.attributes()) {
      Optional<PairedChange> change = measured.effects().attribute(name).of(aim);
      if (change.isPresent()) {
        double towards = aim.rises() ? change.get().value() : -change.get().value();
        double margin =
            aim.rises()
                ? change.get().value() - change.get().low()
                : change.get().high() - change.get().value();
        if (towards > 0) {
          fewest = Math.min(fewest, measured.before().rows() * Math.pow(margin / towards, 2));
        }
      }
    }
    if (fewest > MOST_ROWS) {
      return " More rows are not expected to show it.";
    }
    return String.format(
        Locale.ROOT,
        " About %,.0f rows to measure on would show it if the change stays as it is.",
        rounded(fewest));
  }

  /** Two digits, upwards. */
  private static double rounded(double rows) {
    double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(rows)) - 1));
    return Math.ceil(rows / unit) * unit;
  }

  private static Optional<String> tooCostly(Measured measured, RepairGoals goals) {
    return beyond(measured, goals)
        .map(
            loss ->
                String.format(
                    Locale.ROOT,
                    "on the %s rows it costs %.1f points of overall accuracy, more than the %s allowed.",
                    measured.rows(),
                    100 * loss,
                    limit(goals)));
  }

  private static Optional<String> beyondLimit(Measured measured, RepairGoals goals) {
    PairedChange change = measured.effects().overall();
    return beyond(measured, goals)
        .map(
            loss ->
                String.format(
                    Locale.ROOT,
                    "Overall accuracy falls by %.1f points [%.1f, %.1f] on the %s rows, beyond the limit of %s that was kept by cross-validation.",
                    100 * loss,
                    -100 * change.high(),
                    -100 * change.low(),
                    measured.rows(),
                    limit(goals)));
  }

  /** The loss of overall accuracy, if it is beyond the limit. */
  private static Optional<Double> beyond(Measured measured, RepairGoals goals) {
    double loss = -measured.effects().overall().value();
    return goals.maxAccuracyLoss().isPresent() && loss > goals.maxAccuracyLoss().getAsDouble()
        ? Optional.of(loss)
        : Optional.empty();
  }

  private static String limit(RepairGoals goals) {
    return String.format(Locale.ROOT, "%.2f", 100 * goals.maxAccuracyLoss().orElseThrow())
        .replaceFirst("\\.?0+$", "");
  }

  private static Optional<String> refused(Measured measured, RepairGoals goals) {
    List<Harm> refused =
        measured.effects().harms().stream()
            .filter(harm -> goals.refused().contains(harm.code()))
            .toList();
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "it does what was refused (%s): %s"
                .formatted(
                    refused.stream()
                        .map(harm -> harm.code().code())
                        .distinct()
                        .collect(Collectors.joining(", ")),
                    refused.stream().map(Harm::text).collect(Collectors.joining(" "))));
  }
}
