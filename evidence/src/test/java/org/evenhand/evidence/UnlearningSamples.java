package org.evenhand.evidence;

import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
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
            0.0615,
            0.712,
            List.of(
                new UnlearningRecord.Candidate(
                    "external",
                    "swap the pairs' members",
                    "step 2.0, ridge 0.001",
                    0.0242,
                    0.709,
                    false),
                new UnlearningRecord.Candidate(
                    "direct", "step down the bias", "10 steps, ridge 0.001", 0.0135, 0.711, true))),
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
            -0.0610,
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
    return Samples.audit(Samples.race(false).with(CounterfactualSamples.race(false)));
  }

  private static AuditResult after() {
    return new AuditResult(
        1056,
        Samples.YES_NO,
        "yes",
        Samples.known(0.7102, 0.027),
        List.of(Samples.race(true).with(CounterfactualSamples.race(true))),
        AuditSettings.DEFAULT);
  }
}
