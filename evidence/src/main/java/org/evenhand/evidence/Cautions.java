package org.evenhand.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;

/** What a reader must know before leaning on the numbers. */
final class Cautions {
  /** The name of the rows that the model was trained on. */
  private static final String TRAINING_ROWS = "train";

  private Cautions() {}

  static List<String> of(Evidence evidence) {
    List<String> cautions = new ArrayList<>();
    cautions.add(
        "This is measured evidence about one model on one set of rows. It is not legal advice, and"
            + " no number in it certifies that a system is lawful or fair.");
    cautions.add(
        "Overall accuracy is the plain share of correct decisions, so large groups dominate it;"
            + " average and worst group accuracy count every group alike, however small.");
    cautions.add(
        "An impact ratio below four fifths is a flag that asks for a closer look, not a verdict.");
    cautions.add(
        "The figures hold for rows like those measured. Audit again when the population, the data"
            + " or the model changes.");
    if (evidence instanceof Evidence.Audit audit && audit.result().scoreBinWidth() > 0) {
      cautions.add(
          ("Figures of scores, such as AUC and calibration error, are binned: scores were gathered"
                  + " in bins of width %s before they were measured. Every other figure is exact.")
              .formatted(
                  BigDecimal.valueOf(audit.result().scoreBinWidth())
                      .stripTrailingZeros()
                      .toPlainString()));
    }
    if (evidence.deployed().attributes().stream()
        .anyMatch(audit -> audit.coverage().byProbability())) {
      cautions.add(
          "Gaps measured by probabilities of an attribute are those of the attribute only if, among"
              + " rows of one class and one probability, its values are treated alike. Where they"
              + " are not, the true gap is larger or smaller than the one shown.");
    }
    if (evidence instanceof Evidence.Repair) {
      cautions.add(
          "Corrected probabilities are not recalibrated risks: they decide between the classes, and"
              + " must be calibrated anew before anyone reads them as the chance of an outcome.");
    }
    if (evidence instanceof Evidence.Unlearning unlearning) {
      cautions.addAll(ofAnEdit(unlearning.unlearning()));
    }
    ModelChange.of(evidence).ifPresent(change -> cautions.addAll(change.cautions()));
    return cautions;
  }

  private static List<String> ofAnEdit(UnlearningRecord unlearning) {
    List<String> cautions = new ArrayList<>();
    cautions.add(
        "Counterfactual bias is about flipping one attribute and the columns linked to it. What other"
            + " columns tell of the attribute is not flipped, so bias through such proxies is neither"
            + " measured by it nor removed by this edit.");
    cautions.add(
        "The edit aims at counterfactual bias alone. Model Bias and the accuracy of single groups may"
            + " rise or fall with it; both are measured before and after.");
    cautions.add(
        "The edit changes weights of the model itself: before the edited model decides anything,"
            + " validate it as you would a new one, the calibration of its probabilities included.");
    String hessianFrom = unlearning.rows().hessianFrom();
    if (!hessianFrom.equals(TRAINING_ROWS)) {
      cautions.add(
          ("The Hessian comes from the %s rows, not from those that the model was trained on. It stands"
                  + " in for the curvature of the training loss only as far as those rows are like the"
                  + " training rows.")
              .formatted(hessianFrom));
    }
    cautions.addAll(worse(unlearning));
    return cautions;
  }

  /** What got worse is said, not left to be found. */
  private static List<String> worse(UnlearningRecord unlearning) {
    List<String> cautions = new ArrayList<>();
    AuditResult before = unlearning.before();
    AuditResult after = unlearning.after();
    BiConsumer<Boolean, String> note =
        (isWorse, what) -> {
          if (isWorse) {
            cautions.add(
                "%s with the edit than without it on the %s rows."
                    .formatted(what, unlearning.measuredOn()));
          }
        };
    for (AttributeAudit was : before.attributes()) {
      AttributeAudit is = after.attribute(was.attribute());
      note.accept(
          pairs(is) > pairs(was),
          "Counterfactual bias by '%s' is higher".formatted(was.attribute()));
      note.accept(
          value(is.modelBias().estimate()) > value(was.modelBias().estimate()),
          "Model Bias by '%s' is higher".formatted(was.attribute()));
      note.accept(
          value(is.worstGroupAccuracy()) < value(was.worstGroupAccuracy()),
          "The worst group of '%s' is less accurate".formatted(was.attribute()));
    }
    note.accept(
        value(after.overallAccuracy()) < value(before.overallAccuracy()),
        "Overall accuracy is lower");
    return cautions;
  }

  private static double pairs(AttributeAudit audit) {
    return audit.counterfactualBias().map(bias -> bias.judged().value()).orElse(Double.NaN);
  }

  /** NaN, which compares as neither higher nor lower, where the estimate is unknown. */
  private static double value(Estimate estimate) {
    return estimate instanceof Estimate.Known known ? known.value() : Double.NaN;
  }
}
