package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.Insufficiency;
import org.evenhand.audit.Verdict;

/** What a reader may do with what was found; the first step is the most pressing one. */
final class NextSteps {
  private static final String AGAIN =
      "Audit again when the model, the data or the people it decides about change.";

  private NextSteps() {}

  /** The section of a page that lists them. */
  static Section section(List<String> steps) {
    return new Section(
        "next",
        "What to do next",
        Html.of(
            "<ol class=\"steps\">\n{}\n</ol>",
            steps.stream().map(step -> Html.of("<li>{}</li>", step)).toList()));
  }

  /** At least one, each one or two sentences. */
  static List<String> of(Evidence evidence, List<Comparison> comparisons) {
    List<String> steps = new ArrayList<>();
    if (comparisons.isEmpty()) {
      steps.add("Name a protected attribute: without one there is nothing to compare.");
    }
    evidence.change().ifPresent(repair -> steps.addAll(repaired(repair, comparisons)));
    for (Comparison comparison : comparisons) {
      steps.addAll(byVerdict(evidence, comparison));
    }
    comparisons.stream()
        .filter(NextSteps::selectsUnequally)
        .forEach(
            comparison ->
                steps.add(
                    (comparison.audit().favourableAssumed()
                            ? "Say which class people want, as %2$s was only assumed. If it is, ask why selection rates by %1$s are below four fifths of the highest."
                            : "Ask why selection rates by %1$s are below four fifths of the highest: that calls for a reason, whatever the verdict.")
                        .formatted(
                            comparison.attribute(),
                            comparison.classNamed(comparison.audit().favourable()))));
    steps.add(AGAIN);
    return steps;
  }

  private static List<String> repaired(RepairRecord repair, List<Comparison> comparisons) {
    if (!repair.stands()) {
      String biased =
          comparisons.stream()
              .filter(comparison -> comparison.before().isBiased())
              .map(Comparison::attribute)
              .collect(Collectors.joining(" and "));
      if (!biased.isEmpty()) {
        return List.of(
            "Do not rely on these decisions where %s matters: the model is biased, and the repair that was tried does not help. Nothing was written that could be used; 'compare' shows what other methods would do."
                .formatted(biased));
      }
      return List.of(
          "Keep the deployed model: the repair was declined, and nothing was written that could be used.");
    }
    List<String> steps = new ArrayList<>();
    if (repair.declined().isPresent()) {
      steps.add(
          "Do not use the repaired model before someone has decided, in writing, that the reason against it does not count here.");
    } else if (!repair.measured().effects().harms().isEmpty()) {
      steps.add(
          "Decide whether what gets worse is acceptable. Somebody who answers for the decisions has to say so; no figure can.");
    }
    String file = repair.repairedModel().map(model -> " (" + Page.fileName(model) + ")").orElse("");
    steps.add(
        "%s the repaired model%s in place of the deployed one, and keep this page with it."
            .formatted(steps.isEmpty() ? "Use" : "Only then use", file));
    return steps;
  }

  private static List<String> byVerdict(Evidence evidence, Comparison comparison) {
    AttributeAudit audit = comparison.after().orElse(comparison.before());
    String attribute = comparison.attribute();
    boolean repaired = comparison.after().isPresent();
    List<String> steps = new ArrayList<>();
    if (audit.verdict() == Verdict.INSUFFICIENT_EVIDENCE) {
      steps.add(
          "Do not read the result by %s as fair: %s"
              .formatted(
                  attribute,
                  audit
                      .judgement()
                      .insufficiency()
                      .map(
                          reason ->
                              missing(
                                  reason,
                                  audit
                                      .modelBias()
                                      .isBeyondChance(comparison.audit().settings().confidence())))
                      .orElseThrow()));
    } else if (audit.isBiased()) {
      steps.add(
          evidence.change().isPresent() && !repaired
              ? "Find out what the model learned the difference by %s from; 'explain' names the training rows."
                  .formatted(attribute)
              : repaired
                  ? "Do not call the bias by %s removed: some of it remains. Try another method of repair, or train the model anew."
                      .formatted(attribute)
                  : "Do not rely on these decisions where %s matters before the bias is understood and reduced; the command 'repair' searches for a repair."
                      .formatted(attribute));
    } else if (!repaired) {
      steps.add("By %s nothing calls for a repair.".formatted(attribute));
    }
    if (!audit.notJudged().isEmpty() && audit.verdict() != Verdict.INSUFFICIENT_EVIDENCE) {
      steps.add(
          "Collect at least %d cases of each group that could not be judged: %s."
              .formatted(
                  comparison.audit().settings().minGroupSize(),
                  audit.notJudged().stream()
                      .map(
                          group ->
                              "%s, %s = %s"
                                  .formatted(
                                      comparison.classNamed(group.target()),
                                      attribute,
                                      group.attributeValue()))
                      .collect(Collectors.joining("; "))));
    }
    return steps;
  }

  private static String missing(Insufficiency reason, boolean beyondChance) {
    return switch (reason) {
      case OPEN, NOT_JUDGED ->
          beyondChance
              ? "that groups are decided unequally well is beyond chance, and open is only whether by more than is tolerated. What would decide stands under the key figures."
              : "it is open. What would decide stands under the key figures.";
      case UNMEASURED -> "no class has two groups with enough cases. Collect more.";
      case CONSTANT -> "nearly everybody gets the same decision, so there is little to compare.";
      case NO_OUTCOMES ->
          "nobody knows who is decided wrongly. Find out how decided cases turned out.";
    };
  }

  private static boolean selectsUnequally(Comparison comparison) {
    return comparison
        .after()
        .orElse(comparison.before())
        .fourFifths()
        .state()
        .filter(state -> state == FourFifths.State.BELOW)
        .isPresent();
  }
}
