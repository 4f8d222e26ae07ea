package org.evenhand.cli;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.Metric;
import org.evenhand.audit.ModelBias;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.PairsMetric;
import org.evenhand.audit.ScoreMeaning;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.evidence.Presentation;

/** An audit for a person at a terminal: the verdict first, everything in percent. */
final class AuditText {
  private final PrintWriter out;
  private final Presentation names;

  /**
   * Prints audits.
   *
   * @param out where to
   * @param names to show for classes and values
   */
  AuditText(PrintWriter out, Presentation names) {
    this.out = out;
    this.names = names;
  }

  void print(AuditResult audit) {
    for (OverallMetric metric : OverallMetric.values()) {
      line("%.0f rows, %s %s", audit.rows(), metric.title(), number(metric, metric.of(audit)));
    }
    audit.scope().rows().ifPresent(rows -> line("rows used: %s", rows.sentence()));
    audit.scope().scores().ifPresent(this::print);
    if (audit.favourableAssumed()) {
      line(
          "favourable class: '%s', the last of two, because none was named (--favourable; 'none' if neither is better)",
          names.classLabel(audit.favourable()));
    }
    for (AttributeAudit attribute : audit.attributes()) {
      print(audit, attribute);
      attribute.counterfactualBias().ifPresent(this::print);
    }
    new TablesText(out, names).print(audit.tables());
    if (!audit.ranking().isEmpty()) {
      line("");
      line("columns that the model reads, by counterfactual bias (random other value):");
      for (CounterfactualBias bias : audit.ranking()) {
        line("  %-22s  %s   %s", bias.attribute(), percent(bias.bias()), bias.verdict());
      }
    }
  }

  private void print(ScoreMeaning scores) {
    line(
        "column '%s': %s; a higher one speaks for class '%s'%s",
        scores.column(),
        scores.scale(),
        names.classLabel(scores.about()),
        scores
            .threshold()
            .map(
                from ->
                    ", which is decided from "
                        + new BigDecimal(from.toString()).stripTrailingZeros().toPlainString())
            .orElse(
                scores.scale().equals("points")
                    ? ", which is decided above the column's median"
                    : ", which is decided where it is the more probable one"));
  }

  private void print(CounterfactualBias bias) {
    line(
        "  %-22s  %s   %s; %s %s",
        PairsMetric.COUNTERFACTUAL_BIAS.title(),
        percent(bias.bias()),
        bias.verdict(),
        PairsMetric.FLIPPED_DECISIONS.title(),
        percent(bias.flippedDecisions()).strip());
    bias.groupGap().ifPresent(gap -> line("  difference of groups    %s", percent(gap)));
    line("  %s", names.inSentence(bias.explanation()));
    for (CounterfactualBias.Direction direction : bias.directions()) {
      line(
          "  %-44s %8.0f   %s %s",
          names.valueLabel(bias.attribute(), direction.from())
              + " to "
              + names.valueLabel(bias.attribute(), direction.to()),
          direction.n(),
          bias.about().isEmpty() ? "true class" : "'" + names.classLabel(bias.about()) + "'",
          signedPercent(direction.change()));
    }
  }

  private void print(AuditResult audit, AttributeAudit attribute) {
    line("");
    line(
        "%s: %s",
        attribute.attribute(),
        audit.scope().outcomes() ? attribute.verdict() : "no verdict, for want of true classes");
    line("  %s", names.inSentence(attribute.explanation()));
    if (attribute.coverage().unknown() > 0) {
      line(
          "  known for %.0f rows, unknown for %.0f, which %s",
          attribute.coverage().known(),
          attribute.coverage().unknown(),
          audit.scope().outcomes() ? "count in overall accuracy alone" : "are in no group");
    }
    if (!attribute.coverage().elsewhere().isEmpty()) {
      line(
          "  no audited row has %s, which other rows have: nothing is said of it",
          attribute.coverage().elsewhere().stream()
              .map(value -> names.valueLabel(attribute.attribute(), value))
              .collect(joining(", ")));
    }
    if (attribute.coverage().byProbability()) {
      line(
          "  rows are spread over groups by the probabilities given; their sums are shown as rows");
    }
    if (audit.scope().outcomes()) {
      printGroups(attribute);
    }
    if (!audit.favourable().isEmpty()) {
      line(
          "  rates of class '%s', compared with %s:",
          names.classLabel(audit.favourable()),
          names.valueLabel(attribute.attribute(), attribute.reference()));
      for (ValueMetrics value : attribute.values()) {
        line(
            "  %-44s %8.0f   %s",
            names.valueLabel(attribute.attribute(), value.value()),
            value.n(),
            ValueMetric.forTerminals().stream()
                .map(metric -> metric.title() + " " + number(metric, metric.of(value)))
                .collect(joining(", ")));
      }
      printFourFifths(attribute);
    }
  }

  private void printFourFifths(AttributeAudit attribute) {
    FourFifths check = attribute.fourFifths();
    if (check.ratio() instanceof Estimate.Known ratio && check.state().isPresent()) {
      line(
          "  lowest rate over highest (%s over %s): %.2f [%.2f, %.2f], %s",
          names.valueLabel(attribute.attribute(), check.lowest().orElse("")),
          names.valueLabel(attribute.attribute(), check.highest().orElse("")),
          ratio.value(),
          ratio.low(),
          ratio.high(),
          switch (check.state().get()) {
            case BELOW -> "below four fifths";
            case AT_LEAST -> "at least four fifths";
            case OPEN -> "open whether below four fifths";
          });
    }
  }

  private void printGroups(AttributeAudit attribute) {
    for (AttributeMetric metric : AttributeMetric.forPeople()) {
      line(
          "  %-22s  %s%s",
          metric.title(),
          number(metric, metric.of(attribute)),
          metric == AttributeMetric.MODEL_BIAS ? chance(attribute.modelBias()) : "");
    }
    line("  %-44s %8s   accuracy", "group", "rows");
    for (GroupAccuracy group : attribute.groups()) {
      line(
          "  %-44s %8.0f   %s%s",
          names.classLabel(group.target())
              + ", "
              + names.valueLabel(attribute.attribute(), group.attributeValue()),
          group.n(),
          percent(group.accuracy()),
          group.judged() ? "" : " (too few rows to be judged)");
    }
  }

  private static String chance(ModelBias bias) {
    return bias.estimate() instanceof Estimate.Known
        ? String.format(
            Locale.ROOT,
            "   (chance alone: %.2f on average, %.2f at most in 95 of 100; p %.4f)",
            100 * bias.noiseFloorMean(),
            100 * bias.noiseFloorHigh(),
            bias.adjustedPValue())
        : "";
  }

  private static String number(Metric metric, Estimate estimate) {
    return switch (metric.unit()) {
      case PERCENT, POINTS -> percent(estimate);
      case RATIO, NUMBER -> plain(estimate);
    };
  }

  static String percent(Estimate estimate) {
    if (estimate instanceof Estimate.Known known) {
      return String.format(
          Locale.ROOT,
          "%6.2f %% [%.2f, %.2f]",
          100 * known.value(),
          100 * known.low(),
          100 * known.high());
    }
    return "unknown: " + ((Estimate.Unknown) estimate).reason();
  }

  static String signedPercent(Estimate estimate) {
    if (estimate instanceof Estimate.Known known) {
      return String.format(
          Locale.ROOT,
          "%+.2f points [%+.2f, %+.2f]",
          100 * known.value(),
          100 * known.low(),
          100 * known.high());
    }
    return "unknown: " + ((Estimate.Unknown) estimate).reason();
  }

  static String plain(Estimate estimate) {
    if (estimate instanceof Estimate.Known known) {
      return String.format(
          Locale.ROOT, "%.2f [%.2f, %.2f]", known.value(), known.low(), known.high());
    }
    return "unknown: " + ((Estimate.Unknown) estimate).reason();
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
