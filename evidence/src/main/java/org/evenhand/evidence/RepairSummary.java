package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.OverallMetric;
import org.evenhand.repair.PeopleChange;
import org.evenhand.repair.RepairJudgement.AimFinding;

/**
 * A repair in a summary.
 *
 * @param names to show for classes and values
 * @param page that it is added to
 */
record RepairSummary(Presentation names, Markdown page) {
  void write(RepairRecord repair) {
    repair
        .declined()
        .ifPresent(
            reason ->
                page.paragraph(
                    "**Declined%s:** %s"
                        .formatted(
                            repair.stands() ? ", but written as was asked" : "", said(reason))));
    page.paragraph(
        "Measured on %s of the %s split, which nothing was fitted on."
            .formatted(Summary.rows(repair.before()), Markdown.escaped(repair.measured().rows())));
    for (AttributeAudit was : repair.before().attributes()) {
      AttributeAudit is = repair.after().attribute(was.attribute());
      page.paragraph(
          "**%s: %s before, %s %s.**"
              .formatted(
                  Markdown.escaped(was.attribute()),
                  Markdown.escaped(was.verdict().toString()),
                  Markdown.escaped(is.verdict().toString()),
                  repair.stands() ? "after" : "if it were repaired"));
      page.table(
          List.of("figure", "before", "interval", "after", "interval"), figures(repair, was, is));
    }
    page.list(findings(repair));
    page.list(
        repair.measured().effects().harms().stream()
            .map(
                harm ->
                    "**Harm (%s):** %s"
                        .formatted(Markdown.escaped(harm.code().code()), said(harm.text())))
            .toList());
    people(repair);
  }

  private List<List<String>> figures(RepairRecord repair, AttributeAudit was, AttributeAudit is) {
    List<List<String>> rows = new ArrayList<>();
    if (was.counterfactualBias().isPresent() && is.counterfactualBias().isPresent()) {
      rows.add(
          figures(
              "counterfactual bias",
              Numbers.Unit.FINE_POINTS,
              was.counterfactualBias().map(CounterfactualBias::judged).get(),
              is.counterfactualBias().map(CounterfactualBias::judged).get()));
    }
    for (AttributeMetric metric : AttributeMetric.forPeople()) {
      rows.add(figures(metric.title(), Numbers.Unit.of(metric), metric.of(was), metric.of(is)));
    }
    for (OverallMetric metric : OverallMetric.values()) {
      rows.add(
          figures(
              metric.title(),
              Numbers.Unit.of(metric),
              metric.of(repair.before()),
              metric.of(repair.after())));
    }
    return rows;
  }

  private static List<String> figures(
      String title, Numbers.Unit unit, Estimate before, Estimate after) {
    return List.of(
        title,
        unit.show(before),
        Summary.interval(unit, before),
        unit.show(after),
        Summary.interval(unit, after));
  }

  private static List<String> findings(RepairRecord repair) {
    List<String> findings = new ArrayList<>();
    for (AimFinding found : repair.judgement().findings()) {
      for (String attribute : repair.proposal().attributes()) {
        repair
            .measured()
            .effects()
            .attribute(attribute)
            .of(found.aim())
            .ifPresent(
                change ->
                    findings.add(
                        "**%s:** %s by %s changes by %s points (%s to %s)."
                            .formatted(
                                Numbers.capitalized(
                                    found.finding().toString().toLowerCase(Locale.ROOT)),
                                found.aim().title(),
                                Markdown.escaped(attribute),
                                Numbers.Unit.POINTS.signed(change.value()),
                                Numbers.Unit.POINTS.signed(change.low()),
                                Numbers.Unit.POINTS.signed(change.high()))));
      }
    }
    return findings;
  }

  private void people(RepairRecord repair) {
    String favourable = names.classLabel(repair.before().favourable());
    List<String> titles = new ArrayList<>(List.of("people", "decisions", "changed"));
    if (!favourable.isEmpty()) {
      titles.add("to " + favourable);
      titles.add("away from it");
    }
    titles.addAll(List.of("become right", "become wrong"));
    List<List<String>> rows = new ArrayList<>();
    for (PeopleChange people : repair.measured().people()) {
      List<Double> counts = new ArrayList<>(List.of(people.n(), people.changed()));
      if (!favourable.isEmpty()) {
        counts.addAll(List.of(people.toFavourable(), people.toUnfavourable()));
      }
      counts.addAll(List.of(people.becameRight(), people.becameWrong()));
      List<String> row = new ArrayList<>();
      row.add(people.attribute() + " = " + names.valueLabel(people.attribute(), people.value()));
      counts.forEach(count -> row.add(Numbers.count(count)));
      rows.add(row);
    }
    page.table(titles, rows);
  }

  private String said(String sentence) {
    return Markdown.escaped(names.inSentence(sentence));
  }
}
