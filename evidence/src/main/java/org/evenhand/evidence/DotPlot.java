package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.evidence.Numbers.Unit;

/**
 * The accuracy of every group of one true class: dots with their intervals on an axis from 0 to 100
 * %. Before is hollow, after is filled.
 */
final class DotPlot {
  static final double WIDTH = 400;
  static final double LEFT = 8;
  static final double RIGHT = 392;
  static final double ROW = 44;
  static final double PAIRED_ROW = 56;
  static final double TOP = 6;
  private static final int LONGEST_LABEL = 34;

  private DotPlot() {}

  /** Where an accuracy lies on the horizontal axis. */
  static double x(double accuracy) {
    return LEFT + (RIGHT - LEFT) * accuracy;
  }

  /**
   * The picture.
   *
   * @param id distinct within the page
   * @param target the class
   * @param groups its groups
   * @param comparison finds their counterparts
   */
  static Html of(String id, String target, List<GroupAccuracy> groups, Comparison comparison) {
    double height = comparison.after().isPresent() ? PAIRED_ROW : ROW;
    double bottom = TOP + groups.size() * height;
    List<Html> rows = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      rows.add(row(groups.get(i), comparison, TOP + i * height, height));
    }
    return Html.of(
        """
        <svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">
        <title id="{}-title">Accuracy of each {} group among true class {}</title>
        <desc id="{}-desc">{}</desc>
        {}
        {}
        </svg>""",
        Numbers.coordinate(WIDTH),
        Numbers.coordinate(bottom + 24),
        id,
        id,
        id,
        comparison.attribute(),
        target,
        id,
        description(groups, comparison),
        axis(bottom),
        rows);
  }

  private static Html axis(double bottom) {
    List<Html> ticks = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent += 25) {
      double x = x(percent / 100.0);
      String anchor = percent == 0 ? "start" : percent == 100 ? "end" : "middle";
      double textX = percent == 0 ? 0 : percent == 100 ? WIDTH : x;
      ticks.add(
          Html.of(
              "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}\u00a0%</text>",
              Numbers.coordinate(textX), Numbers.coordinate(bottom + 16), anchor, percent));
    }
    return Html.of("{}", ticks);
  }

  /** Grid lines cross the marks of a row and leave its label alone. */
  private static Html grid(double top, double height) {
    List<Html> lines = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent += 25) {
      String x = Numbers.coordinate(x(percent / 100.0));
      lines.add(
          Html.of(
              "<line class=\"grid\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
              x,
              Numbers.coordinate(top + 20),
              x,
              Numbers.coordinate(top + height - 8)));
    }
    return Html.of("{}", lines);
  }

  private static Html row(GroupAccuracy group, Comparison comparison, double top, double height) {
    String name = group.attributeValue();
    List<Html> marks = new ArrayList<>();
    marks.add(grid(top, height));
    marks.add(
        Html.of(
            """
            <text class="label" x="0" y="{}"><title>{}</title>{}<tspan class="count" dx="7">{}</tspan></text>
            <text class="value" x="{}" y="{}" text-anchor="end">{}</text>""",
            Numbers.coordinate(top + 14),
            name,
            Charts.shortened(name, LONGEST_LABEL),
            "n\u00a0" + Numbers.count(group.n()),
            Numbers.coordinate(WIDTH),
            Numbers.coordinate(top + 14),
            values(group, comparison)));
    marks.add(mark(group.accuracy(), comparison.firstSeries(), top + 28));
    comparison
        .after(group)
        .ifPresent(after -> marks.add(mark(after.accuracy(), "after", top + 40)));
    return Html.of("{}", marks);
  }

  private static Html mark(Estimate accuracy, String series, double y) {
    if (accuracy instanceof Estimate.Known known) {
      return Charts.dotAndWhisker(series, x(known.value()), x(known.low()), x(known.high()), y);
    }
    return Html.of(
        "<text class=\"missing\" x=\"{}\" y=\"{}\">cannot be estimated</text>",
        Numbers.coordinate(LEFT),
        Numbers.coordinate(y + 4));
  }

  private static String values(GroupAccuracy group, Comparison comparison) {
    String before = Unit.PERCENT.show(group.accuracy());
    return comparison
        .after(group)
        .map(after -> before + " \u2192 " + Unit.PERCENT.show(after.accuracy()))
        .orElse(before);
  }

  private static String description(List<GroupAccuracy> groups, Comparison comparison) {
    StringBuilder text = new StringBuilder();
    for (GroupAccuracy group : groups) {
      text.append(group.attributeValue())
          .append(": ")
          .append(values(group, comparison).replace("\u2192", "before, then"))
          .append(". ");
    }
    return text.toString().strip();
  }
}
