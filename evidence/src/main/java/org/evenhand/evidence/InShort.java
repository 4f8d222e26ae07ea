package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.evenhand.core.Change;
import org.evenhand.core.CorrectedHead;
import org.evenhand.core.EditedHead;
import org.evenhand.core.NewModel;
import org.evenhand.repair.Finding;
import org.evenhand.repair.RepairJudgement.AimFinding;

/**
 * What a reader with five minutes asks: for whom it is a problem, how sure that is, what was done,
 * at what price, and what to do now.
 */
final class InShort {
  private InShort() {}

  static Html of(Evidence evidence, List<Comparison> comparisons) {
    List<Html> answers = new ArrayList<>();
    if (!comparisons.isEmpty()) {
      answers.add(answer("For whom", perAttribute(comparisons, AttributeAnswers::forWhom)));
      answers.add(answer("How sure", perAttribute(comparisons, AttributeAnswers::howSure)));
    }
    evidence.change().ifPresent(repair -> answers.addAll(repaired(repair, comparisons)));
    List<String> steps = NextSteps.of(evidence, comparisons);
    answers.add(answer("What to do", steps.subList(0, 1)));
    return Html.of("<dl class=\"answers\">\n{}\n</dl>", answers);
  }

  private static List<String> perAttribute(
      List<Comparison> comparisons, Function<AttributeAnswers, List<String>> answer) {
    List<String> sentences = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      List<String> own = new ArrayList<>(answer.apply(new AttributeAnswers(comparison)));
      if (comparisons.size() > 1) {
        own.set(0, "By %s: %s".formatted(comparison.attribute(), own.get(0)));
      }
      sentences.addAll(own);
    }
    return sentences;
  }

  private static List<Html> repaired(RepairRecord repair, List<Comparison> comparisons) {
    return List.of(
        answer(
            repair.stands() ? "What was done" : "What was tried",
            List.of(
                what(repair.proposal().change()) + learned(repair),
                String.join(" ", Losses.read(repair)),
                String.join(" ", reached(repair)))),
        answer(
            repair.stands() ? "What gets worse" : "What would get worse",
            Losses.of(repair, comparisons)));
  }

  private static String what(Change change) {
    if (change instanceof EditedHead) {
      return "The weights of the model's last layer were changed; the rest of it stays as it is.";
    }
    if (change instanceof CorrectedHead) {
      return "The weights of the model's last layer were changed, and its answers are corrected"
          + " after it has given them.";
    }
    if (change instanceof NewModel) {
      return "A new model takes the place of the deployed one.";
    }
    return "The model's answers are corrected after it has given them; the model itself stays as it"
        + " is.";
  }

  private static String learned(RepairRecord repair) {
    return " This was learned from %s rows (%s) and measured on %s other rows (%s)."
        .formatted(
            Numbers.count(repair.fittedOn().rows()),
            repair.fittedOn().split(),
            Numbers.count(repair.before().rows()),
            repair.measured().rows());
  }

  /** Of each aim for each repaired attribute, what the rows say. */
  private static List<String> reached(RepairRecord repair) {
    List<String> attributes = repair.proposal().attributes();
    List<String> sentences = new ArrayList<>();
    for (AimFinding found : repair.judgement().findings()) {
      for (String attribute : attributes) {
        Finding finding =
            repair
                .measured()
                .effects()
                .attribute(attribute)
                .of(found.aim())
                .map(change -> Finding.of(change, found.aim().rises()))
                .orElse(found.finding());
        String aim = (found.aim().rises() ? "to raise " : "to lower ") + found.aim().title();
        sentences.add(reached(attributes.size() == 1 ? aim : aim + " by " + attribute, finding));
      }
    }
    return sentences;
  }

  private static String reached(String aim, Finding finding) {
    return switch (finding) {
      case SHOWN -> "Its aim, %s, is reached: that is beyond chance.".formatted(aim);
      case OPEN -> "Whether it reaches its aim, %s, is open: it may be chance.".formatted(aim);
      case WORSE -> "It misses its aim, %s: the opposite is beyond chance.".formatted(aim);
    };
  }

  private static Html answer(String question, List<String> sentences) {
    return Html.of(
        "<div><dt>{}</dt>{}</div>",
        question,
        sentences.stream()
            .filter(sentence -> !sentence.isEmpty())
            .map(sentence -> Html.of("<dd>{}</dd>", sentence))
            .toList());
  }
}
