package org.evenhand.audit;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.Estimate.Known;

/**
 * What the evidence allows to say about one attribute.
 *
 * <p>{@code BIASED} if the interval of Model Bias or that of the largest gap begins above its
 * tolerance, and the p-value of both being within says so too when adjusted for the number of
 * attributes. Few rows in some group never prevent that. {@code WITHIN_TOLERANCE} if both intervals
 * end at or below their tolerances, every group has enough rows, and the classifier does not decide
 * the same class nearly always.
 */
final class VerdictRule {
  /** A class decided in this share of all rows makes a classifier constant. */
  private static final double CONSTANT = 0.99;

  private final String attribute;
  private final String target;
  private final GroupAudit audit;
  private final ModelBias modelBias;
  private final AuditSettings settings;

  /**
   * @param attribute its name
   * @param target its name
   */
  VerdictRule(
      String attribute,
      String target,
      GroupAudit audit,
      ModelBias modelBias,
      AuditSettings settings) {
    this.attribute = attribute;
    this.target = target;
    this.audit = audit;
    this.modelBias = modelBias;
    this.settings = settings;
  }

  /**
   * The class that a classifier decides most often.
   *
   * @param name of the class
   * @param share of all rows, 0 to 1
   */
  record MostDecided(String name, double share) {}

  /**
   * Judges the attribute.
   *
   * @param adjustedPValue of both gaps being within their tolerances
   * @param decided the class decided most often
   */
  Judgement judge(double adjustedPValue, MostDecided decided) {
    VerdictText text =
        new VerdictText(attribute, target, audit, modelBias, adjustedPValue, settings);
    if (!(audit.modelBias() instanceof Known bias
        && audit.largestGap().estimate() instanceof Known gap)) {
      return insufficient(Insufficiency.UNMEASURED, adjustedPValue, text.unmeasured());
    }
    boolean biasAbove = bias.low() > settings.tolerance();
    boolean gapAbove = gap.low() > settings.gapTolerance();
    if ((biasAbove || gapAbove) && adjustedPValue < 1 - settings.confidence()) {
      return judgement(Verdict.BIASED, adjustedPValue, text.biased(bias, gap));
    }
    if (decided.share() >= CONSTANT) {
      return insufficient(Insufficiency.CONSTANT, adjustedPValue, VerdictText.constant(decided));
    }
    boolean within = bias.high() <= settings.tolerance() && gap.high() <= settings.gapTolerance();
    List<GroupAccuracy> notJudged =
        audit.groups().stream().filter(group -> !group.judged()).toList();
    if (within && notJudged.isEmpty()) {
      return judgement(Verdict.WITHIN_TOLERANCE, adjustedPValue, text.within(bias, gap));
    }
    return within
        ? insufficient(Insufficiency.NOT_JUDGED, adjustedPValue, text.notJudged(bias, gap))
        : insufficient(Insufficiency.OPEN, adjustedPValue, text.open(bias, gap));
  }

  private Judgement judgement(Verdict verdict, double adjustedPValue, String explanation) {
    return new Judgement(verdict, Optional.empty(), audit.pValue(), adjustedPValue, explanation);
  }

  private Judgement insufficient(Insufficiency reason, double adjustedPValue, String explanation) {
    return new Judgement(
        Verdict.INSUFFICIENT_EVIDENCE,
        Optional.of(reason),
        audit.pValue(),
        adjustedPValue,
        explanation);
  }
}
