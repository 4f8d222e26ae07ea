package org.evenhand.evidence;

import static org.evenhand.evidence.Samples.column;
import static org.evenhand.evidence.Samples.number;
import static org.evenhand.evidence.Samples.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Provenance;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Detail;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Measured;
import org.evenhand.repair.Method;
import org.evenhand.repair.PeopleChange;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/** Edited heads made by hand: invented figures of a plausible size. */
final class UnlearningSamples {
  private static final String COMMAND =
      "evenhand unlearn --model models/loans.onnx --data loans.csv --target repaid --attribute race"
          + " --flip race --out out/edited.onnx";

  private UnlearningSamples() {}

  static Evidence.Repair evidence() {
    return evidence(before(), after(), Optional.empty(), true, 310);
  }

  static Evidence.Repair declined() {
    return evidence(before(), after(), tooCostly(), false, 310);
  }

  static Evidence.Repair forced() {
    return evidence(before(), after(), tooCostly(), true, 310);
  }

  static Evidence.Repair singular() {
    return evidence(before(), after(), Optional.empty(), true, Double.POSITIVE_INFINITY);
  }

  /** Worse in all that can get worse: before and after change places. */
  static Evidence.Repair harmful() {
    AuditResult fair = after();
    AuditResult biased = before();
    return evidence(fair, biased, Optional.empty(), true, 310);
  }

  private static Optional<String> tooCostly() {
    return Optional.of(
        "every edit costs more accuracy than the 1.0 points allowed; the cheapest costs 2.3.");
  }

  private static Evidence.Repair evidence(
      AuditResult before,
      AuditResult after,
      Optional<String> declined,
      boolean written,
      double conditionNumber) {
    return new Evidence.Repair(
        COMMAND,
        new RepairRecord(
            "unlearn",
            proposal(declined, conditionNumber),
            new Measured(
                "test",
                before,
                after,
                new Answers.Hard(Samples.YES_NO, new int[0]),
                List.of(),
                Samples.effects(
                    List.of(
                        new PeopleChange("race", "Black", 635, 21, 20, 1, 12, 9),
                        new PeopleChange("race", "White", 421, 9, 0, 9, 4, 5)))),
            Samples.judgement(Aim.COUNTERFACTUAL_BIAS, declined),
            new RepairRecord.FittedRows("train", 3_100),
            written
                ? List.of(
                    new Provenance.Artefact("model", "out/edited.onnx", "ef".repeat(32), 18_204))
                : List.of()),
        Samples.provenance());
  }

  /** An edit as the unlearning proposes it. */
  private static Proposal proposal(Optional<String> declined, double conditionNumber) {
    return new Proposal(
        new Method(
            "unlearn",
            "Fast Model Debias",
            "Fast Model Debias, equations 3 to 9",
            Method.Stage.HEAD,
            Set.of(Method.Need.WEIGHTS, Method.Need.PAIRS)),
        List.of("race"),
        new Proposal.Variant("update rule", "direct", "step down the bias", "edited"),
        List.of(Fact.text("settings", "Settings", "10 steps, ridge 0.001")),
        "Of 2 rules 'direct' has the lowest bias.",
        Optional.of(candidates()),
        Samples.CHANGE,
        List.of(),
        details(conditionNumber),
        List.of(),
        List.of("The pairs come from 500 rows only."),
        declined);
  }

  private static FactTable candidates() {
    return new FactTable(
        "candidates",
        "Update rules compared",
        "By cross-validation; the first row is the deployed model.",
        List.of(
            column("method", "Update rule"),
            column("name", "Name"),
            column("bias", "Counterfactual bias"),
            column("accuracy", "Accuracy"),
            column("settings", "Settings")),
        List.of(
            candidate("deployed", "the head as it is", 0.0615, 0.712, ""),
            candidate(
                "external", "swap the pairs' members", 0.0242, 0.709, "step 2.0, ridge 0.001"),
            candidate("direct", "step down the bias", 0.0135, 0.711, "10 steps, ridge 0.001")),
        OptionalInt.of(2));
  }

  private static List<Value> candidate(
      String code, String name, double bias, double accuracy, String settings) {
    return List.of(
        text(code),
        text(name),
        number(bias, Unit.FINE_POINTS),
        number(accuracy, Unit.PERCENT),
        text(settings));
  }

  private static List<Detail> details(double conditionNumber) {
    return List.of(
        new FactGroup(
            "rows",
            "What the edit was made from",
            List.of(
                Fact.text("hessian_from", "Rows of the training loss", "train"),
                Fact.number("hessian_rows", "How many", 3_100, Unit.COUNT),
                Fact.number("pairs", "Counterfactual pairs", 500, Unit.COUNT),
                Fact.number("check_rows", "Further rows to check accuracy on", 0, Unit.COUNT)
                    .meaning("With none, accuracy is checked on the members of the pairs."))),
        new FactGroup(
            "edit",
            "What changed, and what vouches for the numerics",
            List.of(
                Fact.text("layer", "Layer", "the last Gemm, /head/Gemm"),
                Fact.texts("tensors", "Tensors", List.of("head.weight", "head.bias")),
                Fact.number("parameters", "Numbers that may change", 66, Unit.COUNT)
                    .meaning("Every other byte of the model file stays as it is."),
                Fact.number("change", "Norm of the change", 0.0423, Unit.PLAIN),
                Fact.number(
                    "predicted_bias_change",
                    "Predicted change of the bias",
                    -0.061,
                    Unit.FINE_POINTS),
                Fact.number(
                    "cross_validated_bias_change",
                    "Cross-validated change of the bias",
                    -0.048,
                    Unit.FINE_POINTS),
                Fact.number("condition_number", "Condition number", conditionNumber, Unit.PLAIN)
                    .meaning("Worry above 10¹²."),
                Fact.number("training_gradient", "Training gradient", 3.2e-7, Unit.PLAIN)
                    .meaning("Worry if it is not small against 1."))));
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
