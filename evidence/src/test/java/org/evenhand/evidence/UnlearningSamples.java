package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Verdict;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.Provenance;

/** Edited heads made by hand: invented figures of a plausible size. */
final class UnlearningSamples {
  private static final String COMMAND =
      "evenhand unlearn --model models/loans.onnx --data loans.csv --target repaid --attribute race"
          + " --flip race --out out/edited.onnx";

  private UnlearningSamples() {}

  static Evidence.Unlearning evidence() {
    return evidence(record(Optional.empty(), true, "train", 310));
  }

  static Evidence.Unlearning declined() {
    return evidence(record(tooCostly(), false, "calibration", 310));
  }

  static Evidence.Unlearning forced() {
    return evidence(record(tooCostly(), true, "train", 310));
  }

  static Evidence.Unlearning singular() {
    return evidence(record(Optional.empty(), true, "train", Double.POSITIVE_INFINITY));
  }

  /** Worse in all that can get worse: before and after change places. */
  static Evidence.Unlearning harmful() {
    UnlearningRecord good = record(Optional.empty(), true, "train", 310);
    return evidence(
        new UnlearningRecord(
            good.choice(),
            good.after(),
            good.before(),
            good.measuredOn(),
            good.rows(),
            good.edit(),
            good.flips(),
            good.declined(),
            good.outputs(),
            good.cautions()));
  }

  /** Counterparts that are other individuals, of which only the difference of groups is judged. */
  static Evidence.Audit otherIndividuals() {
    CounterfactualBias bias =
        new CounterfactualBias(
            "race",
            Relation.OTHER_INDIVIDUAL,
            400,
            new Estimate.Known(0.21, 0.19, 0.23),
            Optional.of(new Estimate.Known(0.0347, 0.012, 0.057)),
            new Estimate.Unknown("The pairs' decisions were not recorded."),
            "",
            List.of(),
            0.01,
            Verdict.BIASED,
            "The mean difference is between 1.20 and 5.70 points, above the tolerance of 1.00.");
    return Samples.auditEvidence(Samples.race(false).with(bias));
  }

  private static Optional<String> tooCostly() {
    return Optional.of(
        "every edit costs more accuracy than the 1.0 points allowed; the cheapest costs 2.3.");
  }

  private static Evidence.Unlearning evidence(UnlearningRecord record) {
    return new Evidence.Unlearning(COMMAND, record, Samples.provenance());
  }

  private static UnlearningRecord record(
      Optional<String> declined, boolean written, String hessianFrom, double conditionNumber) {
    return new UnlearningRecord(
        new UnlearningRecord.Choice(
            "direct",
            "step down the bias",
            "10 steps, ridge 0.001",
            0.0405,
            0.712,
            List.of(
                new UnlearningRecord.Candidate(
                    "external",
                    "swap the pairs' members",
                    "step 2.0, ridge 0.001",
                    0.0121,
                    0.709,
                    false),
                new UnlearningRecord.Candidate(
                    "direct", "step down the bias", "10 steps, ridge 0.001", 0.0035, 0.711, true))),
        before(),
        after(),
        "test",
        new UnlearningRecord.Rows(hessianFrom, 3_100, 500, 0),
        new UnlearningRecord.Edit(
            "the last Gemm, /head/Gemm",
            List.of("head.weight", "head.bias"),
            66,
            0.0423,
            0.0187,
            -0.0461,
            0.001,
            conditionNumber,
            0.0612,
            3.2e-7),
        List.of(
            new RepairRecord.Flips("race", "Black", 635, 21, 20, 1),
            new RepairRecord.Flips("race", "White", 421, 9, 0, 9)),
        declined,
        written
            ? List.of(new Provenance.Artefact("model", "out/edited.onnx", "ef".repeat(32), 18_204))
            : List.of(),
        List.of("The pairs come from 500 rows only."));
  }

  private static AuditResult before() {
    return Samples.audit(
        Samples.race(false)
            .with(
                bias(
                    0.0412,
                    Verdict.BIASED,
                    "The mean change of the true class's probability is between 3.82 and 4.42 points,"
                        + " above the tolerance of 1.00.",
                    0.019)));
  }

  private static AuditResult after() {
    return new AuditResult(
        1056,
        Samples.YES_NO,
        "yes",
        Samples.known(0.7102, 0.027),
        List.of(
            Samples.race(true)
                .with(
                    bias(
                        0.0031,
                        Verdict.WITHIN_TOLERANCE,
                        "The mean change of the true class's probability is between 0.01 and 0.61"
                            + " points, within the tolerance of 1.00.",
                        0.001))),
        AuditSettings.DEFAULT);
  }

  private static CounterfactualBias bias(
      double value, Verdict verdict, String explanation, double flipped) {
    return new CounterfactualBias(
        "race",
        Relation.SAME_INDIVIDUAL,
        1056,
        new Estimate.Known(value, value - 0.003, value + 0.003),
        Optional.empty(),
        Samples.known(flipped, 0.001),
        "yes",
        List.of(
            new CounterfactualBias.Direction(
                "Black", "White", 635, Samples.known(value, 0.003), Samples.known(flipped, 0.001)),
            new CounterfactualBias.Direction(
                "White",
                "Black",
                421,
                Samples.known(-value, 0.003),
                Samples.known(flipped, 0.001))),
        0.01,
        verdict,
        explanation);
  }
}
