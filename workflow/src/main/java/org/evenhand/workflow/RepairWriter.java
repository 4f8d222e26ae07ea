package org.evenhand.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.evenhand.core.Answers;
import org.evenhand.core.Change;
import org.evenhand.core.Correction;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.Provenance;
import org.evenhand.core.ServedModel;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.http.HttpClassifier;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.CorrectionStep;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.StepExporter;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Value;

/**
 * Writes all files of a repair, or none of them if one cannot be written.
 *
 * @param request where they go
 * @param deployed as it was opened
 * @param division of the rows that were answered: what is written is asked about all of them before
 *     it is put in place
 * @param evidence of the repair, before anything was written
 */
record RepairWriter(
    RepairRequest request, DeployedModel deployed, Division division, Evidence.Repair evidence) {

  /**
   * Writes.
   *
   * @param described how the model's inputs are prepared, for the metadata of the written models
   */
  RepairRun write(Map<String, String> described) {
    Map<String, String> metadata = metadata();
    metadata.putAll(described);
    RepairFiles files = files();
    try (StagedFiles staged = new StagedFiles()) {
      List<Provenance.Artefact> written = new ArrayList<>();
      files
          .model()
          .ifPresent(
              target -> {
                Path candidate = staged.write(target, file -> writeModel(metadata, file));
                requireSame(candidate);
                written.add(staged.artefact("model", target));
              });
      files
          .patch()
          .ifPresent(
              target -> {
                staged.write(target, file -> writePatch(metadata, file));
                written.add(staged.artefact("patch", target));
              });
      files
          .step()
          .ifPresent(
              target -> {
                requireSameStep(staged.write(target, file -> writeStep(metadata, file)));
                written.add(staged.artefact("step", target));
              });
      Evidence.Repair whole = with(written);
      staged.write(files.report(), file -> EvidencePack.writeReport(whole, file));
      staged.write(files.evidence(), file -> EvidencePack.writeJson(whole, files.byRole(), file));
      staged.moveIntoPlace();
      return new RepairRun(whole, files.byRole());
    }
  }

  /**
   * Those that are written: of a declined repair the pages alone, and no patch of a correction that
   * asks none, or that asks several and cannot be told without the model.
   */
  private RepairFiles files() {
    RepairFiles files = request.files();
    if (evidence.repair().judgement().declined().isPresent() && !request.force()) {
      return new RepairFiles(Optional.empty(), Optional.empty(), files.report(), files.evidence());
    }
    return change() instanceof Correction correction && hasPatch(files, correction)
        ? files
        : new RepairFiles(
            files.model(), Optional.empty(), files.step(), files.report(), files.evidence());
  }

  /** One patch stands for itself; what else is written without the model must not ask it. */
  private static boolean hasPatch(RepairFiles files, Correction correction) {
    boolean single = files.model().isPresent() && correction.patches().size() == 1;
    boolean whole = files.model().isEmpty() || !correction.patches().isEmpty();
    return single || (whole && !correction.readsAnswers());
  }

  private Change change() {
    return proposal().change();
  }

  private Proposal proposal() {
    return evidence.repair().proposal();
  }

  private void writeModel(Map<String, String> metadata, Path file) {
    ChangeWriter.write(deployed, change(), request.judgement().decisionRule(), metadata, file);
  }

  /**
   * One patch as it is; where there is no repaired model, or several patches, by what they subtract
   * together.
   */
  private void writePatch(Map<String, String> metadata, Path file) {
    Correction correction = (Correction) change();
    if (request.files().model().isPresent() && correction.patches().size() == 1) {
      NetworkExporter.exportPatch(correction.patches().get(0), metadata, file);
    } else {
      NetworkExporter.exportCorrection(correction, metadata, file);
    }
  }

  private void writeStep(Map<String, String> metadata, Path file) {
    StepExporter.export(
        served(), (Correction) change(), request.judgement().decisionRule(), metadata, file);
  }

  private ServedModel served() {
    return ((HttpClassifier) deployed).served();
  }

  private void requireSameStep(Path step) {
    AnsweredRows all = division.all();
    Answers.Soft answers = (Answers.Soft) all.answers();
    try (CorrectionStep written = CorrectionStep.open(step)) {
      Answers.Soft given = written.apply(answers, all.table());
      WrittenModel.requireSame(given, ((Correction) change()).apply(answers, all.set().inputs()));
    }
  }

  private void requireSame(Path candidate) {
    ModelSource.File source =
        request.subject() instanceof RepairRequest.Opened opened
            ? opened.inside().model()
            : (ModelSource.File) ((RepairRequest.BlackBox) request.subject()).model();
    if (change() instanceof Correction correction) {
      WrittenModel.requireConsistent(
          candidate,
          source.options(),
          division.all(),
          correction,
          request.judgement().decisionRule());
    } else {
      WrittenModel.requireSame(
          candidate,
          source.options(),
          division.unseen().table(),
          (Answers.Soft) evidence.repair().measured().changed());
    }
  }

  private Evidence.Repair with(List<Provenance.Artefact> written) {
    return new Evidence.Repair(
        evidence.commandLine(),
        evidence.repair().withOutputs(written),
        evidence.provenance(),
        evidence.presentation());
  }

  /** What a repaired model says about itself. */
  private Map<String, String> metadata() {
    Proposal proposal = proposal();
    Provenance provenance = evidence.provenance();
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("evenhand.version", provenance.version());
    metadata.put("evenhand.date", provenance.time().toString());
    metadata.put("evenhand.method", proposal.method().title());
    metadata.put("evenhand.attribute", String.join(",", proposal.attributes()));
    metadata.put(
        "evenhand." + proposal.variant().kind().replace(' ', '_'), proposal.variant().code());
    for (Fact setting : proposal.settings()) {
      metadata.put("evenhand." + setting.key(), text(setting.value()));
    }
    metadata.put("evenhand.decision_rule", request.judgement().decisionRule().toString());
    metadata.put("evenhand.seed", Long.toString(provenance.seed()));
    for (Provenance.Artefact artefact : provenance.artefacts()) {
      metadata.put("evenhand." + artefact.role() + "_sha256", artefact.sha256());
    }
    evidence
        .repair()
        .judgement()
        .declined()
        .ifPresent(reason -> metadata.put("evenhand.declined", reason));
    if (!proposal.cautions().isEmpty()) {
      metadata.put("evenhand.caution", proposal.cautions().get(0));
    }
    return metadata;
  }

  private static String text(Value value) {
    if (value instanceof Value.Quantity quantity) {
      return Double.toString(quantity.number());
    }
    return value instanceof Value.Text text
        ? text.text()
        : String.join(" ", ((Value.Texts) value).sentences());
  }
}
