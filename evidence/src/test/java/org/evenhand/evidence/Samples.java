package org.evenhand.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.evenhand.core.Classes;
import org.evenhand.core.Goal;
import org.evenhand.core.Provenance;

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

  static RepairRecord repair(Optional<String> declined, boolean written, String warning) {
    AuditResult before = audit(race(false));
    AuditResult uniform =
        new AuditResult(
            1056, YES_NO, "yes", known(0.6913, 0.028), List.of(race(true)), AuditSettings.DEFAULT);
    AuditResult keepPrior =
        new AuditResult(
            1056, YES_NO, "yes", known(0.697, 0.028), List.of(race(true)), AuditSettings.DEFAULT);
    return new RepairRecord(
        "erase",
        new RepairRecord.Choice(
            "C2",
            "rule table × bias predictor",
            "It has the best worst group accuracy in five-fold cross-validation.",
            List.of(
                new RepairRecord.Candidate(
                    "P1",
                    "anchor form, group-wise normalised patch",
                    0.581,
                    0.071,
                    0.669,
                    false,
                    "paper"),
                new RepairRecord.Candidate(
                    "C2", "rule table × bias predictor", 0.634, 0.045, 0.681, true, ""),
                new RepairRecord.Candidate(
                    "S4",
                    "shrunk cells",
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    false,
                    "an empty cell"))),
        1,
        Goal.UNIFORM,
        before,
        List.of(
            new RepairRecord.Outcome(Goal.UNIFORM, uniform),
            new RepairRecord.Outcome(Goal.KEEP_CLASS_PRIOR, keepPrior)),
        new RepairRecord.FittedRows("calibration", 1055),
        "test",
        List.of(
            new RepairRecord.Diagnosis(
                "race",
                List.of(
                    new RepairRecord.Cell("no", "Black", 302),
                    new RepairRecord.Cell("yes", "Black", 333),
                    new RepairRecord.Cell("no", "White", 256),
                    new RepairRecord.Cell("yes", "White", 164)),
                List.of(
                    new RepairRecord.TableError("Black", 0.031),
                    new RepairRecord.TableError("White", 0.044)),
                OptionalDouble.of(0.998),
                List.of(warning))),
        List.of(
            new RepairRecord.Flips("race", "Black", 635, 96, 92, 4),
            new RepairRecord.Flips("race", "White", 421, 40, 2, 38)),
        declined,
        written
            ? List.of(
                new Provenance.Artefact("model", "out/fused.onnx", "ef".repeat(32), 20_480),
                new Provenance.Artefact("patch", "out/patch.onnx", "12".repeat(32), 2_048))
            : List.of(),
        List.of("The overall accuracy falls by 1.5 points."));
  }

  static Evidence.Repair repairEvidence() {
    return new Evidence.Repair(
        "evenhand erase --model models/loans.onnx --data loans.csv --target repaid --attribute race --out out",
        repair(Optional.empty(), true, "Removing the rule lowers the overall accuracy."),
        provenance());
  }

  static Evidence.Repair declinedEvidence() {
    return new Evidence.Repair(
        "evenhand erase --model models/loans.onnx --data loans.csv --target repaid --attribute race --out out",
        repair(
            Optional.of(
                "Race cannot be read from the inputs: balanced accuracy 63\u00a0%, at least 70\u00a0% is needed."),
            false,
            "The bias predictor is weak."),
        provenance());
  }

  /** Declined before anything could be measured. */
  static Evidence.Repair declinedUnmeasured() {
    RepairRecord repair = repair(Optional.of("Class 'yes' has no row of White."), false, "");
    return new Evidence.Repair(
        "evenhand erase",
        new RepairRecord(
            repair.command(),
            repair.choice(),
            repair.strength(),
            repair.goal(),
            repair.before(),
            List.of(),
            repair.fittedOn(),
            repair.measuredOn(),
            List.of(),
            List.of(),
            repair.declined(),
            List.of(),
            List.of()),
        provenance());
  }
}
