package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.evenhand.repair.Measured;
import org.evenhand.repair.Proposal;

/** What was done, why, and what it changed: the same for every method. */
final class RepairSection {
  private RepairSection() {}

  static Section of(RepairRecord repair) {
    return new Section(
        "repair", repair.stands() ? "How it was done" : "How it was tried", body(repair));
  }

  private static Html body(RepairRecord repair) {
    Proposal proposal = repair.proposal();
    return Html.of(
        """
        <dl class="facts">
        <dt>Method</dt><dd>{} ({})</dd>
        <dt>{}</dt><dd><b>{}</b> ({})</dd>
        <dt>Why</dt><dd>{}</dd>
        <dt>Learned from</dt><dd>{} rows of the {} split</dd>
        <dt>Measured on</dt><dd>{} rows of the {} split</dd>
        </dl>
        {}
        {}
        {}
        {}
        {}""",
        proposal.method().title(),
        proposal.method().source(),
        Numbers.capitalized(proposal.variant().kind()),
        proposal.variant().title(),
        proposal.variant().code(),
        proposal.why(),
        Numbers.count(repair.fittedOn().rows()),
        repair.fittedOn().split(),
        Numbers.count(repair.before().rows()),
        repair.measured().rows(),
        DetailHtml.of(proposal.settings()),
        warnings(proposal.warnings()),
        sideBySide(repair),
        proposal.candidates().map(DetailHtml::table).orElse(Html.NONE),
        DetailHtml.of(proposal.details()));
  }

  /** Beside its alternatives; also the only place that shows what a declined repair would do. */
  private static Html sideBySide(RepairRecord repair) {
    List<SideBySide.Series> series = new ArrayList<>();
    series.add(new SideBySide.Series("deployed model", false, repair.before()));
    series.add(new SideBySide.Series(repair.proposal().variant().label(), true, repair.after()));
    for (Measured.Alternative alternative : repair.measured().alternatives()) {
      series.add(new SideBySide.Series(alternative.label(), false, alternative.after()));
    }
    return SideBySide.of(
        repair.stands() ? "Before and after side by side" : "What the repair would have done",
        "Measured on rows that nothing was learned from. The repair stands in bold."
            + meanings(repair.proposal().alternatives()),
        series);
  }

  private static String meanings(List<Proposal.Alternative> alternatives) {
    return alternatives.stream()
        .map(other -> " With %s, %s.".formatted(other.label(), other.meaning()))
        .collect(Collectors.joining());
  }

  private static Html warnings(List<String> warnings) {
    return Html.when(
        !warnings.isEmpty(),
        "<ul class=\"warnings\">{}</ul>",
        warnings.stream().map(warning -> Html.of("<li>{}</li>", warning)).toList());
  }
}
