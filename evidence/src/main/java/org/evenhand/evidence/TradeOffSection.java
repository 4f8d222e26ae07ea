package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenhand.audit.Metric;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Aim;
import org.evenhand.repair.AttributeChange;
import org.evenhand.repair.Effects;
import org.evenhand.repair.Finding;
import org.evenhand.repair.Harm;
import org.evenhand.repair.PairedChange;
import org.evenhand.repair.RepairJudgement.AimFinding;

/** What a repair makes better and what it makes worse, each change with its interval. */
final class TradeOffSection {
  private final RepairRecord repair;
  private final List<Aim> aims;

  private TradeOffSection(RepairRecord repair) {
    this.repair = repair;
    this.aims = repair.judgement().findings().stream().map(AimFinding::aim).toList();
  }

  static Section of(RepairRecord repair) {
    return new TradeOffSection(repair).section();
  }

  private Section section() {
    Effects effects = repair.measured().effects();
    List<Html> bodies = new ArrayList<>();
    for (AttributeChange change : effects.attributes()) {
      bodies.add(body("By " + change.attribute(), rows(change)));
    }
    bodies.add(
        body(
            "All cases",
            List.of(
                row(
                    Figure.overall(repair.before(), Optional.of(repair.after())),
                    effects.overall(),
                    true,
                    false))));
    return Section.of(
        "trade-off",
        repair.stands() ? "What gets better, what gets worse" : "What would get better or worse",
        List.of(
            Html.of(
                """
                <p>The same {} rows, which nothing was learned from, were decided by the model without and with \
                the repair. {}</p>""",
                Numbers.count(repair.before().rows()),
                aims.isEmpty() ? "" : "What the repair was for stands first, in bold."),
            HtmlTable.ofBodies(
                "Changes, each with the range that it lies in with 90\u00a0% confidence",
                List.of(
                    HtmlTable.head("Figure"),
                    HtmlTable.head("Before"),
                    HtmlTable.head("After"),
                    HtmlTable.head("Change, points"),
                    HtmlTable.textHead("What it says")),
                bodies),
            harms(effects.harms())));
  }

  private static Html body(String title, List<Html> rows) {
    return Html.of(
        "<tbody><tr class=\"group\"><th colspan=\"5\" scope=\"rowgroup\">{}</th></tr>\n{}\n</tbody>",
        title,
        rows);
  }

  private List<Html> rows(AttributeChange change) {
    boolean repaired = repair.proposal().attributes().contains(change.attribute());
    List<Html> rows = new ArrayList<>();
    Stream.concat(aims.stream(), Arrays.stream(Aim.values()).filter(aim -> !aims.contains(aim)))
        .forEach(
            aim ->
                change
                    .of(aim)
                    .ifPresent(
                        measured ->
                            Figure.of(
                                    aim,
                                    repair.before().attribute(change.attribute()),
                                    Optional.of(repair.after().attribute(change.attribute())))
                                .ifPresent(
                                    figure ->
                                        rows.add(
                                            row(
                                                figure,
                                                measured,
                                                aim.rises(),
                                                repaired && aims.contains(aim))))));
    return rows;
  }

  private static Html row(Figure figure, PairedChange change, boolean rises, boolean aim) {
    Metric metric = figure.metric();
    Unit unit = Unit.of(metric);
    Unit points = unit == Unit.PERCENT ? Unit.POINTS : unit;
    return Html.of(
        """
        <tr><th scope="row"{}>{}</th><td>{}</td><td>{}</td><td>{}<small>{} to {}</small></td>\
        <td class="text">{}</td></tr>""",
        Html.when(!aim, " class=\"plain\""),
        metric.heading() + (metric.unit() == Metric.Unit.POINTS ? ", points" : ""),
        unit.show(figure.before()),
        figure.after().map(unit::show).orElse("–"),
        points.signed(change.value()),
        points.signed(change.low()),
        points.signed(change.high()),
        words(Finding.of(change, rises)));
  }

  private static Html words(Finding finding) {
    return switch (finding) {
      case SHOWN -> Html.of("<span class=\"better\">▲ better</span>, beyond chance");
      case OPEN -> Html.of("open: may be chance");
      case WORSE -> Html.of("<span class=\"worse\">▼ worse</span>, beyond chance");
    };
  }

  private static Html harms(List<Harm> harms) {
    return harms.isEmpty()
        ? Html.of("<p>None of the harms that are looked for was found.</p>")
        : Html.of(
            "<h3>What gets worse by more than a little</h3>\n<ul class=\"warnings\">{}</ul>",
            harms.stream().map(harm -> Html.of("<li>{}</li>", harm.text())).toList());
  }
}
