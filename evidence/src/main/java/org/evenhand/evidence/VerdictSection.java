package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Metric;
import org.evenhand.audit.ModelBias;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.PairsMetric;
import org.evenhand.audit.Verdict;
import org.evenhand.evidence.Numbers.Unit;

/** What the evidence says about each attribute, in a sentence, four figures and a picture. */
final class VerdictSection {
  private VerdictSection() {}

  static Html of(Evidence evidence, List<Comparison> comparisons) {
    List<Html> cards = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      Comparison comparison = comparisons.get(i);
      cards.add(
          comparison.audit().scope().outcomes()
              ? card(comparison, i)
              : withoutOutcomes(comparison));
    }
    return Html.of(
        """
        <section id="verdict">
        {}
        {}
        {}
        {}
        </section>""",
        declined(evidence),
        evidence.change().map(HarmsBanner::of).orElse(Html.NONE),
        Html.when(
            comparisons.isEmpty(), "<h2>No attribute was audited, so there is no verdict.</h2>"),
        cards);
  }

  private static Html declined(Evidence evidence) {
    return evidence
        .change()
        .flatMap(
            repair ->
                repair
                    .declined()
                    .map(
                        reason ->
                            Html.of(
                                """
                                <div class="banner"><p><strong>The repair was declined.</strong> {}</p>
                                <p>{}</p></div>""",
                                Numbers.capitalized(reason),
                                repair.stands()
                                    ? "The repaired model was written all the same, because that was forced."
                                    : "No repaired model was written; the deployed model is as it was.")))
        .orElse(Html.NONE);
  }

  private static Html withoutOutcomes(Comparison comparison) {
    return Html.of(
        """
        <article class="verdict">
        <p class="eyebrow">{}</p>
        <h2>No verdict by {}: true classes are not known.</h2>
        <p class="lead">{}</p>
        {}
        </article>""",
        comparison.attribute(),
        comparison.attribute(),
        comparison.before().explanation(),
        membership(comparison.audit(), comparison.before()));
  }

  private static Html card(Comparison comparison, int index) {
    return Html.of(
        """
        <article class="verdict">
        <p class="eyebrow">{}</p>
        <p class="chips">{}</p>
        <h2>{}</h2>
        <p class="lead">{}</p>
        {}{}{}
        <dl class="figures">
        {}
        {}
        </dl>
        <figure>
        <figcaption><b>Model Bias</b>, in percentage points, with {} intervals. {}</figcaption>
        <div class="wide">{}</div>
        {}
        </figure>
        </article>""",
        comparison.attribute(),
        chips(comparison.before().verdict(), comparison.after().map(AttributeAudit::verdict)),
        sentence(
            comparison.attribute(),
            comparison.before().verdict(),
            comparison.after().map(AttributeAudit::verdict)),
        comparison.after().orElse(comparison.before()).explanation(),
        Html.when(index == 0, "<p class=\"define\">{}</p>", definition(comparison)),
        membership(comparison.audit(), comparison.before()),
        onPairs(comparison),
        pairsFigure(comparison),
        figures(comparison),
        confidence(comparison.audit()),
        legend(comparison),
        GapPlot.of("gap-" + index, comparison),
        noiseFloor(comparison));
  }

  /** What counterfactual pairs say: a verdict of its own, on answers rather than decisions. */
  private static Html onPairs(Comparison comparison) {
    return comparison
        .counterfactualBefore()
        .map(CounterfactualBias::verdict)
        .map(
            before -> {
              Optional<Verdict> after =
                  comparison.counterfactualAfter().map(CounterfactualBias::verdict);
              return Html.of(
                  "<p class=\"chips pairs\">{}</p><p class=\"lead\"><b>On counterfactual pairs:</b> {}</p>",
                  chips(before, after),
                  sentence(comparison.attribute(), before, after));
            })
        .orElse(Html.NONE);
  }

  /** What the attribute's groups come to, and the accuracy of all rows beside it. */
  private static List<Html> figures(Comparison comparison) {
    List<Html> figures = new ArrayList<>();
    for (AttributeMetric metric : AttributeMetric.forPeople()) {
      figures.add(
          figure(metric, metric.of(comparison.before()), comparison.after().map(metric::of)));
    }
    for (OverallMetric metric : OverallMetric.values()) {
      figures.add(
          figure(metric, metric.of(comparison.audit()), comparison.auditAfter().map(metric::of)));
    }
    return figures;
  }

  private static Html pairsFigure(Comparison comparison) {
    return comparison
        .counterfactualBefore()
        .map(
            before ->
                figure(
                    before.groupGap().isPresent()
                        ? PairsMetric.GROUP_GAP
                        : PairsMetric.COUNTERFACTUAL_BIAS,
                    before.judged(),
                    comparison.counterfactualAfter().map(CounterfactualBias::judged)))
        .orElse(Html.NONE);
  }

  /** The verdict as a plain sentence; insufficient evidence never reads as fair. */
  static String sentence(String attribute, Verdict before, Optional<Verdict> repaired) {
    if (repaired.isEmpty()) {
      return switch (before) {
        case BIASED -> "The model is biased by %s.".formatted(attribute);
        case WITHIN_TOLERANCE -> "By %s, the model is within tolerance.".formatted(attribute);
        case INSUFFICIENT_EVIDENCE ->
            "The evidence on %s is insufficient for a verdict.".formatted(attribute);
      };
    }
    Verdict after = repaired.get();
    String still = before == after ? "still " : "";
    return switch (before) {
          case BIASED -> "The deployed model is biased by %s.".formatted(attribute);
          case WITHIN_TOLERANCE ->
              "By %s, the deployed model is within tolerance.".formatted(attribute);
          case INSUFFICIENT_EVIDENCE ->
              "For the deployed model, the evidence on %s is insufficient for a verdict."
                  .formatted(attribute);
        }
        + switch (after) {
          case BIASED -> " After the repair it is %sbiased.".formatted(still);
          case WITHIN_TOLERANCE -> " After the repair it is %swithin tolerance.".formatted(still);
          case INSUFFICIENT_EVIDENCE ->
              " After the repair the evidence is %sinsufficient for a verdict.".formatted(still);
        };
  }

  /** Which rows the groups are made of, where it is not simply all of them. */
  private static Html membership(AuditResult result, AttributeAudit audit) {
    return Html.of(
        "{}{}",
        Html.when(
            audit.coverage().unknown() > 0,
            "<p class=\"note\">{} is known for {} rows and unknown for {}, which {}.</p>",
            audit.attribute(),
            Numbers.count(audit.coverage().known()),
            Numbers.count(audit.coverage().unknown()),
            result.scope().outcomes() ? "count in overall accuracy alone" : "are in no group"),
        Html.when(
            audit.coverage().byProbability(),
            "<p class=\"note\">{} is known by probabilities: every row counts in each group with its"
                + " probability, and n is their sum.</p>",
            audit.attribute()));
  }

  private static String definition(Comparison comparison) {
    return ("Model Bias is the gap in accuracy between cases of the same true class but different"
            + " %s, averaged over classes and pairs of values; 0 means no gap. Up to %s points are"
            + " tolerated here.")
        .formatted(
            comparison.attribute(), Unit.POINTS.show(comparison.audit().settings().tolerance()));
  }

  private static Html chips(Verdict before, Optional<Verdict> after) {
    return Html.of(
        "{}{}",
        chip(before),
        after
            .map(verdict -> Html.of("<span class=\"arrow\">→</span>{}", chip(verdict)))
            .orElse(Html.NONE));
  }

  private static Html chip(Verdict verdict) {
    return switch (verdict) {
      case BIASED -> Html.of("<span class=\"chip biased\">▲ BIASED</span>");
      case WITHIN_TOLERANCE -> Html.of("<span class=\"chip within\">● WITHIN TOLERANCE</span>");
      case INSUFFICIENT_EVIDENCE ->
          Html.of("<span class=\"chip unknown\">? INSUFFICIENT EVIDENCE</span>");
    };
  }

  private static Html figure(Metric metric, Estimate before, Optional<? extends Estimate> after) {
    Unit unit = Unit.of(metric);
    return Html.of(
        """
        <div><dt title="{}">{}</dt>
        <dd class="big">{}{}</dd>
        <dd class="interval">{}{}</dd></div>""",
        metric.definition(),
        metric.heading() + (metric.unit() == Metric.Unit.POINTS ? ", points" : ""),
        after.map(estimate -> Html.of("<s>{}</s> → ", unit.show(before))).orElse(Html.NONE),
        after.map(unit::show).orElse(unit.show(before)),
        interval(before, unit),
        after.map(estimate -> Html.of(" → {}", interval(estimate, unit))).orElse(Html.NONE));
  }

  private static String interval(Estimate estimate, Unit unit) {
    return estimate instanceof Estimate.Known known ? unit.interval(known) : "not estimated";
  }

  private static Html legend(Comparison comparison) {
    if (comparison.after().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        "<span class=\"key before\"></span> {} <span class=\"key after\"></span> {}",
        comparison.labels().before(),
        comparison.labels().after());
  }

  static String confidence(AuditResult audit) {
    double percent = audit.settings().confidence() * 100;
    return Numbers.fixed(percent, percent == Math.rint(percent) ? 0 : 1) + "\u00a0%";
  }

  private static Html noiseFloor(Comparison comparison) {
    ModelBias before = comparison.before().modelBias();
    return Html.when(
        Double.isFinite(before.noiseFloorHigh()),
        """
        <p class="note"><span class="key noise"></span> Noise floor: 95 % of the gaps that chance alone \
        gives when all groups of a class are equally accurate. {}</p>""",
        comparison
            .after()
            .map(
                after ->
                    "Before: %s. After: %s.".formatted(chance(before), chance(after.modelBias())))
            .orElse("Here: " + chance(before) + "."));
  }

  private static String chance(ModelBias bias) {
    return "%s on average, adjusted %s"
        .formatted(Unit.POINTS.show(bias.noiseFloorMean()), Numbers.pValue(bias.adjustedPValue()));
  }
}
