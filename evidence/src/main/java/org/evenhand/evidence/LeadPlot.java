package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.Estimate;
import org.evenhand.evidence.Numbers.Unit;
import org.evenhand.repair.Aim;

/**
 * The figure that a page leads with, on its interval; a gap against what is tolerated and, of Model
 * Bias, against what chance alone gives.
 */
final class LeadPlot {
  static final double WIDTH = 600;
  static final double LEFT = 100;
  static final double RIGHT = 588;
  static final double TOP = 24;
  static final double ROW = 34;

  private final Comparison comparison;
  private final Figure figure;
  private final Unit unit;
  private final List<Estimate> series = new ArrayList<>();
  private final List<OptionalDouble> noise;
  private final OptionalDouble tolerance;
  private final double end;

  private LeadPlot(Comparison comparison) {
    this.comparison = comparison;
    this.figure = figure(comparison);
    this.unit = Unit.of(figure.metric());
    series.add(figure.before());
    figure.after().ifPresent(series::add);
    noise =
        Stream.concat(Stream.of(comparison.before()), comparison.after().stream())
            .map(audit -> noise(comparison, audit))
            .toList();
    tolerance = tolerance(comparison);
    end = unit == Unit.PERCENT ? 1 : axisEnd(farthest());
  }

  /** The picture; the id is distinct within the page. */
  static Html of(String id, Comparison comparison) {
    return new LeadPlot(comparison).picture(id);
  }

  /** What is shown, such as {@code Model Bias, in percentage points}. */
  static String title(Comparison comparison) {
    Figure figure = figure(comparison);
    return figure.metric().heading()
        + (Unit.of(figure.metric()) == Unit.PERCENT ? "" : ", in percentage points,");
  }

  /** Whether the picture shows what chance alone gives. */
  static boolean showsNoise(Comparison comparison) {
    return comparison.lead() == Aim.MODEL_BIAS;
  }

  private static Figure figure(Comparison comparison) {
    return Figure.of(comparison.lead(), comparison.before(), comparison.after()).orElseThrow();
  }

  private static OptionalDouble noise(Comparison comparison, AttributeAudit audit) {
    double high = audit.modelBias().noiseFloorHigh();
    return showsNoise(comparison) && Double.isFinite(high)
        ? OptionalDouble.of(high)
        : OptionalDouble.empty();
  }

  private static OptionalDouble tolerance(Comparison comparison) {
    return switch (comparison.lead()) {
      case MODEL_BIAS -> OptionalDouble.of(comparison.audit().settings().tolerance());
      case LARGEST_GAP -> OptionalDouble.of(comparison.audit().settings().gapTolerance());
      case COUNTERFACTUAL_BIAS ->
          OptionalDouble.of(comparison.counterfactualBefore().orElseThrow().delta());
      case WORST_GROUP, AVERAGE_GROUP -> OptionalDouble.empty();
    };
  }

  private double farthest() {
    double farthest = 1.6 * tolerance.orElse(0);
    for (OptionalDouble floor : noise) {
      farthest = Math.max(farthest, floor.orElse(0));
    }
    for (Estimate estimate : series) {
      if (estimate instanceof Estimate.Known known) {
        farthest = Math.max(farthest, known.high());
      }
    }
    return farthest;
  }

  /** The next multiple of 5 points, at most 100. */
  static double axisEnd(double farthest) {
    return Math.min(1, Math.max(1, Math.ceil(farthest * 20 - 1e-9)) / 20);
  }

  private double x(double value) {
    return x(value, end);
  }

  /** Where a figure lies on a horizontal axis from 0 to {@code end}. */
  static double x(double value, double end) {
    return LEFT + (RIGHT - LEFT) * value / end;
  }

  private Html picture(String id) {
    double bottom = TOP + series.size() * ROW;
    List<Html> rows = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      rows.add(row(i, TOP + (i + 0.5) * ROW));
    }
    return Html.of(
        """
        <svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">
        <title id="{}-title">{} by {}</title>
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
        figure.metric().heading(),
        comparison.attribute(),
        id,
        description(),
        axis(bottom),
        rows,
        tolerance.isPresent() ? toleranceLine(tolerance.getAsDouble(), bottom) : Html.NONE);
  }

  private Html axis(double bottom) {
    List<Html> ticks = new ArrayList<>();
    int step = end <= 0.1 ? 1 : end <= 0.3 ? 5 : end <= 0.6 ? 10 : 20;
    for (int hundredths = 0; hundredths <= Math.round(end * 100); hundredths += step) {
      String x = Numbers.coordinate(x(hundredths / 100.0));
      ticks.add(
          Html.of(
              """
              <line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"/>
              <text class="tick" x="{}" y="{}" text-anchor="middle">{}{}</text>""",
              x,
              Numbers.coordinate(TOP),
              x,
              Numbers.coordinate(bottom),
              x,
              Numbers.coordinate(bottom + 16),
              hundredths,
              unit == Unit.PERCENT ? "\u00a0%" : ""));
    }
    return Html.of("{}", ticks);
  }

  private String label(int index) {
    return index == 0 ? comparison.labels().before() : comparison.labels().after();
  }

  private Html row(int index, double y) {
    OptionalDouble floor = noise.get(index);
    return Html.of(
        """
        <text class="label" x="0" y="{}">{}</text>
        {}
        {}""",
        Numbers.coordinate(y + 4),
        label(index),
        Html.when(
            floor.isPresent(),
            "<rect class=\"noise\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\"/>",
            Numbers.coordinate(LEFT),
            Numbers.coordinate(y - 7),
            Numbers.coordinate(x(floor.orElse(0)) - LEFT)),
        mark(series.get(index), index == 0 ? comparison.firstSeries() : "after", y));
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

  private Html toleranceLine(double tolerated, double bottom) {
    String x = Numbers.coordinate(x(tolerated));
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
        unit.show(tolerated));
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < series.size(); i++) {
      text.append(label(i))
          .append(": ")
          .append(unit.inWords(series.get(i)))
          .append(
              series.get(i) instanceof Estimate.Known known
                  ? ", interval " + unit.interval(known)
                  : "")
          .append("; ");
    }
    tolerance.ifPresent(tolerated -> text.append("tolerated: ").append(unit.show(tolerated)));
    return text.toString().strip().replaceFirst(";?$", ".");
  }
}
