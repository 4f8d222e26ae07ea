package org.evenhand.evidence;

import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Verdict;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.repair.Aim;

/**
 * What was found about an attribute; insufficient evidence never reads as fair.
 *
 * @param sentence in words
 * @param before the verdict on the deployed model
 * @param after the verdict after the repair, if there is one
 */
record Headline(String sentence, Verdict before, Optional<Verdict> after) {

  /** What the page leads with as a heading, and any other finding in a line under it. */
  static Html of(Comparison comparison) {
    Headline decisions = decisions(comparison);
    Optional<Headline> pairs =
        comparison.counterfactualBefore().map(bias -> pairs(comparison, bias));
    if (comparison.lead() == Aim.COUNTERFACTUAL_BIAS && pairs.isPresent()) {
      return Html.of("{}{}", pairs.get().first(), decisions.further("By accuracy"));
    }
    return Html.of(
        "{}{}{}",
        raised(comparison).orElseGet(decisions::first),
        Html.when(raised(comparison).isPresent(), "{}", decisions.further("By gaps in accuracy")),
        pairs.map(found -> found.further("On counterfactual pairs")).orElse(Html.NONE));
  }

  private Html first() {
    return Html.of("<p class=\"chips\">{}</p>\n<h3>{}</h3>\n", chips(), sentence);
  }

  private Html further(String about) {
    return Html.of(
        "<p class=\"further\"><span class=\"chips\">{}</span> <b>{}:</b> {}</p>\n",
        chips(),
        about,
        sentence);
  }

  private static Headline decisions(Comparison comparison) {
    Verdict before = comparison.before().verdict();
    Optional<Verdict> after = comparison.after().map(AttributeAudit::verdict);
    return new Headline(sentence(comparison.attribute(), before, after), before, after);
  }

  private static Headline pairs(Comparison comparison, CounterfactualBias bias) {
    Optional<Verdict> after = comparison.counterfactualAfter().map(CounterfactualBias::verdict);
    return new Headline(
        onPairs(comparison.attribute(), bias.relation(), bias.verdict(), after),
        bias.verdict(),
        after);
  }

  /** A repair that was to raise an accuracy leads with that accuracy. */
  private static Optional<Html> raised(Comparison comparison) {
    Aim lead = comparison.lead();
    if (!lead.rises() || comparison.after().isEmpty()) {
      return Optional.empty();
    }
    return Figure.of(lead, comparison.before(), comparison.after())
        .map(
            figure ->
                Html.of(
                    "<h3>{} by {}: {} before the repair, {} after it.</h3>\n",
                    figure.metric().heading(),
                    comparison.attribute(),
                    Numbers.Unit.of(figure.metric()).show(figure.before()),
                    figure.after().map(Numbers.Unit.of(figure.metric())::show).orElse("unknown")));
  }

  /** The verdict on decisions as a plain sentence. */
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

  /** The verdict on counterfactual pairs as a plain sentence. */
  static String onPairs(
      String attribute, Relation relation, Verdict before, Optional<Verdict> repaired) {
    String how =
        relation == Relation.SAME_INDIVIDUAL
            ? "depend on " + attribute + " itself"
            : "differ by " + attribute + " within a class";
    String deployed = repaired.isPresent() ? "The deployed model's" : "The model's";
    String still = repaired.filter(after -> after == before).isPresent() ? "still " : "";
    return switch (before) {
          case BIASED -> "%s answers %s, more than is tolerated.".formatted(deployed, how);
          case WITHIN_TOLERANCE ->
              "%s answers %s no more than is tolerated.".formatted(deployed, how);
          case INSUFFICIENT_EVIDENCE ->
              "It is open whether %s answers %s more than is tolerated."
                  .formatted(deployed.replaceFirst("T", "t"), how);
        }
        + repaired
            .map(
                after ->
                    switch (after) {
                      case BIASED -> " After the repair they %sdo.".formatted(still);
                      case WITHIN_TOLERANCE ->
                          " After the repair they are %swithin tolerance.".formatted(still);
                      case INSUFFICIENT_EVIDENCE ->
                          " After the repair it is %sopen whether they do.".formatted(still);
                    })
            .orElse("");
  }

  private Html chips() {
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
}
