package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;

/** What the evidence allows to say about one attribute, and why, in sentences. */
final class VerdictRule {
  private static final double SIGNIFICANCE = 0.05;
  private static final int NAMED = 4;

  private final String attribute;
  private final String target;
  private final int values;
  private final GroupAudit audit;
  private final ModelBias modelBias;
  private final AuditSettings settings;

  /**
   * @param attribute its name
   * @param target its name
   * @param values |B|
   */
  VerdictRule(
      String attribute,
      String target,
      int values,
      GroupAudit audit,
      ModelBias modelBias,
      AuditSettings settings) {
    this.attribute = attribute;
    this.target = target;
    this.values = values;
    this.audit = audit;
    this.modelBias = modelBias;
    this.settings = settings;
  }

  Verdict verdict() {
    if (!(modelBias.estimate() instanceof Known bias) || !smallGroups().isEmpty()) {
      return Verdict.INSUFFICIENT_EVIDENCE;
    }
    if (bias.high() <= settings.tolerance()) {
      return Verdict.WITHIN_TOLERANCE;
    }
    return bias.low() > settings.tolerance() && modelBias.adjustedPValue() < SIGNIFICANCE
        ? Verdict.BIASED
        : Verdict.INSUFFICIENT_EVIDENCE;
  }

  private List<GroupAccuracy> smallGroups() {
    return audit.groups().stream().filter(group -> group.n() < settings.minGroupSize()).toList();
  }

  String explanation() {
    if (modelBias.estimate() instanceof Unknown unknown) {
      return "Model Bias cannot be measured: %s, and every group needs at least %d."
          .formatted(unknown.reason(), settings.minGroupSize());
    }
    Known bias = (Known) modelBias.estimate();
    String measured =
        "Model Bias is %s points (%s %% interval %s to %s)"
            .formatted(
                points(bias.value()),
                number(100 * settings.confidence()),
                points(bias.low()),
                points(bias.high()));
    String tolerated = points(settings.tolerance()) + " points";
    return switch (verdict()) {
      case BIASED ->
          "%s, all of it above the tolerated %s; chance alone exceeds %s points in one audit of twenty (adjusted p = %s)."
              .formatted(measured, tolerated, points(modelBias.noiseFloorHigh()), adjustedPValue());
      case WITHIN_TOLERANCE ->
          "%s, all of it within the tolerated %s.".formatted(measured, tolerated);
      case INSUFFICIENT_EVIDENCE ->
          "%s, %s. %s".formatted(measured, whyUndecided(bias, tolerated), advice(bias)).strip();
    };
  }

  private String whyUndecided(Known bias, String tolerated) {
    List<GroupAccuracy> small = smallGroups();
    if (!small.isEmpty()) {
      return "but %s fewer than %d rows: %s"
          .formatted(
              small.size() == 1 ? "one group has" : small.size() + " groups have",
              settings.minGroupSize(),
              listed(small.stream().map(g -> "%s (%s)".formatted(label(g), rows(g.n()))).toList()));
    }
    return bias.low() > settings.tolerance()
        ? "all of it above the tolerated %s, but chance alone could give as much (adjusted p = %s)"
            .formatted(tolerated, adjustedPValue())
        : "which lies on both sides of the tolerated " + tolerated;
  }

  private String advice(Known bias) {
    return new MoreRows(
            GroupAudit.proportions(audit.groups()),
            audit.groups().size() / values,
            values,
            settings)
        .plan()
        .map(this::advice)
        .orElseGet(
            () ->
                "Even %s more rows would not decide if the measured accuracies stay: %s points are too near the tolerance."
                    .formatted(rows(MoreRows.MOST), points(bias.value())));
  }

  private String advice(double[] additional) {
    int[] groups =
        IntStream.range(0, additional.length)
            .filter(group -> additional[group] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(group -> -additional[group]))
            .mapToInt(Integer::intValue)
            .toArray();
    if (groups.length == 0) {
      return "";
    }
    List<String> needs = new ArrayList<>();
    double total = 0;
    for (int group : groups) {
      total += additional[group];
      needs.add("%s with %s".formatted(rows(additional[group]), label(audit.groups().get(group))));
    }
    return "About %s would decide if the measured accuracies stay: %s."
        .formatted(total == 1 ? "1 more row" : rows(total) + " more rows", listed(needs));
  }

  private String label(GroupAccuracy group) {
    return GroupAudit.label(attribute, group.attributeValue(), target, group.target());
  }

  private static String listed(List<String> items) {
    String named = items.stream().limit(NAMED).collect(Collectors.joining("; "));
    return items.size() <= NAMED
        ? named
        : "%s; and in %d more groups".formatted(named, items.size() - NAMED);
  }

  private String adjustedPValue() {
    return String.format(Locale.ROOT, "%.2g", modelBias.adjustedPValue());
  }

  private static String points(double fraction) {
    return String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }

  private static String rows(double n) {
    return number(Math.ceil(n));
  }

  /** Up to two decimals, with commas between thousands. */
  private static String number(double x) {
    String text = String.format(Locale.ROOT, "%,.2f", x);
    return text.replaceFirst("\\.?0+$", "");
  }
}
