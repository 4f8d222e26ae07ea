package org.evenhand.workflow.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.DeployedModel;
import org.evenhand.data.Counterpart;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.ExplanationRecord;
import org.evenhand.repair.Access;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Contender;
import org.evenhand.repair.MethodComparison;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairGoals;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.SearchLimits;
import org.evenhand.repair.Unseen;
import org.evenhand.unlearning.ExplanationSettings;
import org.evenhand.workflow.AnsweredRows;
import org.evenhand.workflow.AuditRequest;
import org.evenhand.workflow.AuditRequest.AnswerSource;
import org.evenhand.workflow.AuditRun;
import org.evenhand.workflow.BiasChoice;
import org.evenhand.workflow.Division;
import org.evenhand.workflow.EvidenceFiles;
import org.evenhand.workflow.ExplainRequest;
import org.evenhand.workflow.ExplainRun;
import org.evenhand.workflow.FlipRequest;
import org.evenhand.workflow.Invocation;
import org.evenhand.workflow.Methods;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.MoreTables;
import org.evenhand.workflow.Notes;
import org.evenhand.workflow.RecordedAnswers;
import org.evenhand.workflow.Roles;
import org.evenhand.workflow.RowReader;
import org.evenhand.workflow.RowsRequest;
import org.evenhand.workflow.SplitChoice;
import org.evenhand.workflow.WhiteBoxRequest;

/** Whole runs from plain requests. */
public final class WorkflowExamples {
  private WorkflowExamples() {}

  /** A model's audit, with its report and evidence. */
  public static AuditRun audit(Path folder) {
    // docs:begin audit-run
    ModelSource model = ModelSource.of(folder.resolve("model.onnx"), List.of("no", "yes"));
    RowsRequest rows =
        RowsRequest.of(folder.resolve("people.csv"), Roles.of("repaid", List.of("gender")));
    AuditRequest request = AuditRequest.of(model, rows, AuditSettings.DEFAULT);
    AuditRun run = AuditRun.of(request, sentence -> System.err.println(sentence));
    System.out.println(run.result().attribute("gender").verdict());

    Evidence evidence = run.evidence(new Invocation("java -jar nightly-audit.jar", 1, Map.of()));
    new EvidenceFiles(
            Optional.of(folder.resolve("nightly.html")),
            Optional.of(folder.resolve("nightly.json")))
        .write(evidence);
    // docs:end audit-run
    return run;
  }

  /** The same model asked about every row once more, under another value. */
  public static AuditRun flipped(RowsRequest rows, ModelSource model) {
    // docs:begin audit-flip
    FlipRequest flips =
        FlipRequest.of(List.of("region")).with("region", new Counterpart.Value("coast"));
    AnswerSource answers = new AnswerSource.Model(model, Optional.empty(), flips);
    AuditRun run =
        AuditRun.of(
            new AuditRequest(answers, rows, AuditSettings.DEFAULT, MoreTables.NONE), Notes.NONE);
    // docs:end audit-flip
    return run;
  }

  /** Answers that a table records need no model. */
  public static AuditRun recorded(Path decisions) {
    // docs:begin audit-recorded
    RowsRequest rows = RowsRequest.of(decisions, Roles.of("repaid", List.of("gender")));
    RecordedAnswers answers = RecordedAnswers.probabilities("score", List.of("no", "yes"));
    AuditRun run = AuditRun.of(AuditRequest.of(answers, rows, AuditSettings.DEFAULT), Notes.NONE);
    // docs:end audit-recorded
    return run;
  }

  /** Rows to learn from, and rows that nothing is fitted on. */
  public static Division divided(RowsRequest rows, ModelSource model) {
    // docs:begin division
    Division division;
    try (Notes.Watch watch = Notes.NONE.watch();
        DeployedModel deployed = model.open(watch)) {
      AnsweredRows answered = new RowReader(rows, Notes.NONE).answeredBy(deployed);
      division = Division.of(answered, SplitChoice.USUAL, 0.5, 1);
    }
    System.out.println(division.fittedOn() + ", measured on " + division.measuredOn());
    // docs:end division
    return division;
  }

  /** Methods side by side, and the one that a search would propose. */
  public static MethodComparison compared(Division division, DeployedModel deployed) {
    // docs:begin compare
    List<Repair> methods = Methods.OF_TABLES.named(List.of("equal-odds", "erase", "prior"));
    SearchLimits limits = SearchLimits.of(Aim.MODEL_BIAS, 0.05).withAccess(Access.INPUTS);
    RepairTask task =
        RepairTask.of(division.fitted().set(), division.fitted().answers(), List.of("gender"));
    Unseen unseen =
        Unseen.of(
            division.measuredOn(),
            division.unseen().set(),
            division.unseen().answers(),
            AuditSettings.DEFAULT);
    MethodComparison comparison =
        MethodComparison.of(
            methods, limits, task, deployed, unseen, RepairGoals.of(Aim.MODEL_BIAS));
    System.out.println(comparison.why());
    for (Contender contender : comparison.contenders()) {
      System.out.println(contender.method().code() + " " + contender.judgement().findings());
    }
    // docs:end compare
    return comparison;
  }

  /** The training rows that put bias into a model. */
  public static ExplainRun explain(RowsRequest rows, ModelSource.File model) {
    // docs:begin explain-run
    WhiteBoxRequest whiteBox = WhiteBoxRequest.of(model, rows, FlipRequest.of(List.of("gender")));
    ExplainRun run =
        ExplainRun.of(
            ExplainRequest.of(whiteBox, BiasChoice.COUNTERFACTUAL, ExplanationSettings.DEFAULT),
            new Invocation("java -jar explain.jar", 1, Map.of()),
            Notes.NONE);
    ExplanationRecord.Row worst = run.record().harmful().rows().get(0);
    System.out.println("row " + worst.number() + ": " + worst.columns());
    // docs:end explain-run
    return run;
  }
}
