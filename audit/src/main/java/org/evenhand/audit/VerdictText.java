package org.evenhand.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;

/** Why a verdict is what it is, in sentences: what is known first, then what is open. */
final class VerdictText {
  private static final int NAMED = 4;

  private final String attribute;
  private final String target;
  private final GroupAudit audit;
  private final ModelBias modelBias;
  private final double adjustedPValue;
  private final AuditSettings settings;

  VerdictText(
      String attribute,
      String target,
      GroupAudit audit,
      ModelBias modelBias,
      double adjustedPValue,
      AuditSettings settings) {
    this.attribute = attribute;
    this.target = target;
    this.audit = audit;
    this.modelBias = modelBias;
    this.adjustedPValue = adjustedPValue;
    this.settings = settings;
  }

  static String constant(VerdictRule.MostDecided decided) {
    return "Class '%s' is given to %s of all rows. Groups look alike because hardly anything is decided, and more rows would not change that."
        .formatted(decided.name(), percent(decided.share()));
  }

  String unmeasured() {
    return "Nothing can be compared: %s. %s"
        .formatted(((Unknown) audit.modelBias()).reason(), tooSmall());
  }

  String biased(Known bias, Known gap) {
    boolean biasAbove = bias.low() > settings.tolerance();
    boolean gapAbove = gap.low() > settings.gapTolerance();
    String above =
        biasAbove
            ? "%s, all of it above the tolerated %s points%s"
                .formatted(
                    measured("Model Bias", bias),
                    points(settings.tolerance()),
                    gapAbove
                        ? ". %s, above the tolerated %s too"
                            .formatted(largestGap(gap), points(settings.gapTolerance()))
                        : "")
            : "%s, all of it above the tolerated %s points"
                .formatted(largestGap(gap), points(settings.gapTolerance()));
    return sentences(
        "%s; chance alone gives more than %s points of Model Bias in one audit of twenty (adjusted p of all gaps being tolerable: %s)."
            .formatted(above, points(modelBias.noiseFloorHigh()), probability(adjustedPValue)),
        tooSmall());
  }

  String within(Known bias, Known gap) {
    return withinBoth(bias, gap) + ".";
  }

  String notJudged(Known bias, Known gap) {
    return sentences(
        "%s, among the groups that could be judged.".formatted(withinBoth(bias, gap)),
        tooSmall(),
        advice(bias));
  }

  private String withinBoth(Known bias, Known gap) {
    return "%s, all of it within the tolerated %s points. %s, within the tolerated %s"
        .formatted(
            measured("Model Bias", bias),
            points(settings.tolerance()),
            largestGap(gap),
            points(settings.gapTolerance()));
  }

  /** A gap beyond chance is said before how little is known of its size. */
  String open(Known bias, Known gap) {
    return sentences(
        modelBias.isBeyondChance(settings.confidence())
            ? "Values of %s are not decided equally well: that is beyond chance."
                .formatted(attribute)
            : "",
        "%s%s; %s%s."
            .formatted(
                measured("Model Bias", bias),
                against(bias, settings.tolerance()),
                lowerFirst(largestGap(gap)),
                against(gap, settings.gapTolerance())),
        tooSmall(),
        advice(bias));
  }

  private String against(Known known, double tolerance) {
    String tolerated = "the tolerated " + points(tolerance);
    if (known.high() <= tolerance) {
      return ", within " + tolerated;
    }
    return known.low() > tolerance
        ? ", above %s, but not when adjusted for the number of attributes (p: %s)"
            .formatted(tolerated, probability(adjustedPValue))
        : ", on both sides of " + tolerated;
  }

  private String largestGap(Known gap) {
    return audit
        .largestGap()
        .between()
        .map(
            between ->
                "%s, between %s = %s and %s where %s = %s"
                    .formatted(
                        measured("The largest gap", gap),
                        attribute,
                        between.higher(),
                        between.lower(),
                        target,
                        between.target()))
        .orElseThrow();
  }

  private String measured(String what, Known known) {
    return "%s is %s points (%s %% interval %s to %s)"
        .formatted(
            what,
            points(known.value()),
            grouped(100 * settings.confidence()),
            points(known.low()),
            points(known.high()));
  }

  /** Which groups are not judged; empty if all are. */
  private String tooSmall() {
    List<GroupAccuracy> small = audit.groups().stream().filter(group -> !group.judged()).toList();
    if (small.isEmpty()) {
      return "";
    }
    return "%s not judged, having fewer than %d rows: %s."
        .formatted(
            small.size() == 1 ? "One group is" : small.size() + " groups are",
            settings.minGroupSize(),
            listed(small.stream().map(g -> "%s (%s)".formatted(label(g), rows(g.n()))).toList()));
  }

  private String advice(Known bias) {
    return MoreRows.toDecide(audit, settings)
        .map(this::advice)
        .orElseGet(
            () ->
                "More than %s further rows would be needed if the measured accuracies stay: %s points are too near the tolerance."
                    .formatted(rows(RowsNeeded.MOST), points(bias.value())));
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
        .formatted(
            total == 1 ? "1 more row" : rows(RowsNeeded.roundUp(total)) + " more rows",
            listed(needs));
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

  private static String sentences(String... sentences) {
    return IntStream.range(0, sentences.length)
        .mapToObj(i -> sentences[i])
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static String probability(double p) {
    return p < 1e-4 ? "below 0.0001" : number(p, "%.2g");
  }

  private static String points(double fraction) {
    return number(100 * fraction, "%.1f");
  }

  private static String percent(double fraction) {
    return number(100 * fraction, "%.1f") + " %";
  }

  private static String number(double x, String format) {
    return String.format(Locale.ROOT, format, x);
  }

  private static String rows(double n) {
    return grouped(Math.ceil(n));
  }

  /** Up to two decimals, with commas between thousands. */
  private static String grouped(double x) {
    return number(x, "%,.2f").replaceFirst("\\.?0+$", "");
  }
}
