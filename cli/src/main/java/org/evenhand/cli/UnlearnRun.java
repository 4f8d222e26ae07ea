package org.evenhand.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.core.Answers;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.Provenance;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.onnx.RepairedExporter;
import org.evenhand.unlearning.UnlearningProposal;
import org.evenhand.workflow.AnsweredRows;
import org.evenhand.workflow.Counterparts;
import org.evenhand.workflow.Division;
import org.evenhand.workflow.FlipAudit;
import org.evenhand.workflow.Notes;
import org.evenhand.workflow.StagedFiles;
import org.evenhand.workflow.WhiteBox;

/**
 * A proposed edit with everything that is needed to measure it and to write it out.
 *
 * @param deployed the model's file, opened
 * @param asked the same model, asked about rows
 * @param all every row of the data
 * @param division what was fitted on and what is measured on
 * @param training where the Hessian comes from
 * @param fitted the pairs and the rows to check
 * @param proposal the edit
 * @param flips how rows get counterparts
 * @param request what the user asked for
 */
record UnlearnRun(
    OnnxHeadedClassifier deployed,
    HeadedClassifier asked,
    AnsweredRows all,
    Division division,
    WhiteBox.Training training,
    WhiteBox.Fitted fitted,
    UnlearningProposal proposal,
    Counterparts flips,
    UnlearnCommand.Request request) {

  /** Measures both heads on the rows that nothing was fitted on. */
  Measured measured(Notes notes) {
    EditedModel edited = new EditedModel(asked, proposal.head());
    Answers.Soft corrected = edited.answer(division.unseen().table());
    return new Measured(
        this,
        audit(asked, division.unseen().answers(), notes),
        audit(edited, corrected, notes),
        corrected);
  }

  private AuditResult audit(DeployedModel model, Answers answers, Notes notes) {
    AuditResult groups = Audit.of(division.unseen().set(), answers, request.judgement());
    return new FlipAudit(flips, model, request.judgement(), notes)
        .extend(groups, all.set(), division.unseenRows());
  }

  /**
   * A run and what it does to unseen rows.
   *
   * @param run the edit
   * @param before audit of the deployed model
   * @param after audit of the edited one
   * @param corrected the edited model's answers to the unseen rows
   */
  record Measured(UnlearnRun run, AuditResult before, AuditResult after, Answers.Soft corrected) {
    UnlearningProposal proposal() {
      return run.proposal();
    }

    /**
     * Writes all files, or none of them if one cannot be written.
     *
     * @return the machine output
     */
    String write(String commandLine, Provenance provenance) {
      Map<String, Path> files = run.request().files();
      Path model = files.getOrDefault("model", Path.of(""));
      Path report = files.getOrDefault("report", Path.of(""));
      Path numbers = files.getOrDefault("evidence", Path.of(""));
      try (StagedFiles staged = new StagedFiles()) {
        Path candidate =
            staged.write(
                model, file -> RepairedExporter.export(run.deployed(), proposal().head(), file));
        WrittenModel.requireSame(
            candidate,
            run.request().whiteBox().model().options(),
            run.division().unseen().table(),
            corrected);
        Evidence evidence =
            evidence(commandLine, provenance, List.of(staged.artefact("model", model)));
        staged.write(report, file -> EvidencePack.writeReport(evidence, file));
        staged.write(numbers, file -> EvidencePack.writeJson(evidence, files, file));
        staged.moveIntoPlace();
        return EvidencePack.machineOutput(evidence, files);
      }
    }

    String decline(String commandLine, Provenance provenance) {
      Evidence evidence = evidence(commandLine, provenance, List.of());
      return EvidencePack.machineOutput(evidence, Map.of());
    }

    private Evidence evidence(
        String commandLine, Provenance provenance, List<Provenance.Artefact> written) {
      return new Evidence.Unlearning(commandLine, UnlearningRecords.of(this, written), provenance);
    }
  }
}
