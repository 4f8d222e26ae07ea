package org.evenhand.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;

/** What a reader must know before leaning on the numbers. */
final class Cautions {
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
          ("AUC and calibration error are binned: scores were gathered in bins of width %s before"
                  + " they were measured. Every other figure is exact.")
              .formatted(
                  BigDecimal.valueOf(audit.result().scoreBinWidth())
                      .stripTrailingZeros()
                      .toPlainString()));
    }
    if (attributes(evidence).anyMatch(audit -> audit.coverage().byProbability())) {
      cautions.add(
          "Gaps measured by probabilities of an attribute are those of the attribute only if, among"
              + " rows of one class and one probability, its values are treated alike. Where they"
              + " are not, the true gap is larger or smaller than the one shown.");
    }
    if (evidence instanceof Evidence.Repair repair) {
      cautions.add(
          "Corrected probabilities are not recalibrated risks: they decide between the classes, and"
              + " must be calibrated anew before anyone reads them as the chance of an outcome.");
      cautions.addAll(repair.repair().cautions());
    }
    return cautions;
  }

  private static Stream<AttributeAudit> attributes(Evidence evidence) {
    AuditResult audit =
        evidence instanceof Evidence.Repair repair
            ? repair.repair().before()
            : ((Evidence.Audit) evidence).result();
    return audit.attributes().stream();
  }
}
