package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Metric;
import org.evenhand.audit.ModelBias;
import org.evenhand.evidence.Numbers.Unit;

/** Whether there is a problem, in sentences; then the figures that say so, and a picture. */
final class VerdictSection {
  private VerdictSection() {}

  static Section of(Evidence evidence, List<Comparison> comparisons) {
    List<Html> parts = new ArrayList<>();
    parts.add(evidence.change().map(VerdictSection::declined).orElse(Html.NONE));
    if (comparisons.isEmpty()) {
      parts.add(Html.of("<h3>No attribute was audited, so there is no verdict.</h3>"));
    }
    boolean outcomes = evidence.deployed().scope().outcomes();
    for (Comparison comparison : comparisons) {
      parts.add(
          outcomes
              ? Headline.of(comparison)
              : Html.of(
                  "<h3>No verdict by {}: true classes are not known.</h3>",
                  comparison.attribute()));
    }
    parts.add(InShort.of(evidence, comparisons));
    for (int i = 0; i < comparisons.size(); i++) {
      if (outcomes) {
        parts.add(figures(comparisons.get(i), i));
      }
      parts.add(membership(evidence.deployed(), comparisons.get(i).before()));
    }
    return Section.of("verdict", "Verdict", parts);
  }

  private static Html declined(RepairRecord repair) {
    return repair
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
                        : "No repaired model was written; the deployed model is as it was."))
        .orElse(Html.NONE);
  }

  private static Html figures(Comparison comparison, int index) {
    return Html.of(
        """
        <h3 class="minor">Key figures by {}</h3>
        {}
        <dl class="figures">
        {}
        </dl>
        <figure>
        <div class="wide">{}</div>
        <figcaption>{} by {}, with {} intervals: the range that the true figure lies in with that confidence. {}</figcaption>
        {}
        </figure>
        <p class="note">In full: {}</p>""",
        comparison.attribute(),
        Html.when(index == 0, "<p class=\"define\">{}</p>", definition(comparison)),
        Figure.of(comparison).stream().map(VerdictSection::figure).toList(),
        LeadPlot.of("lead-" + index, comparison),
        LeadPlot.title(comparison),
        comparison.attribute(),
        Confidence.of(comparison.audit().settings()),
        legend(comparison),
        noiseFloor(comparison),
        comparison.after().orElse(comparison.before()).explanation());
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
                + " probability, and the number of cases is their sum.</p>",
            audit.attribute()));
  }

  private static String definition(Comparison comparison) {
    String pairs =
        comparison
            .counterfactualBefore()
            .map(
                bias ->
                    " Counterfactual bias is by how much the probability of the true class moves on average, in percentage points, when a case is given another value of %s; up to %s are tolerated."
                        .formatted(comparison.attribute(), Unit.FINE_POINTS.show(bias.delta())))
            .orElse("");
    return ("A group is all cases of one true class and one value of %s; its accuracy is the share"
            + " of them decided correctly. Model Bias is the average gap in accuracy between groups"
            + " of the same true class, in percentage points: 0 means no gap, and up to %s are"
            + " tolerated here.%s")
        .formatted(
            comparison.attribute(),
            Unit.POINTS.show(comparison.audit().settings().tolerance()),
            pairs);
  }

  private static Html figure(Figure figure) {
    Metric metric = figure.metric();
    Unit unit = Unit.of(metric);
    return Html.of(
        """
        <div><dt>{}</dt>
        <dd class="big">{}{}</dd>
        <dd class="interval">{}{}</dd></div>""",
        metric.heading() + (metric.unit() == Metric.Unit.POINTS ? ", points" : ""),
        figure
            .after()
            .map(estimate -> Html.of("<s>{}</s> → ", unit.show(figure.before())))
            .orElse(Html.NONE),
        figure.after().map(unit::show).orElse(unit.show(figure.before())),
        interval(figure.before(), unit),
        figure
            .after()
            .map(estimate -> Html.of(" → {}", interval(estimate, unit)))
            .orElse(Html.NONE));
  }

  private static String interval(Estimate estimate, Unit unit) {
    return estimate instanceof Estimate.Known known ? unit.interval(known) : "not estimated";
  }

  private static Html legend(Comparison comparison) {
    return Html.when(
        comparison.after().isPresent(),
        "<span class=\"legend\"><span class=\"key before\"></span> {} <span class=\"key after\"></span> {}</span>",
        comparison.labels().before(),
        comparison.labels().after());
  }

  private static Html noiseFloor(Comparison comparison) {
    ModelBias before = comparison.before().modelBias();
    return Html.when(
        LeadPlot.showsNoise(comparison) && Double.isFinite(before.noiseFloorHigh()),
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
    return "%s on average; probability of so large a gap by chance: %s"
        .formatted(
            Unit.POINTS.inWords(bias.noiseFloorMean()), Numbers.pValue(bias.adjustedPValue()));
  }
}
