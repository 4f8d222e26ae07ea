package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Patch;
import org.evenhand.core.Provenance;
import org.evenhand.core.Removal;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.RepairProposal;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.FusedExporter;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;

/** A proposed repair with everything that is needed to measure it and to write it out. */
final class RepairRun {
  private final DeployedModel deployed;
  private final Division division;
  private final PatchView view;
  private final EraseCommand.Request request;
  private final RepairProposal proposal;
  private final RepairProposal.Measured measured;
  private final Answers.Soft corrected;

  RepairRun(
      DeployedModel deployed,
      Division division,
      PatchView view,
      EraseCommand.Request request,
      RepairProposal proposal) {
    this.deployed = deployed;
    this.division = division;
    this.view = view;
    this.request = request;
    this.proposal = proposal;
    this.measured = proposal.measure(unseen(), softAnswers(), request.judgement());
    this.corrected = proposal.removal().apply(softAnswers(), unseen().inputs());
  }

  /**
   * What the user gets.
   *
   * @param json the machine output
   * @param files those written, by role; none if the repair was declined
   */
  record Delivery(String json, Map<String, Path> files) {}

  RepairProposal proposal() {
    return proposal;
  }

  RepairProposal.Measured measured() {
    return measured;
  }

  Division division() {
    return division;
  }

  EraserSettings settings() {
    return request.settings();
  }

  /** The rows to measure on, as the patch sees them. */
  private LabelledSet unseen() {
    return view.of(division.unseen().set());
  }

  private Answers.Soft softAnswers() {
    // The eraser has refused label-only models by now.
    return (Answers.Soft) division.unseen().answers();
  }

  int[] decisionsBefore() {
    return softAnswers().decisions(settings().decisionRule());
  }

  int[] decisionsAfter() {
    return corrected.decisions(settings().decisionRule());
  }

  /**
   * Writes all files, or none of them if one cannot be written.
   *
   * @param described how the model's inputs are prepared, for the metadata of the written models
   */
  Delivery write(String commandLine, Provenance provenance, Map<String, String> described) {
    Map<String, String> metadata = FusedMetadata.of(this, provenance);
    metadata.putAll(described);
    RepairFiles files = request.files();
    try (StagedFiles staged = new StagedFiles()) {
      List<Provenance.Artefact> written = new ArrayList<>();
      if (request.model() instanceof ModelSource.File source
          && deployed instanceof OnnxClassifier model) {
        Path fused = files.fused().orElseThrow();
        Path candidate = staged.write(fused, file -> exportFused(model, metadata, file));
        WrittenModel.requireConsistent(
            candidate,
            source.options(),
            division.unseen().table(),
            decisionsBefore(),
            corrected,
            settings().decisionRule());
        written.add(staged.artefact("model", fused));
      }
      staged.write(files.patch(), file -> exportPatch(metadata, file));
      written.add(staged.artefact("patch", files.patch()));
      Evidence evidence = evidence(commandLine, provenance, written);
      staged.write(files.report(), file -> EvidencePack.writeReport(evidence, file));
      staged.write(
          files.evidence(), file -> EvidencePack.writeJson(evidence, files.byRole(), file));
      staged.moveIntoPlace();
      return new Delivery(EvidencePack.machineOutput(evidence, files.byRole()), files.byRole());
    }
  }

  private void exportFused(OnnxClassifier model, Map<String, String> metadata, Path file) {
    FusedExporter.export(model, proposal.removal(), settings().decisionRule(), metadata, file);
  }

  /**
   * One patch as it is; where there is no fused model, or several patches, by what they subtract
   * together.
   */
  private void exportPatch(Map<String, String> metadata, Path file) {
    Removal removal = proposal.removal();
    List<Patch> patches = removal.rule().patches();
    if (request.files().fused().isPresent() && patches.size() == 1) {
      NetworkExporter.exportPatch(patches.get(0), metadata, file);
    } else {
      NetworkExporter.exportCorrection(removal, metadata, file);
    }
  }

  Delivery decline(String commandLine, Provenance provenance) {
    Evidence evidence = evidence(commandLine, provenance, List.of());
    return new Delivery(EvidencePack.machineOutput(evidence, Map.of()), Map.of());
  }

  private Evidence evidence(
      String commandLine, Provenance provenance, List<Provenance.Artefact> written) {
    return new Evidence.Repair(commandLine, RepairRecords.of(this, written), provenance);
  }
}
