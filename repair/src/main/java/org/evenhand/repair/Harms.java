package org.evenhand.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.audit.Verdict;

/** Finds what a repair makes worse. */
final class Harms {
  private static final double MUCH_ACCURACY = 0.02;
  private static final double MUCH_CALIBRATION = 0.02;
  private static final double MANY_DECISIONS = 20;
  private static final double ONE_DIRECTION = 0.95;

  private final Proposal proposal;
  private final AuditResult before;
  private final AuditResult after;
  private final List<Harm> harms = new ArrayList<>();

  private Harms(Proposal proposal, AuditResult before, AuditResult after) {
    this.proposal = proposal;
    this.before = before;
    this.after = after;
  }

  static List<Harm> of(
      Proposal proposal,
      AuditResult before,
      AuditResult after,
      PairedChange overall,
      List<AttributeChange> changes,
      List<PeopleChange> people) {
    Harms found = new Harms(proposal, before, after);
    found.accuracy(overall);
    for (AttributeChange change : changes) {
      AttributeAudit was = before.attribute(change.attribute());
      AttributeAudit is = after.attribute(change.attribute());
      found.groups(change, was, is);
      found.impactRatio(was, is);
      found.calibration(was, is);
      found.otherAttribute(was, is);
    }
    if (!before.favourable().isEmpty()) {
      found.oneWay(people);
    }
    return found.harms;
  }

  private void accuracy(PairedChange overall) {
    if (overall.value() < -MUCH_ACCURACY) {
      add(
          Harm.Code.ACCURACY,
          before.overallAccuracy(),
          after.overallAccuracy(),
          "Overall accuracy falls by %.1f points.",
          -100 * overall.value());
    }
  }

  private void groups(AttributeChange change, AttributeAudit was, AttributeAudit is) {
    falls(
        change,
        Aim.AVERAGE_GROUP,
        Harm.Code.AVERAGE_GROUP,
        was.averageGroupAccuracy(),
        is.averageGroupAccuracy());
    falls(
        change,
        Aim.WORST_GROUP,
        Harm.Code.WORST_GROUP,
        was.worstGroupAccuracy(),
        is.worstGroupAccuracy());
  }

  private void falls(AttributeChange change, Aim aim, Harm.Code code, Estimate was, Estimate is) {
    Optional<PairedChange> fall =
        change.of(aim).filter(paired -> Finding.of(paired, true) == Finding.WORSE);
    if (fall.isPresent()) {
      add(
          code,
          was,
          is,
          "%s by '%s' falls by %.1f points, beyond chance.",
          aim.title().substring(0, 1).toUpperCase(Locale.ROOT) + aim.title().substring(1),
          change.attribute(),
          -100 * fall.get().value());
    }
  }

  private void impactRatio(AttributeAudit was, AttributeAudit is) {
    if (was.fourFifths().ratio() instanceof Known then
        && is.fourFifths().ratio() instanceof Known now
        && then.value() >= FourFifths.FOUR_FIFTHS
        && now.value() < FourFifths.FOUR_FIFTHS) {
      add(
          Harm.Code.IMPACT_RATIO,
          then,
          now,
          "The lowest selection rate by '%s' is newly below four fifths of the highest: %.2f, before %.2f.",
          was.attribute(),
          now.value(),
          then.value());
    }
  }

  private void calibration(AttributeAudit was, AttributeAudit is) {
    for (ValueMetrics value : was.values()) {
      Optional<ValueMetrics> then =
          is.values().stream().filter(other -> other.value().equals(value.value())).findFirst();
      if (value.n() >= before.settings().minGroupSize()
          && then.isPresent()
          && value.of(ValueMetric.CALIBRATION_ERROR) instanceof Known error
          && then.get().of(ValueMetric.CALIBRATION_ERROR) instanceof Known later
          && later.value() - error.value() > MUCH_CALIBRATION) {
        add(
            Harm.Code.CALIBRATION,
            error,
            later,
            "The calibration error of %s = %s rises from %.1f to %.1f points: calibrate the corrected probabilities anew before anyone reads them as the chance of an outcome.",
            was.attribute(),
            value.value(),
            100 * error.value(),
            100 * later.value());
      }
    }
  }

  private void otherAttribute(AttributeAudit was, AttributeAudit is) {
    if (!proposal.attributes().contains(was.attribute())
        && was.verdict() == Verdict.WITHIN_TOLERANCE
        && is.verdict() != Verdict.WITHIN_TOLERANCE) {
      add(
          Harm.Code.ATTRIBUTE,
          was.modelBias().estimate(),
          is.modelBias().estimate(),
          "'%s', within tolerance before, is not any more.",
          was.attribute());
    }
  }

  /** The people of the first attribute are those of all that are known. */
  private void oneWay(List<PeopleChange> people) {
    double favoured = 0;
    double disfavoured = 0;
    for (PeopleChange change : people) {
      if (change.attribute().equals(people.get(0).attribute())) {
        favoured += change.toFavourable();
        disfavoured += change.toUnfavourable();
      }
    }
    double changed = favoured + disfavoured;
    boolean against = disfavoured >= favoured;
    double most = Math.max(favoured, disfavoured);
    if (changed >= MANY_DECISIONS && most >= ONE_DIRECTION * changed) {
      add(
          Harm.Code.ONE_WAY,
          new Known(0, 0, 0),
          new Known(most / changed, most / changed, most / changed),
          "%,.0f of %,.0f changed decisions become %s.",
          most,
          changed,
          against ? "unfavourable" : "favourable");
    }
  }

  private void add(Harm.Code code, Estimate was, Estimate is, String format, Object... arguments) {
    harms.add(new Harm(code, String.format(Locale.ROOT, format, arguments), was, is));
  }
}
