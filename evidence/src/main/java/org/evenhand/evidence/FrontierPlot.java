package org.evenhand.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.evenhand.audit.Estimate;
import org.evenhand.evidence.Numbers.Unit;

/**
 * Overall accuracy against bias: a point per method with both intervals, numbered as in the table,
 * and a line through those that no other one beats in both. Up and to the left is better.
 */
final class FrontierPlot {
  static final double WIDTH = 820;
  static final double HEIGHT = 430;
  static final double LEFT = 60;
  static final double RIGHT = 808;
  static final double TOP = 30;
  static final double BOTTOM = 380;

  /** Where a number may stand beside its point, first choice first. */
  private static final double[][] PLACES = {
    {9, -8}, {-16, -8}, {9, 17}, {-16, 17}, {9, -22}, {-16, -22}
  };

  private final String named;
  private final List<Point> points;
  private final double biasEnd;
  private final double accuracyLow;
  private final double accuracyHigh;
  private final List<double[]> taken = new ArrayList<>();

  /**
   * A method on a model.
   *
   * @param number of the method in the table; 0 for the deployed model
   * @param model index of the model, from 0
   * @param bias that is set against accuracy
   * @param accuracy overall accuracy
   * @param pale whether another one is better in both
   * @param recommended whether it is recommended
   */
  record Point(
      int number,
      int model,
      Estimate.Known bias,
      Estimate.Known accuracy,
      boolean pale,
      boolean recommended) {}

  private FrontierPlot(String bias, List<Point> points) {
    this.named = bias;
    this.points = points;
    biasEnd =
        LeadPlot.axisEnd(points.stream().mapToDouble(point -> point.bias().high()).max().orElse(0));
    double low = points.stream().mapToDouble(point -> point.accuracy().low()).min().orElse(0);
    double high = points.stream().mapToDouble(point -> point.accuracy().high()).max().orElse(1);
    accuracyLow = Math.max(0, Math.floor(low * 50 - 1e-9) / 50);
    accuracyHigh = Math.min(1, Math.ceil(high * 50 + 1e-9) / 50);
    // A number that covered a mark would hide it.
    points.forEach(
        point ->
            taken.add(new double[] {x(point.bias().value()) - 4, y(point.accuracy().value()) + 4}));
  }

  /**
   * The picture.
   *
   * @param id distinct within the page
   * @param bias what it is called, as it stands in a sentence
   * @param attribute whose bias it is
   * @param points at least one
   */
  static Html of(String id, String bias, String attribute, List<Point> points) {
    return new FrontierPlot(bias, points).picture(id, attribute);
  }

  double x(double bias) {
    return LEFT + (RIGHT - LEFT) * bias / biasEnd;
  }

  double y(double accuracy) {
    return BOTTOM - (BOTTOM - TOP) * (accuracy - accuracyLow) / (accuracyHigh - accuracyLow);
  }

  private Html picture(String id, String attribute) {
    return Html.of(
        """
        <svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">
        <title id="{}-title">Overall accuracy against {} by {}</title>
        <desc id="{}-desc">{}</desc>
        {}
        {}
        {}
        {}
        </svg>""",
        Numbers.coordinate(WIDTH),
        Numbers.coordinate(HEIGHT),
        id,
        id,
        id,
        named,
        attribute,
        id,
        description(),
        axes(),
        frontiers(),
        points.stream().sorted(Comparator.comparing(Point::recommended)).map(this::marks).toList(),
        points.stream().map(this::label).toList());
  }

  private String description() {
    return points.stream()
        .map(
            point ->
                "%d%s: %s %s, overall accuracy %s."
                    .formatted(
                        point.number(),
                        point.recommended() ? ", recommended" : "",
                        named,
                        Unit.POINTS.inWords(point.bias()),
                        Unit.PERCENT.show(point.accuracy())))
        .collect(Collectors.joining(" "));
  }

  private Html axes() {
    List<Html> ticks = new ArrayList<>();
    int step = biasEnd <= 0.2 ? 2 : biasEnd <= 0.5 ? 5 : 10;
    for (int gap = 0; gap <= Math.round(biasEnd * 100); gap += step) {
      String x = Numbers.coordinate(x(gap / 100.0));
      ticks.add(line(x, Numbers.coordinate(TOP), x, Numbers.coordinate(BOTTOM)));
      ticks.add(tick(x, Numbers.coordinate(BOTTOM + 17), "middle", Integer.toString(gap)));
    }
    long low = Math.round(accuracyLow * 100);
    long high = Math.round(accuracyHigh * 100);
    int rise = high - low <= 12 ? 2 : high - low <= 30 ? 5 : 10;
    for (long percent = (low + rise - 1) / rise * rise; percent <= high; percent += rise) {
      String y = Numbers.coordinate(y(percent / 100.0));
      ticks.add(line(Numbers.coordinate(LEFT), y, Numbers.coordinate(RIGHT), y));
      ticks.add(
          tick(
              Numbers.coordinate(LEFT - 8),
              Numbers.coordinate(y(percent / 100.0) + 4),
              "end",
              percent + "\u00a0%"));
    }
    ticks.add(
        tick(
            Numbers.coordinate(RIGHT),
            Numbers.coordinate(HEIGHT - 10),
            "end",
            Numbers.capitalized(named) + ", points: the further left, the better"));
    ticks.add(
        tick(
            "0",
            Numbers.coordinate(TOP - 14),
            "start",
            "Overall accuracy: the further up, the better"));
    return Html.of("{}", ticks);
  }

  private static Html line(String x1, String y1, String x2, String y2) {
    return Html.of(
        "<line class=\"grid\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", x1, y1, x2, y2);
  }

  private static Html tick(String x, String y, String anchor, String text) {
    return Html.of(
        "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>", x, y, anchor, text);
  }

  /** For each model, through the points that are not pale, by rising bias. */
  private List<Html> frontiers() {
    return points.stream()
        .map(Point::model)
        .distinct()
        .map(
            model -> {
              StringBuilder path = new StringBuilder();
              points.stream()
                  .filter(point -> point.model() == model && !point.pale())
                  .sorted(Comparator.comparingDouble(point -> point.bias().value()))
                  .forEach(
                      point ->
                          path.append(path.isEmpty() ? "M" : " L")
                              .append(Numbers.coordinate(x(point.bias().value())))
                              .append(' ')
                              .append(Numbers.coordinate(y(point.accuracy().value()))));
              return Html.when(!path.isEmpty(), "<path class=\"frontier\" d=\"{}\"/>", path);
            })
        .toList();
  }

  private Html marks(Point point) {
    double x = x(point.bias().value());
    double y = y(point.accuracy().value());
    return Html.of(
        """
        <g class="{}"><line class="whisker" x1="{}" y1="{}" x2="{}" y2="{}"/>\
        <line class="whisker" x1="{}" y1="{}" x2="{}" y2="{}"/>{}</g>""",
        (point.number() == 0 ? "before" : "only")
            + (point.pale() ? " pale" : "")
            + (point.recommended() ? " chosen" : ""),
        Numbers.coordinate(x(point.bias().low())),
        Numbers.coordinate(y),
        Numbers.coordinate(x(point.bias().high())),
        Numbers.coordinate(y),
        Numbers.coordinate(x),
        Numbers.coordinate(y(point.accuracy().low())),
        Numbers.coordinate(x),
        Numbers.coordinate(y(point.accuracy().high())),
        symbol(point, x, y));
  }

  private static Html symbol(Point point, double x, double y) {
    double size = point.recommended() ? 7 : 4.5;
    return point.model() == 0
        ? Html.of(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            Numbers.coordinate(x),
            Numbers.coordinate(y),
            Numbers.coordinate(size))
        : Html.of(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            Numbers.coordinate(x - size),
            Numbers.coordinate(y - size),
            Numbers.coordinate(2 * size),
            Numbers.coordinate(2 * size));
  }

  /** The number of the method, where it covers no other. */
  private Html label(Point point) {
    double x = x(point.bias().value());
    double y = y(point.accuracy().value());
    double[] place = PLACES[0];
    for (double[] candidate : PLACES) {
      double[] at = {x + candidate[0], y + candidate[1]};
      if (taken.stream()
          .noneMatch(other -> Math.abs(other[0] - at[0]) < 16 && Math.abs(other[1] - at[1]) < 13)) {
        place = candidate;
        break;
      }
    }
    taken.add(new double[] {x + place[0], y + place[1]});
    return Html.of(
        "<text class=\"label{}\" x=\"{}\" y=\"{}\">{}</text>",
        point.pale() ? " pale" : "",
        Numbers.coordinate(x + place[0]),
        Numbers.coordinate(y + place[1]),
        point.number());
  }
}
