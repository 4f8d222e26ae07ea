package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.core.Answers;

/** What can go wrong with a repair, as checks: what is warned of, and what declines it. */
final class Guards {
  /**
   * Below this balanced accuracy of the bias predictor, patch and table estimators claim nothing.
   */
  static final double READABLE_FROM = 0.7;

  private static final double FEW_ROWS = 20;
  private static final double UNCERTAIN_NATS = 0.25;
  private static final double SATURATED_SHARE = 0.2;

  private Guards() {}

  /** Refuses rows from which no estimator can tell bias effects from class effects. */
  static void requireConnected(AttributeDistillation distillation) {
    Calibration calibration = distillation.calibration();
    CellStatistics cells = distillation.cells();
    if (!cells.connected()) {
      throw new EraserException(
          ("In the calibration rows, classes of '%s' and values of '%s' do not overlap enough to tell one from the"
                  + " other; add rows of the empty groups: %s.")
              .formatted(
                  calibration.target().name(),
                  calibration.attribute().name(),
                  String.join("; ", emptyGroups(calibration, cells))));
    }
  }

  static Diagnosis diagnose(AttributeDistillation distillation, double balancedAccuracy) {
    Calibration calibration = distillation.calibration();
    CellStatistics cells = distillation.cells();
    List<Diagnosis.Cell> sizes = new ArrayList<>();
    List<Diagnosis.ValueError> errors = new ArrayList<>();
    for (int group = 0; group < cells.sizes().length; group++) {
      sizes.add(
          new Diagnosis.Cell(
              calibration.target().classes().names().get(group / calibration.values()),
              calibration.attribute().values().get(group % calibration.values()),
              cells.sizes()[group]));
    }
    for (int b = 0; b < calibration.values(); b++) {
      errors.add(
          new Diagnosis.ValueError(
              calibration.attribute().values().get(b), cells.standardError(b)));
    }
    return new Diagnosis(
        calibration.attribute().name(),
        sizes,
        errors,
        balancedAccuracy,
        warnings(distillation, balancedAccuracy));
  }

  private static List<String> warnings(
      AttributeDistillation distillation, double balancedAccuracy) {
    Calibration calibration = distillation.calibration();
    CellStatistics cells = distillation.cells();
    List<String> warnings = new ArrayList<>();
    String attribute = calibration.attribute().name();
    if (distillation.unknown() > 0) {
      warnings.add(
          format(
              "'%s' is unknown for %.0f calibration rows; its rule is distilled from the others.",
              attribute, distillation.unknown()));
    }
    for (int group = 0; group < cells.sizes().length; group++) {
      double size = cells.sizes()[group];
      if (size < FEW_ROWS) {
        warnings.add(
            format(
                "Only %.0f calibration rows are in group (%s); its rule is uncertain below %.0f.",
                size, calibration.describe(group), FEW_ROWS));
      }
    }
    for (int b = 0; b < calibration.values(); b++) {
      double error = cells.standardError(b);
      if (error > UNCERTAIN_NATS && error < Double.POSITIVE_INFINITY) {
        warnings.add(
            format(
                "The rule of %s = %s has a standard error of %.2f nats; more calibration rows of that value would"
                    + " make it certain.",
                attribute, calibration.attribute().values().get(b), error));
      }
    }
    if (balancedAccuracy < READABLE_FROM) {
      warnings.add(
          format(
              "'%s' can hardly be read from the inputs (balanced accuracy %.2f, guessing gives %.2f); below %.2f the"
                  + " patch and table estimators claim nothing.",
              attribute, balancedAccuracy, 1.0 / calibration.values(), READABLE_FROM));
    }
    if (Rounding.isRounded(calibration.answers().logProbabilities())) {
      warnings.add(
          "The model's probabilities are rounded to four decimals or fewer, which hides the rule in its surest answers."
              + " Ask for logits or more digits.");
    }
    double saturated = saturatedShare(calibration);
    if (saturated > SATURATED_SHARE) {
      warnings.add(
          format(
              "%.0f %% of the model's answers have a probability of zero within their precision; clipping hides the"
                  + " rule in them. Ask for logits or more digits.",
              100 * saturated));
    }
    return warnings;
  }

  private static double saturatedShare(Calibration calibration) {
    double floor = Math.log(2 * Answers.FLOAT_FLOOR);
    double[] logs = calibration.answers().logProbabilities();
    int saturated = 0;
    for (int row = 0; row < calibration.rows(); row++) {
      boolean atFloor = false;
      for (int k = 0; k < calibration.classes(); k++) {
        atFloor |= logs[row * calibration.classes() + k] <= floor;
      }
      saturated += atFloor ? 1 : 0;
    }
    return (double) saturated / calibration.rows();
  }

  /**
   * Why the repair is declined, if it is: an attribute cannot be read and its bias does not fall,
   * or nothing that an estimator may claim was gained for any attribute, on calibration rows that
   * it had not seen.
   *
   * @param parts one per attribute
   * @param readable balanced accuracy of the bias predictor, one per attribute
   * @param before decisions of the deployed model
   * @param after corrected decisions, out of fold
   * @param seed of the draws behind the bounds
   */
  static Optional<String> decline(
      List<AttributeDistillation> parts,
      List<Double> readable,
      int[] before,
      int[] after,
      long seed) {
    List<String> withoutGain = new ArrayList<>();
    for (int a = 0; a < parts.size(); a++) {
      Calibration calibration = parts.get(a).calibration();
      if (parts.get(a).cells().hasEmptyCell()) {
        return Optional.of(
            "The calibration rows hold no row of %s, so nothing shows what the correction does to it; add some."
                .formatted(String.join("; ", emptyGroups(calibration, parts.get(a).cells()))));
      }
      AttributeDistillation part = parts.get(a);
      PairedGain gain =
          PairedGain.of(calibration, part.ofMembers(before), part.ofMembers(after), seed);
      if (readable.get(a) < READABLE_FROM && gain.biasReductionAtLeast() <= 0) {
        return Optional.of(unreadable(calibration, readable.get(a), gain));
      }
      if (gain.biasReductionAtLeast() <= 0 && gain.worstGroupAtLeast() <= 0) {
        withoutGain.add(
            format(
                "'%s' (Model Bias lower by %.1f points, worst group accuracy higher by %.1f)",
                calibration.attribute().name(),
                100 * gain.biasReduction(),
                100 * gain.worstGroup()));
      }
    }
    return withoutGain.size() < parts.size()
        ? Optional.empty()
        : Optional.of(
            "On calibration rows not fitted the correction neither lowers Model Bias nor raises worst group accuracy"
                + " beyond chance for %s; there is nothing to remove."
                    .formatted(String.join(", ", withoutGain)));
  }

  private static String unreadable(Calibration calibration, double readable, PairedGain gain) {
    return format(
        "'%s' cannot be read from the inputs that the patch gets (balanced accuracy %.2f, needed %.2f), and on"
            + " calibration rows not fitted the correction does not lower Model Bias beyond chance (%.1f points,"
            + " 95 %% certain of no more than %.1f).",
        calibration.attribute().name(),
        readable,
        READABLE_FROM,
        100 * gain.biasReduction(),
        100 * gain.biasReductionAtLeast());
  }

  private static List<String> emptyGroups(Calibration calibration, CellStatistics cells) {
    List<String> empty = new ArrayList<>();
    for (int group = 0; group < cells.sizes().length; group++) {
      if (cells.sizes()[group] == 0) {
        empty.add("group (" + calibration.describe(group) + ")");
      }
    }
    return empty;
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
