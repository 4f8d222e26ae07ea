package com.example.plain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.eraser.Eraser;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.ErasureProposal;
import org.evenhand.onnx.CorrectionStep;
import org.evenhand.onnx.StepExporter;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/** Audits a Java function, repairs its answers, and decides about one person with the repair. */
public final class ScorecardRepair {
  private static final Classes CLASSES = Classes.of("no", "yes");

  private ScorecardRepair() {}

  /**
   * What came out.
   *
   * @param before the audit of the scorecard
   * @param after the audit of its corrected answers, on the same unseen rows
   * @param decision about one person
   */
  public record Outcome(AuditResult before, AuditResult after, String decision) {}

  /**
   * Runs.
   *
   * @param step where the correction is written
   */
  public static Outcome run(Path step) {
    Classifier scorecard = Classifier.ofLogits(CLASSES, Scorecard::logOdds);

    // Your own rows: Tables.read(file) for a file, Table.ofRows or Table.ofRecords for objects.
    Table loans = SimulatedLending.table(20_000, 1);
    LabelledSet rows =
        Labelling.of("repaid", List.of("gender")).apply(loans.without(Set.of(Split.COLUMN)));
    LabelledSet calibration = rows.select(Split.rows(loans, Split.COLUMN, Split.CALIBRATION));
    LabelledSet unseen = rows.select(Split.rows(loans, Split.COLUMN, Split.TEST));
    AuditResult before = Audit.of(unseen, scorecard.answer(unseen.inputs()), AuditSettings.DEFAULT);

    ErasureProposal repair =
        Eraser.propose(
            calibration,
            List.of("gender"),
            scorecard.answer(calibration.inputs()),
            new Perceptron(PerceptronSettings.DEFAULT),
            EraserSettings.DEFAULT);
    repair
        .declined()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    StepExporter.export(
        CLASSES, repair.removal(), DecisionRule.MOST_PROBABLE, Map.of("made_by", "me"), step);

    // From here on as a service would, which has the scorecard and the written file.
    try (CorrectionStep correction = CorrectionStep.open(step)) {
      Classifier fair = correction.after(scorecard);
      AuditResult after = Audit.of(unseen, fair.answer(unseen.inputs()), AuditSettings.DEFAULT);

      Map<String, Object> person =
          Map.of(
              "income",
              39_000,
              "debt_ratio",
              0.3,
              "years_employed",
              4,
              "loans_before",
              1,
              "credit_history",
              "clean",
              "region",
              "coast",
              "gender",
              "female");
      Answers answer = fair.answer(Table.ofRows(List.of(person), correction.inputs()));
      String decision = CLASSES.names().get(answer.decisions(DecisionRule.OF_MODEL)[0]);
      return new Outcome(before, after, decision);
    }
  }

  /** Prints what came out. */
  public static void main(String[] arguments) {
    Outcome outcome = run(Path.of(arguments.length > 0 ? arguments[0] : "fair.step.onnx"));
    System.out.println("before: " + outcome.before().attribute("gender").explanation());
    System.out.println("after: " + outcome.after().attribute("gender").explanation());
    System.out.println("decision: " + outcome.decision());
  }
}
