package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.PeopleChange;

/**
 * How many people of each value the finding touches: of a repair, whose decisions change and which
 * way; of an audit, who is decided wrongly.
 */
final class PeopleSection {
  /** With more classes a column for each would fill no page. */
  private static final int FEW_CLASSES = 4;

  private PeopleSection() {}

  static Section of(Evidence evidence, List<Comparison> comparisons) {
    return evidence
        .change()
        .map(repair -> changed(repair, comparisons))
        .orElseGet(() -> measured(evidence.deployed(), comparisons));
  }

  private static Section changed(RepairRecord repair, List<Comparison> comparisons) {
    List<PeopleChange> people = repair.measured().people();
    if (people.isEmpty()) {
      return new Section("people", "People", Html.NONE);
    }
    String favourable =
        repair.before().favourable().isEmpty()
            ? ""
            : comparisons.get(0).classNamed(repair.before().favourable());
    return Section.of(
        "people",
        repair.stands() ? "Whose decisions change" : "Whose decisions would change",
        List.of(
            Html.of("<p>{}</p>", total(people, favourable, repair.stands())),
            HtmlTable.of(
                "Changed decisions, by protected attribute",
                Stream.of(
                        Stream.of("Who", "Cases", "Changed"),
                        favourable.isEmpty()
                            ? Stream.<String>of()
                            : Stream.of("Gain " + favourable, "Lose " + favourable),
                        Stream.of("Wrong, now right", "Right, now wrong"))
                    .flatMap(heads -> heads)
                    .map(HtmlTable::head)
                    .toList(),
                people.stream().map(change -> row(change, !favourable.isEmpty())).toList())));
  }

  /** The people of the first attribute are those of all that are known. */
  private static String total(List<PeopleChange> people, String favourable, boolean stands) {
    List<PeopleChange> first =
        people.stream()
            .filter(change -> change.attribute().equals(people.get(0).attribute()))
            .toList();
    double n = first.stream().mapToDouble(PeopleChange::n).sum();
    double changed = first.stream().mapToDouble(PeopleChange::changed).sum();
    return "Of %s decisions, %s %s (%s)%s; %s wrong ones become right and %s right ones wrong."
        .formatted(
            Numbers.count(n),
            Numbers.count(changed),
            stands ? "change" : "would change",
            Unit.PERCENT.show(changed / n),
            favourable.isEmpty()
                ? ""
                : ": %s people gain %s and %s lose it"
                    .formatted(
                        Numbers.count(first.stream().mapToDouble(PeopleChange::toFavourable).sum()),
                        favourable,
                        Numbers.count(
                            first.stream().mapToDouble(PeopleChange::toUnfavourable).sum())),
            Numbers.count(first.stream().mapToDouble(PeopleChange::becameRight).sum()),
            Numbers.count(first.stream().mapToDouble(PeopleChange::becameWrong).sum()));
  }

  private static Html row(PeopleChange change, boolean favourable) {
    return Html.of(
        "<tr><th scope=\"row\">{} = {}</th><td>{}</td><td>{}<small>{}</small></td>{}<td>{}</td><td>{}</td></tr>",
        change.attribute(),
        change.value(),
        Numbers.count(change.n()),
        Numbers.count(change.changed()),
        Unit.PERCENT.show(change.changed() / change.n()),
        Html.when(
            favourable,
            "<td>{}</td><td>{}</td>",
            Numbers.count(change.toFavourable()),
            Numbers.count(change.toUnfavourable())),
        Numbers.count(change.becameRight()),
        Numbers.count(change.becameWrong()));
  }

  private static Section measured(AuditResult audit, List<Comparison> comparisons) {
    List<Html> tables =
        comparisons.stream()
            .map(comparison -> audit.scope().outcomes() ? wrong(comparison) : selected(comparison))
            .toList();
    return Section.of(
        "people", audit.scope().outcomes() ? "Who is decided wrongly" : "Who gets what", tables);
  }

  private static Html wrong(Comparison comparison) {
    List<String> classes =
        comparison.before().groups().stream().map(GroupAccuracy::target).distinct().toList();
    boolean each = classes.size() <= FEW_CLASSES;
    List<Html> heads = new ArrayList<>();
    Stream.of("Who", "Cases", "Decided wrongly").map(HtmlTable::head).forEach(heads::add);
    if (each) {
      classes.stream()
          .map(name -> HtmlTable.head("… where " + comparison.classNamed(name)))
          .forEach(heads::add);
    }
    List<Html> rows = new ArrayList<>();
    for (ValueMetrics value : comparison.before().values()) {
      List<GroupAccuracy> groups = groups(comparison.before(), value.value());
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{} = {}</th><td>{}</td>{}{}</tr>",
              comparison.attribute(),
              value.value(),
              Numbers.count(value.n()),
              share(groups),
              each
                  ? classes.stream()
                      .map(
                          name ->
                              share(
                                  groups.stream()
                                      .filter(group -> group.target().equals(name))
                                      .toList()))
                      .toList()
                  : Html.NONE));
    }
    return Html.when(
        !rows.isEmpty(),
        "{}",
        HtmlTable.of("Wrong decisions by " + comparison.attribute(), heads, rows));
  }

  private static List<GroupAccuracy> groups(AttributeAudit audit, String value) {
    return audit.groups().stream().filter(group -> group.attributeValue().equals(value)).toList();
  }

  private static Html share(List<GroupAccuracy> groups) {
    double n = groups.stream().mapToDouble(GroupAccuracy::n).sum();
    double wrong = n - groups.stream().mapToDouble(GroupAccuracy::correct).sum();
    return n == 0
        ? Cells.EMPTY
        : Html.of(
            "<td>{}<small>of {}, {}</small></td>",
            Numbers.count(wrong),
            Numbers.count(n),
            Unit.PERCENT.show(wrong / n));
  }

  private static Html selected(Comparison comparison) {
    String favourable = comparison.audit().favourable();
    return Html.when(
        !favourable.isEmpty(),
        "{}",
        HtmlTable.of(
            "Decisions by " + comparison.attribute(),
            Stream.of("Who", "Cases", "Get " + comparison.classNamed(favourable))
                .map(HtmlTable::head)
                .toList(),
            comparison.before().values().stream()
                .map(
                    value ->
                        Html.of(
                            "<tr><th scope=\"row\">{} = {}</th><td>{}</td>{}</tr>",
                            comparison.attribute(),
                            value.value(),
                            Numbers.count(value.n()),
                            given(value)))
                .toList()));
  }

  private static Html given(ValueMetrics value) {
    return Optional.of(value.of(ValueMetric.SELECTION_RATE))
        .filter(Estimate.Known.class::isInstance)
        .map(Estimate.Known.class::cast)
        .map(
            rate ->
                Html.of(
                    "<td>{}<small>{}</small></td>",
                    Numbers.count(Math.rint(rate.value() * value.n())),
                    Unit.PERCENT.show(rate.value())))
        .orElse(Cells.EMPTY);
  }
}
