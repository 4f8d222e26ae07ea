package org.evenhand.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Coverage;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.Insufficiency;
import org.evenhand.audit.Judgement;
import org.evenhand.audit.LargestGap;
import org.evenhand.audit.ModelBias;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetric.Basis;
import org.evenhand.audit.ValueMetric.Compared;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Answers;
import org.evenhand.core.Change;
import org.evenhand.core.Classes;
import org.evenhand.core.Correction;
import org.evenhand.core.Formula;
import org.evenhand.core.Patch;
import org.evenhand.core.Provenance;
import org.evenhand.repair.Aim;
import org.evenhand.repair.AttributeChange;
import org.evenhand.repair.Effects;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Finding;
import org.evenhand.repair.Harm;
import org.evenhand.repair.Measured;
import org.evenhand.repair.Method;
import org.evenhand.repair.PairedChange;
import org.evenhand.repair.PeopleChange;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairJudgement;
import org.evenhand.repair.Value;
import org.evenhand.repair.Value.Unit;

/** Audits and repairs made by hand: invented counts, with intervals of a plausible width. */
final class Samples {
  static final Classes YES_NO = Classes.of("no", "yes");

  private Samples() {}

  static Provenance provenance() {
    return new Provenance(
        "0.1.0",
        Instant.parse("2026-11-22T10:15:30Z"),
        List.of(
            new Provenance.Artefact("model", "models/loans.onnx", "ab".repeat(32), 18_204),
            new Provenance.Artefact("data", "loans.csv", "cd".repeat(32), 402_113)),
        7,
        new TreeMap<>(Map.of("attribute", "race", "seed", "7", "target", "repaid")),
        new TreeMap<>(Map.of("java.version", "17.0.15", "os.arch", "amd64")));
  }

  static Provenance provenanceWithoutModel() {
    Provenance provenance = provenance();
    return new Provenance(
        provenance.version(),
        provenance.time(),
        provenance.artefacts().subList(1, 2),
        provenance.seed(),
        provenance.settings(),
        provenance.environment());
  }

  static Estimate known(double value, double halfWidth) {
    return new Estimate.Known(value, value - halfWidth, value + halfWidth);
  }

  static GroupAccuracy group(String target, String value, double n, double correct) {
    double accuracy = correct / n;
    return new GroupAccuracy(
        target,
        value,
        n,
        correct,
        known(accuracy, 1.96 * Math.sqrt(accuracy * (1 - accuracy) / n)),
        n >= 30);
  }

  static ValueMetrics values(String value, double n, double selected, double ratio) {
    return ValueMetrics.of(
        value,
        n,
        metric ->
            switch (metric) {
              case SELECTION_RATE -> known(selected, 0.03);
              case TRUE_POSITIVE_RATE -> known(selected + 0.2, 0.04);
              case FALSE_POSITIVE_RATE -> known(selected - 0.2, 0.04);
              case POSITIVE_PREDICTIVE_VALUE -> known(0.7, 0.05);
              case IMPACT_RATIO -> known(ratio, 0.07);
              case STATISTICAL_PARITY_DIFFERENCE -> known(selected - 0.6, 0.05);
              case EQUAL_OPPORTUNITY_DIFFERENCE -> known(selected - 0.62, 0.06);
              case AVERAGE_ODDS_DIFFERENCE -> known(selected - 0.59, 0.06);
              case PREDICTIVE_PARITY_DIFFERENCE -> known(0.01, 0.06);
              case CALIBRATION_ERROR -> known(0.04, 0.02);
              case AUC -> known(0.73, 0.03);
              default -> known(0.3, 0.01);
            });
  }

  static ModelBias bias(double value, double halfWidth, double p) {
    return new ModelBias(known(value, halfWidth), 0.026, 0.057, p, p);
  }

  static LargestGap largestGap(double value, String target, String higher, String lower) {
    return new LargestGap(
        known(value, 0.06), Optional.of(new LargestGap.Between(target, higher, lower)));
  }

  static FourFifths fourFifths(double ratio) {
    return new FourFifths(
        known(ratio, 0.07),
        Optional.of(ratio < 0.7 ? FourFifths.State.BELOW : FourFifths.State.AT_LEAST),
        Optional.of("Black"),
        Optional.of("White"));
  }

  static AttributeAudit race(boolean repaired) {
    return new AttributeAudit(
        "race",
        "White",
        repaired ? known(0.6925, 0.03) : known(0.6825, 0.03),
        repaired ? known(0.66, 0.06) : known(0.435, 0.06),
        repaired ? bias(0.022, 0.021, 0.62) : bias(0.161, 0.04, 0.0001),
        largestGap(repaired ? 0.029 : 0.344, "yes", "Black", "White"),
        repaired
            ? Judgement.of(
                Verdict.WITHIN_TOLERANCE,
                1,
                "The interval of Model Bias ends at 4.3 points, below the tolerance of 5.")
            : Judgement.of(
                Verdict.BIASED,
                0.0002,
                "The interval of Model Bias begins at 12.1 points, above the tolerance of 5."),
        fourFifths(repaired ? 0.97 : 0.63),
        Coverage.all(1_056),
        repaired
            ? List.of(
                group("no", "Black", 303, 209),
                group("no", "White", 256, 181),
                group("yes", "Black", 332, 231),
                group("yes", "White", 165, 109))
            : List.of(
                group("no", "Black", 303, 197),
                group("no", "White", 256, 220),
                group("yes", "Black", 332, 259),
                group("yes", "White", 165, 72)),
        List.of(
            values("Black", 635, repaired ? 0.58 : 0.43, repaired ? 0.97 : 0.63),
            values("White", 421, repaired ? 0.6 : 0.68, 1)),
        Optional.empty());
  }

  /** An attribute of which nothing can be said. */
  static AttributeAudit region() {
    String tooFew = "Region 'North' has no row of class 'yes'.";
    String noScores = "The model gives no scores.";
    Estimate none = new Estimate.Unknown(tooFew);
    Estimate noScore = new Estimate.Unknown(noScores);
    return new AttributeAudit(
        "region",
        "South",
        none,
        none,
        new ModelBias(none, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
        new LargestGap(none, Optional.empty()),
        Judgement.insufficient(
            Insufficiency.UNMEASURED,
            Double.NaN,
            "About 30 more rows of region 'North' in class 'yes' would decide."),
        new FourFifths(none, Optional.empty(), Optional.empty(), Optional.empty()),
        Coverage.all(1_056),
        List.of(
            group("no", "North", 12, 9),
            group("no", "South", 547, 408),
            new GroupAccuracy("yes", "North", 0, 0, none, false),
            group("yes", "South", 497, 331)),
        List.of(
            ValueMetrics.of(
                "North",
                12,
                metric ->
                    switch (metric) {
                      case SELECTION_RATE -> known(0.25, 0.2);
                      case IMPACT_RATIO -> known(0.5, 0.4);
                      case STATISTICAL_PARITY_DIFFERENCE -> known(-0.2, 0.2);
                      default -> metric.basis() == Basis.SCORES ? noScore : none;
                    }),
            ValueMetrics.of(
                "South",
                1044,
                metric ->
                    switch (metric) {
                      case SELECTION_RATE -> known(0.5, 0.03);
                      case FALSE_POSITIVE_RATE -> known(0.3, 0.03);
                      case IMPACT_RATIO -> known(1, 0);
                      default ->
                          metric.basis() == Basis.SCORES
                              ? noScore
                              : metric.compared() == Compared.ALONE
                                  ? known(0.7, 0.03)
                                  : known(0, 0);
                    })),
        Optional.empty());
  }

  static AuditResult audit(AttributeAudit... attributes) {
    return new AuditResult(
        1056, YES_NO, "yes", known(0.7064, 0.027), List.of(attributes), AuditSettings.DEFAULT);
  }

  static Evidence.Audit auditEvidence(AttributeAudit... attributes) {
    return new Evidence.Audit(
        "evenhand audit --model models/loans.onnx --data loans.csv --target repaid --attribute race",
        audit(attributes),
        provenance());
  }

  /** Ten classes, twenty values, no favourable class, long names. */
  static Evidence.Audit manyGroups() {
    List<String> classes = new ArrayList<>();
    List<GroupAccuracy> groups = new ArrayList<>();
    List<ValueMetrics> values = new ArrayList<>();
    Estimate none =
        new Estimate.Unknown("Rates need a favourable class; name one with --favourable.");
    for (int b = 0; b < 20; b++) {
      String value =
          b == 7 ? "a value whose name goes on for much longer than anyone expected" : "value " + b;
      values.add(
          ValueMetrics.of(
              value,
              400,
              metric -> metric == ValueMetric.CALIBRATION_ERROR ? known(0.03, 0.01) : none));
    }
    for (int t = 0; t < 10; t++) {
      classes.add("digit " + t);
      for (int b = 0; b < 20; b++) {
        groups.add(group("digit " + t, values.get(b).value(), 40 + b, 20 + (b * 7 + t * 3) % 19));
      }
    }
    AttributeAudit colour =
        new AttributeAudit(
            "background colour",
            "value 0",
            known(0.6, 0.01),
            known(0.33, 0.11),
            bias(0.14, 0.02, 0.0001),
            largestGap(0.4, "digit 0", "value 1", "value 0"),
            Judgement.of(
                Verdict.BIASED,
                0.0002,
                "The interval of Model Bias begins at 12.0 points, above the tolerance of 5."),
            new FourFifths(none, Optional.empty(), Optional.empty(), Optional.empty()),
            Coverage.all(9_900.5),
            groups,
            values,
            Optional.empty());
    return new Evidence.Audit(
        "evenhand audit --data digits.csv --predictions-column predicted",
        new AuditResult(
            9_900.5,
            new Classes(classes),
            "",
            known(0.61, 0.01),
            List.of(colour),
            AuditSettings.DEFAULT),
        provenanceWithoutModel());
  }

  /** Corrects nothing: what a change computes is no matter of records and pages. */
  private record NoShift() implements Correction {
    @Override
    public int classes() {
      return YES_NO.size();
    }

    @Override
    public List<Patch> patches() {
      return List.of();
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.everywhere(new float[classes()]);
    }
  }

  static final Change CHANGE = new NoShift();

  static FactTable.Column column(String key, String title) {
    return new FactTable.Column(key, title);
  }

  static Value text(String text) {
    return new Value.Text(text);
  }

  static Value number(double number, Unit unit) {
    return new Value.Quantity(number, unit);
  }

  /** A rule's removal as the eraser proposes it. */
  static Proposal proposal(Optional<String> declined, String warning) {
    return new Proposal(
        new Method(
            "erase",
            "Inference-Time Rule Eraser",
            "Rule Eraser, equations 2 to 24",
            Method.Stage.ANSWERS,
            Set.of(Method.Need.SCORES, Method.Need.INPUTS)),
        List.of("race"),
        new Proposal.Variant("estimator", "C2", "rule table × bias predictor", "uniform"),
        List.of(
            Fact.text("goal", "Goal", "uniform").meaning("every class equally likely"),
            Fact.number("strength", "Share of the rule that is subtracted", 1, Unit.PERCENT)),
        "It has the best worst group accuracy in five-fold cross-validation.",
        Optional.of(candidates()),
        CHANGE,
        List.of(
            new Proposal.Alternative(
                "keep-class-prior", "the classes' own shares stay", new NoShift())),
        List.of(diagnosis()),
        List.of(warning),
        List.of("Corrected probabilities are not recalibrated risks."),
        declined);
  }

  private static FactTable candidates() {
    return new FactTable(
        "candidates",
        "Estimators compared",
        "By cross-validation: each fitted row corrected by a rule that was not fitted on it.",
        List.of(
            column("method", "Estimator"),
            column("name", "Name"),
            column("worst_group_accuracy", "Worst group"),
            column("model_bias", "Model Bias"),
            column("average_group_accuracy", "Average of groups"),
            column("note", "Note")),
        List.of(
            candidate(
                "P1", "anchor form, group-wise normalised patch", 0.581, 0.071, 0.669, "paper"),
            candidate("C2", "rule table × bias predictor", 0.634, 0.045, 0.681, ""),
            candidate("S4", "shrunk cells", Double.NaN, Double.NaN, Double.NaN, "an empty cell")),
        OptionalInt.of(1));
  }

  private static List<Value> candidate(
      String code, String name, double worst, double bias, double average, String note) {
    return List.of(
        text(code),
        text(name),
        number(worst, Unit.PERCENT),
        number(bias, Unit.POINTS),
        number(average, Unit.PERCENT),
        text(note));
  }

  private static FactGroup diagnosis() {
    return new FactGroup(
        "diagnosis",
        "How well founded the rule is",
        List.of(
            new FactGroup(
                "race",
                "race",
                List.of(
                    Fact.number(
                            "bias_predictor_balanced_accuracy",
                            "Recognised from the model's inputs",
                            0.998,
                            Unit.PERCENT)
                        .meaning("What cannot be recognised cannot be removed."),
                    FactTable.of(
                        "cells",
                        "Fitted rows",
                        List.of(
                            column("target", "Class"),
                            column("attribute", "Value"),
                            column("n", "Rows")),
                        List.of(
                            List.of(text("no"), text("Black"), number(302, Unit.COUNT)),
                            List.of(text("yes"), text("Black"), number(333, Unit.COUNT)),
                            List.of(text("no"), text("White"), number(256, Unit.COUNT)),
                            List.of(text("yes"), text("White"), number(164, Unit.COUNT)))),
                    FactTable.of(
                        "table_standard_errors_in_nats",
                        "Standard error of the rule",
                        List.of(
                            column("attribute", "Value"),
                            column("standard_error", "Standard error, nats")),
                        List.of(
                            List.of(text("Black"), number(0.031, Unit.NATS)),
                            List.of(text("White"), number(0.044, Unit.NATS))))))));
  }

  static RepairRecord repair(Optional<String> declined, boolean written, String warning) {
    Proposal proposal = proposal(declined, warning);
    return new RepairRecord(
        "erase",
        proposal,
        new Measured(
            "test",
            audit(race(false)),
            repaired(0.6913),
            new Answers.Hard(YES_NO, new int[0]),
            List.of(new Measured.Alternative("keep-class-prior", repaired(0.697))),
            effects(
                List.of(
                    new PeopleChange("race", "Black", 635, 96, 92, 4, 51, 45),
                    new PeopleChange("race", "White", 421, 40, 2, 38, 9, 31)))),
        judgement(Aim.MODEL_BIAS, declined),
        new RepairRecord.FittedRows("calibration", 1055),
        written
            ? List.of(
                new Provenance.Artefact("model", "out/fused.onnx", "ef".repeat(32), 20_480),
                new Provenance.Artefact("patch", "out/patch.onnx", "12".repeat(32), 2_048))
            : List.of());
  }

  /** What a repair does that lowers Model Bias and costs some accuracy. */
  static Effects effects(List<PeopleChange> people) {
    return new Effects(
        new PairedChange(-0.0151, -0.031, 0.0008),
        List.of(
            new AttributeChange(
                "race",
                Map.of(
                    Aim.MODEL_BIAS, new PairedChange(-0.139, -0.171, -0.107),
                    Aim.WORST_GROUP, new PairedChange(0.225, 0.155, 0.295)))),
        people,
        List.of(
            new Harm(
                Harm.Code.ACCURACY,
                "Overall accuracy falls by 2.4 points.",
                known(0.7064, 0.027),
                known(0.6824, 0.028))));
  }

  static RepairJudgement judgement(Aim aim, Optional<String> declined) {
    return new RepairJudgement(
        List.of(new RepairJudgement.AimFinding(aim, Finding.SHOWN)),
        declined,
        Optional.empty(),
        List.of());
  }

  /** Neither class is an advantage. */
  static RepairRecord withoutFavourable() {
    RepairRecord repair = repair(Optional.empty(), true, "");
    AuditResult before = repair.before();
    AuditResult neutral =
        new AuditResult(
            before.rows(),
            before.classes(),
            "",
            before.overallAccuracy(),
            before.attributes(),
            before.settings());
    Measured measured = repair.measured();
    return new RepairRecord(
        repair.command(),
        repair.proposal(),
        new Measured(
            measured.rows(),
            neutral,
            neutral,
            measured.changed(),
            measured.alternatives(),
            measured.effects()),
        repair.judgement(),
        repair.fittedOn(),
        repair.outputs());
  }

  /** A method that has nothing to choose from. */
  static RepairRecord withoutCandidates() {
    RepairRecord repair = repair(Optional.empty(), true, "");
    Proposal chosen = repair.proposal();
    return new RepairRecord(
        repair.command(),
        new Proposal(
            chosen.method(),
            chosen.attributes(),
            chosen.variant(),
            chosen.settings(),
            chosen.why(),
            Optional.empty(),
            chosen.change(),
            chosen.alternatives(),
            chosen.details(),
            chosen.warnings(),
            chosen.cautions(),
            chosen.declined()),
        repair.measured(),
        repair.judgement(),
        repair.fittedOn(),
        repair.outputs());
  }

  private static AuditResult repaired(double accuracy) {
    return new AuditResult(
        1056, YES_NO, "yes", known(accuracy, 0.028), List.of(race(true)), AuditSettings.DEFAULT);
  }

  static Evidence.Repair repairEvidence() {
    return evidence(
        repair(Optional.empty(), true, "Removing the rule lowers the overall accuracy."));
  }

  static Evidence.Repair declinedEvidence() {
    return evidence(
        repair(
            Optional.of(
                "Race cannot be read from the inputs: balanced accuracy 63\u00a0%, at least 70\u00a0% is needed."),
            false,
            "The bias predictor is weak."));
  }

  private static Evidence.Repair evidence(RepairRecord repair) {
    return new Evidence.Repair(
        "evenhand erase --model models/loans.onnx --data loans.csv --target repaid --attribute race --out out",
        repair,
        provenance());
  }
}
