package org.evenhand.evidence;

import java.util.List;
import java.util.stream.Stream;
import org.evenhand.audit.AuditTables;
import org.evenhand.audit.ImpactTable;
import org.evenhand.audit.TopShares;
import org.evenhand.audit.WithinGaps;
import org.evenhand.evidence.Numbers.Unit;

/** Tables that were asked for beside the usual metrics. */
final class TablesSection {
  private TablesSection() {}

  static Section of(AuditTables tables) {
    List<Html> parts =
        Stream.of(
                tables.impact().stream().map(TablesSection::impact),
                tables.top().stream().map(TablesSection::top),
                tables.within().stream().map(TablesSection::within))
            .flatMap(part -> part)
            .toList();
    return Section.of("tables", "Selection rates in other views", parts);
  }

  private static Html impact(ImpactTable table) {
    return Html.of(
        """
        <h3>Impact ratios by {}</h3>
        <p>{} The impact ratio is a rate over the highest one. {} rows are of an unknown category and in no \
        rate.{}</p>
        {}""",
        table.attribute(),
        table.scoring()
            ? "The scoring rate is the share with a score above the median of all rows."
            : "The selection rate is the share given the favourable class.",
        Numbers.count(table.unknown()),
        table.excluded().isEmpty()
            ? ""
            : " Fewer than %s of the rows, and left out of the ratios: %s."
                .formatted(
                    Unit.PERCENT.show(table.excludeBelow()), String.join("; ", table.excluded())),
        table(
            "Impact ratios by " + table.attribute(),
            List.of(
                table.attribute(), "Cases", Numbers.capitalized(table.rateTitle()), "Impact ratio"),
            table.categories().stream()
                .map(
                    category ->
                        row(
                            category.value(),
                            Html.of("<td>{}</td>", Numbers.count(category.n())),
                            Cells.estimate(category.rate(), Unit.PERCENT),
                            Cells.estimate(category.impactRatio(), Unit.RATIO)))
                .toList()));
  }

  private static Html top(TopShares top) {
    return Html.of(
        """
        <h3>Selection from the top by {}</h3>
        <p>If the rows with the highest scores were selected; compared with {}.</p>
        {}""",
        top.attribute(),
        top.reference(),
        table(
            "Selection from the top by " + top.attribute(),
            List.of(top.attribute(), "Top", "Cases", "Selection rate", "Impact ratio"),
            top.cuts().stream()
                .flatMap(
                    cut ->
                        cut.values().stream()
                            .map(
                                value ->
                                    row(
                                        value.value(),
                                        Html.of("<td>{}</td>", Unit.PERCENT.show(cut.share())),
                                        Html.of("<td>{}</td>", Numbers.count(value.n())),
                                        Cells.estimate(value.selectionRate(), Unit.PERCENT),
                                        Cells.estimate(value.impactRatio(), Unit.RATIO))))
                .toList()));
  }

  private static Html within(WithinGaps gaps) {
    return Html.of(
        """
        <h3>Selection by {} within {}</h3>
        <p>Selection rate less that of {}, in percentage points, between rows of the same {}; averaged over its \
        levels by their shares.</p>
        {}""",
        gaps.attribute(),
        gaps.control(),
        gaps.reference(),
        gaps.control(),
        table(
            "Selection by %s within %s".formatted(gaps.attribute(), gaps.control()),
            List.of(gaps.attribute(), "Gap, points", "Levels", "Share of rows"),
            gaps.gaps().stream()
                .map(
                    gap ->
                        row(
                            gap.value(),
                            Cells.estimate(gap.gap(), Unit.POINTS),
                            Html.of("<td>{}</td>", gap.levels()),
                            Html.of("<td>{}</td>", Unit.PERCENT.show(gap.covered()))))
                .toList()));
  }

  private static Html row(String name, Html... cells) {
    return Html.of("<tr><th scope=\"row\">{}</th>{}</tr>", name, List.of(cells));
  }

  private static Html table(String caption, List<String> heads, List<Html> rows) {
    return HtmlTable.of(caption, heads.stream().map(HtmlTable::head).toList(), rows);
  }
}
