package org.evenhand.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.CounterfactualBias.Direction;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.Insufficiency;
import org.evenhand.audit.LargestGap.Between;
import org.evenhand.audit.Verdict;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Aim;

/**
 * Whom a finding about an attribute concerns and how sure it is, without the words of statistics.
 *
 * @param comparison of the attribute
 */
record AttributeAnswers(Comparison comparison) {
  /** Between whom the difference is largest, and where it is after a repair. */
  List<String> forWhom() {
    return beforeAndAfter(this::whom);
  }

  /** What the intervals allow to say, against what is tolerated. */
  List<String> howSure() {
    return beforeAndAfter(this::sureness);
  }

  private List<String> beforeAndAfter(Function<AttributeAudit, String> sentence) {
    String before = Numbers.capitalized(sentence.apply(comparison.before()));
    return comparison
        .after()
        .map(after -> List.of(before, "After the repair: " + sentence.apply(after)))
        .orElse(List.of(before));
  }

  private boolean leadsWithPairs() {
    return comparison.lead() == Aim.COUNTERFACTUAL_BIAS;
  }

  private String whom(AttributeAudit audit) {
    if (leadsWithPairs() && audit.counterfactualBias().isPresent()) {
      return moved(audit.counterfactualBias().get());
    }
    Optional<Between> between = audit.largestGap().between();
    if (!comparison.audit().scope().outcomes()) {
      return "who is decided wrongly cannot be told, because the true classes are not known.";
    }
    if (between.isEmpty()) {
      return "that cannot be told: no class has two groups with enough cases.";
    }
    String attribute = audit.attribute();
    String target = between.get().target();
    String lower = between.get().lower();
    String higher = between.get().higher();
    return "where %s, cases with %s = %s are decided correctly in %s, those with %s = %s in %s. The largest gap is %s.%s"
        .formatted(
            comparison.classNamed(target),
            attribute,
            lower,
            accuracy(audit, target, lower),
            attribute,
            higher,
            accuracy(audit, target, higher),
            Unit.POINTS.inWords(audit.largestGap().estimate()),
            insteadOf(target));
  }

  /** What an error is: between two classes there is only one. */
  private String insteadOf(String target) {
    List<String> classes = comparison.audit().classes().names();
    return classes.size() != 2
        ? ""
        : " Errors there decide %s instead."
            .formatted(
                comparison.classNamed(
                    classes.get(0).equals(target) ? classes.get(1) : classes.get(0)));
  }

  private static String accuracy(AttributeAudit audit, String target, String value) {
    return audit.groups().stream()
        .filter(group -> group.target().equals(target) && group.attributeValue().equals(value))
        .map(GroupAccuracy::accuracy)
        .map(Unit.PERCENT::show)
        .findFirst()
        .orElse("an unknown share");
  }

  /** The way of flipping that moves a probability most. */
  private String moved(CounterfactualBias bias) {
    Optional<Direction> most =
        bias.directions().stream()
            .filter(direction -> direction.change() instanceof Known)
            .max(Comparator.comparingDouble(direction -> Math.abs(value(direction.change()))));
    return most.map(
            way ->
                "cases with %s = %s: %s changes the probability of %s by %s points on average, and flips %s of decisions."
                    .formatted(
                        bias.attribute(),
                        way.from(),
                        bias.relation() == Relation.SAME_INDIVIDUAL
                            ? "putting %s in its place".formatted(way.to())
                            : "comparing with %s".formatted(way.to()),
                        bias.about().isEmpty()
                            ? "the true class"
                            : comparison.classNamed(bias.about()),
                        Unit.FINE_POINTS.signed(value(way.change())),
                        Unit.PERCENT.show(way.flippedDecisions())))
        .orElse("no pair says in which direction answers move.");
  }

  private static double value(Estimate estimate) {
    return estimate instanceof Known known ? known.value() : Double.NaN;
  }

  private String sureness(AttributeAudit audit) {
    String confidence =
        "with %s confidence ".formatted(Confidence.of(comparison.audit().settings()));
    return leadsWithPairs() && audit.counterfactualBias().isPresent()
        ? confidence + onPairs(audit.counterfactualBias().get())
        : onGaps(audit, confidence);
  }

  private String onPairs(CounterfactualBias bias) {
    return "the average change of the true class's probability, the counterfactual bias, lies between %s; %s are tolerated."
        .formatted(Unit.FINE_POINTS.range(bias.judged()), Unit.FINE_POINTS.inWords(bias.delta()));
  }

  private String onGaps(AttributeAudit audit, String confidence) {
    boolean measured =
        audit
            .judgement()
            .insufficiency()
            .map(reason -> List.of(Insufficiency.OPEN, Insufficiency.NOT_JUDGED).contains(reason))
            .orElse(true);
    if (!measured
        || !(audit.modelBias().estimate() instanceof Known bias)
        || !(audit.largestGap().estimate() instanceof Known gap)) {
      return audit.explanation();
    }
    double tolerance = comparison.audit().settings().tolerance();
    double gapTolerance = comparison.audit().settings().gapTolerance();
    if (audit.verdict() == Verdict.BIASED) {
      return bias.low() > tolerance
          ? "%sthe average gap, Model Bias, is at least %s; %s are tolerated."
              .formatted(confidence, Unit.POINTS.inWords(bias.low()), Unit.POINTS.show(tolerance))
          : "%sthe largest gap is at least %s; %s are tolerated."
              .formatted(
                  confidence, Unit.POINTS.inWords(gap.low()), Unit.POINTS.show(gapTolerance));
    }
    if (audit.verdict() == Verdict.WITHIN_TOLERANCE) {
      return "%sthe average gap, Model Bias, is at most %s and the largest gap at most %s; %s and %s are tolerated."
          .formatted(
              confidence,
              Unit.POINTS.inWords(bias.high()),
              Unit.POINTS.show(gap.high()),
              Unit.POINTS.show(tolerance),
              Unit.POINTS.show(gapTolerance));
    }
    return "not sure enough: %sthe average gap, Model Bias, lies between %s and the largest gap between %s; %s and %s are tolerated.%s"
        .formatted(
            confidence,
            Unit.POINTS.range(bias),
            Unit.POINTS.range(gap),
            Unit.POINTS.show(tolerance),
            Unit.POINTS.show(gapTolerance),
            audit.notJudged().isEmpty() ? "" : " Some groups have too few cases to be judged.");
  }
}
