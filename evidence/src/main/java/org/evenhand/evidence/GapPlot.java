package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.ModelBias;
import org.evenhand.evidence.Numbers.Unit;

/** Model Bias with its interval, against the tolerance and what chance alone gives. */
final class GapPlot {
  static final double WIDTH = 820;
  static final double LEFT = 84;
  static final double RIGHT = 808;
  static final double TOP = 24;
  static final double ROW = 34;

  private final Comparison comparison;
  private final List<ModelBias> series = new ArrayList<>();
  private final double tolerance;
  private final double end;

  private GapPlot(Comparison comparison) {
    this.comparison = comparison;
    series.add(comparison.before().modelBias());
    comparison.after().ifPresent(after -> series.add(after.modelBias()));
    tolerance = comparison.audit().settings().tolerance();
    double farthest = 1.6 * tolerance;
    for (ModelBias bias : series) {
      farthest = Math.max(farthest, finite(bias.noiseFloorHigh()));
      if (bias.estimate() instanceof Estimate.Known known) {
        farthest = Math.max(farthest, known.high());
      }
    }
    end = axisEnd(farthest);
  }

  /** The next multiple of 5 points, at most 100. */
  static double axisEnd(double farthest) {
    return Math.min(1, Math.max(1, Math.ceil(farthest * 20 - 1e-9)) / 20);
  }

  /** The picture; the id is distinct within the page. */
  static Html of(String id, Comparison comparison) {
    return new GapPlot(comparison).picture(id);
  }

  private double x(double gap) {
    return x(gap, end);
  }

  /** Where a gap lies on a horizontal axis from 0 to {@code end}. */
  static double x(double gap, double end) {
    return LEFT + (RIGHT - LEFT) * gap / end;
  }

  private Html picture(String id) {
    double bottom = TOP + series.size() * ROW;
    List<Html> rows = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      rows.add(row(series.get(i), i == 0, TOP + (i + 0.5) * ROW));
    }
    return Html.of(
        """
        <svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">
        <title id="{}-title">Model Bias by {}, in percentage points</title>
        <desc id="{}-desc">{}</desc>
        {}
        {}
        {}
        </svg>""",
        Numbers.coordinate(WIDTH),
        Numbers.coordinate(bottom + 24),
        id,
        id,
        id,
        comparison.attribute(),
        id,
        description(),
        axis(bottom),
        rows,
        toleranceLine(bottom));
  }

  private Html axis(double bottom) {
    List<Html> ticks = new ArrayList<>();
    int step = end <= 0.3 ? 5 : end <= 0.6 ? 10 : 20;
    for (int points = 0; points <= Math.round(end * 100); points += step) {
      String x = Numbers.coordinate(x(points / 100.0));
      ticks.add(
          Html.of(
              """
              <line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"/>
              <text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>""",
              x,
              Numbers.coordinate(TOP),
              x,
              Numbers.coordinate(bottom),
              x,
              Numbers.coordinate(bottom + 16),
              points));
    }
    return Html.of("{}", ticks);
  }

  private Html row(ModelBias bias, boolean first, double y) {
    String name = first ? comparison.labels().before() : comparison.labels().after();
    Html noise =
        Html.when(
            Double.isFinite(bias.noiseFloorHigh()),
            "<rect class=\"noise\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\"/>",
            Numbers.coordinate(LEFT),
            Numbers.coordinate(y - 7),
            Numbers.coordinate(x(finite(bias.noiseFloorHigh())) - LEFT));
    return Html.of(
        """
        <text class="label" x="0" y="{}">{}</text>
        {}
        {}""",
        Numbers.coordinate(y + 4),
        name,
        noise,
        mark(bias.estimate(), first ? comparison.firstSeries() : "after", y));
  }

  private Html mark(Estimate estimate, String name, double y) {
    if (estimate instanceof Estimate.Known known) {
      return Charts.dotAndWhisker(name, x(known.value()), x(known.low()), x(known.high()), y);
    }
    return Html.of(
        "<text class=\"missing\" x=\"{}\" y=\"{}\">cannot be estimated</text>",
        Numbers.coordinate(LEFT + 8),
        Numbers.coordinate(y + 4));
  }

  private Html toleranceLine(double bottom) {
    String x = Numbers.coordinate(x(tolerance));
    return Html.of(
        """
        <line class="tolerance" x1="{}" y1="{}" x2="{}" y2="{}"/>
        <text class="tolerance" x="{}" y="{}" text-anchor="middle">tolerated {}</text>""",
        x,
        Numbers.coordinate(TOP - 6),
        x,
        Numbers.coordinate(bottom),
        x,
        Numbers.coordinate(TOP - 11),
        Unit.POINTS.show(tolerance));
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < series.size(); i++) {
      text.append(i == 0 ? comparison.labels().before() : comparison.labels().after())
          .append(": ")
          .append(Unit.POINTS.show(series.get(i).estimate()))
          .append(" points; ");
    }
    return text.append("tolerated: ").append(Unit.POINTS.show(tolerance)).append('.').toString();
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }
}
