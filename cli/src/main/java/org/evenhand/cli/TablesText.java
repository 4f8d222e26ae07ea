package org.evenhand.cli;

import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenhand.audit.AuditTables;
import org.evenhand.audit.ImpactTable;
import org.evenhand.audit.TopShares;
import org.evenhand.audit.WithinGaps;
import org.evenhand.evidence.Presentation;

/** Tables that were asked for, for a person at a terminal. */
final class TablesText {
  private final PrintWriter out;
  private final Presentation names;

  TablesText(PrintWriter out, Presentation names) {
    this.out = out;
    this.names = names;
  }

  void print(AuditTables tables) {
    tables.impact().forEach(this::print);
    tables.top().forEach(this::print);
    tables.within().forEach(this::print);
  }

  private void print(ImpactTable table) {
    line("");
    line(
        "%s: %ss%s and impact ratios (rate over the highest rate)",
        table.attribute(),
        table.rateTitle(),
        table.scoring() ? " (share with a score above the median)" : "");
    for (ImpactTable.Category category : table.categories()) {
      line(
          "  %-44s %8.0f   %s %s, impact ratio %s",
          names.valueLabel(table.attribute(), category.value()),
          category.n(),
          table.rateTitle(),
          AuditText.percent(category.rate()),
          AuditText.plain(category.impactRatio()));
    }
    line("  %-44s %8.0f", "not in a category: unknown", table.unknown());
    if (!table.excluded().isEmpty()) {
      line(
          "  fewer than %s of the rows, left out of the ratios: %s",
          share(table.excludeBelow()),
          table.excluded().stream()
              .map(value -> names.valueLabel(table.attribute(), value))
              .collect(Collectors.joining("; ")));
    }
  }

  private void print(TopShares top) {
    line("");
    line(
        "%s: selection from the top by score, compared with %s",
        top.attribute(), names.valueLabel(top.attribute(), top.reference()));
    for (TopShares.Cut cut : top.cuts()) {
      for (TopShares.Value value : cut.values()) {
        line(
            "  %-44s %8.0f   selection rate %s, impact ratio %s",
            "top " + share(cut.share()) + ": " + names.valueLabel(top.attribute(), value.value()),
            value.n(),
            AuditText.percent(value.selectionRate()),
            AuditText.plain(value.impactRatio()));
      }
    }
  }

  private void print(WithinGaps gaps) {
    line("");
    line(
        "%s: selection rate less that of %s, within levels of %s",
        gaps.attribute(), names.valueLabel(gaps.attribute(), gaps.reference()), gaps.control());
    for (WithinGaps.Gap gap : gaps.gaps()) {
      line(
          "  %-44s %s (%d levels with %s of the rows)",
          names.valueLabel(gaps.attribute(), gap.value()),
          AuditText.signedPercent(gap.gap()),
          gap.levels(),
          share(gap.covered()));
    }
  }

  private static String share(double fraction) {
    return new DecimalFormat("0.## %", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(fraction);
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
