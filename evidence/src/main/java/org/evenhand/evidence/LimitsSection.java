package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetrics;

/** What could not be judged, and what to be careful about. */
final class LimitsSection {
  private LimitsSection() {}

  static List<Section> of(Evidence evidence, List<Comparison> comparisons) {
    List<Html> limits = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      limits.addAll(withoutVerdict(comparison));
      limits.addAll(notJudged(comparison));
    }
    unknowns(evidence)
        .forEach(
            (reason, subjects) ->
                limits.add(
                    Html.of("<li>{}<small>{}</small></li>", reason, String.join(" · ", subjects))));
    return List.of(
        new Section(
            "limits",
            "What could not be judged",
            limits.isEmpty()
                ? Html.of(
                    "<p>Nothing: every figure could be estimated and no group was too small.</p>")
                : Html.of("<ul class=\"limits\">{}</ul>", limits)),
        cautions(Cautions.general(evidence)));
  }

  /** What a reader must know before leaning on a page. */
  static Section cautions(List<String> cautions) {
    return new Section(
        "cautions",
        "Cautions",
        Html.of(
            "<ul>{}</ul>",
            cautions.stream().map(caution -> Html.of("<li>{}</li>", caution)).toList()));
  }

  /** Why an attribute got no verdict, with the code that programs read. */
  private static List<Html> withoutVerdict(Comparison comparison) {
    List<Html> items = new ArrayList<>();
    reason(comparison.before(), comparison.labels().before(), comparison).ifPresent(items::add);
    comparison
        .after()
        .flatMap(after -> reason(after, comparison.labels().after(), comparison))
        .ifPresent(items::add);
    return items;
  }

  private static Optional<Html> reason(AttributeAudit audit, String label, Comparison comparison) {
    return audit
        .judgement()
        .insufficiency()
        .map(
            reason ->
                Html.of(
                    "<li>No verdict by {}{}: {} <small><code>{}</code></small></li>",
                    audit.attribute(),
                    comparison.after().isPresent() ? " (" + label + ")" : "",
                    switch (reason) {
                      case CONSTANT -> "nearly every row gets the same class.";
                      case UNMEASURED -> "no class has two groups that can be judged.";
                      case OPEN -> "an interval reaches to both sides of its tolerance.";
                      case NOT_JUDGED ->
                          "what could be judged is within tolerance, but not all could.";
                      case NO_OUTCOMES -> "the true classes are not known.";
                    },
                    reason.code()));
  }

  private static List<Html> notJudged(Comparison comparison) {
    int least = comparison.audit().settings().minGroupSize();
    List<Html> items = new ArrayList<>();
    for (GroupAccuracy group : comparison.before().notJudged()) {
      items.add(
          Html.of(
              "<li>Not judged: {} with {} = {}, which has {} of the {} cases needed.</li>",
              comparison.classNamed(group.target()),
              comparison.attribute(),
              group.attributeValue(),
              Numbers.count(group.n()),
              least));
    }
    return items;
  }

  /** Every unknown figure, gathered by its reason: one cause often blanks a whole table. */
  private static Map<String, Set<String>> unknowns(Evidence evidence) {
    Map<String, Set<String>> byReason = new TreeMap<>();
    BiConsumer<Estimate, String> note =
        (estimate, subject) -> {
          if (estimate instanceof Estimate.Unknown unknown) {
            byReason.computeIfAbsent(unknown.reason(), r -> new LinkedHashSet<>()).add(subject);
          }
        };
    for (AuditResult audit : audits(evidence)) {
      for (OverallMetric metric : OverallMetric.values()) {
        note.accept(metric.of(audit), metric.title());
      }
      audit.attributes().forEach(attribute -> inAttribute(attribute, note));
    }
    return byReason;
  }

  private static List<AuditResult> audits(Evidence evidence) {
    return evidence
        .change()
        .map(RepairRecord::audits)
        .orElseGet(() -> List.of(evidence.deployed()));
  }

  private static void inAttribute(AttributeAudit attribute, BiConsumer<Estimate, String> note) {
    String name = attribute.attribute();
    for (AttributeMetric metric : AttributeMetric.forPeople()) {
      note.accept(metric.of(attribute), metric.title() + " by " + name);
    }
    for (GroupAccuracy group : attribute.groups()) {
      note.accept(
          group.accuracy(),
          "accuracy of class %s, %s = %s".formatted(group.target(), name, group.attributeValue()));
    }
    for (ValueMetrics metrics : attribute.values()) {
      for (ValueMetric metric : ValueMetric.values()) {
        note.accept(
            metric.of(metrics), "%s, %s = %s".formatted(metric.title(), name, metrics.value()));
      }
    }
    attribute.counterfactualBias().ifPresent(bias -> inPairs(bias, note));
  }

  private static void inPairs(CounterfactualBias bias, BiConsumer<Estimate, String> note) {
    note.accept(bias.flippedDecisions(), "decisions that flip with " + bias.attribute());
    for (CounterfactualBias.Direction direction : bias.directions()) {
      String way = "%s from %s to %s".formatted(bias.attribute(), direction.from(), direction.to());
      note.accept(direction.change(), "change of probability, " + way);
      note.accept(direction.flippedDecisions(), "decisions that flip, " + way);
    }
  }
}
