package org.evenhand.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Provenance;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.RepairProposal;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.FusedExporter;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;

/** A proposed repair with everything that is needed to measure it and to write it out. */
final class RepairRun {
  private final OnnxClassifier deployed;
  private final Division division;
  private final PatchView view;
  private final EraseCommand.Request request;
  private final RepairProposal proposal;
  private final RepairProposal.Measured measured;

  RepairRun(
      OnnxClassifier deployed,
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
    return corrected().decisions(settings().decisionRule());
  }

  private Answers.Soft corrected() {
    return proposal.removal().apply(softAnswers(), unseen().inputs());
  }

  /** Writes all files, or none of them if one cannot be written. */
  Delivery write(RepairOutputs outputs, String commandLine, Provenance provenance) {
    Map<String, String> metadata = FusedMetadata.of(this, provenance);
    Map<String, Path> files = outputs.files();
    try (StagedFiles staged = new StagedFiles()) {
      Path fused = staged.write(outputs.fused(), file -> exportFused(metadata, file));
      FusedCheck.requireSame(fused, request.onnx(), division.unseen().table(), corrected());
      PatchNetwork patch = (PatchNetwork) proposal.removal().rule().patch();
      staged.write(outputs.patch(), file -> NetworkExporter.exportPatch(patch, metadata, file));
      List<Provenance.Artefact> written =
          List.of(
              staged.artefact("model", outputs.fused()), staged.artefact("patch", outputs.patch()));
      Evidence evidence = evidence(commandLine, provenance, written);
      staged.write(outputs.report(), file -> EvidencePack.writeReport(evidence, file));
      staged.write(outputs.evidence(), file -> EvidencePack.writeJson(evidence, files, file));
      staged.moveIntoPlace();
      return new Delivery(EvidencePack.machineOutput(evidence, files), files);
    }
  }

  private void exportFused(Map<String, String> metadata, Path file) {
    FusedExporter.export(deployed, proposal.removal(), settings().decisionRule(), metadata, file);
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
