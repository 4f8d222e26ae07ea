package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Artefacts;
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
  private final EraserSettings settings;
  private final RepairProposal proposal;
  private final RepairProposal.Measured measured;

  RepairRun(
      OnnxClassifier deployed,
      Division division,
      PatchView view,
      EraserSettings settings,
      AuditSettings judgement,
      RepairProposal proposal) {
    this.deployed = deployed;
    this.division = division;
    this.view = view;
    this.settings = settings;
    this.proposal = proposal;
    this.measured = proposal.measure(unseen(), softAnswers(), judgement);
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
    return settings;
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
    return softAnswers().decisions(settings.decisionRule());
  }

  int[] decisionsAfter() {
    return corrected().decisions(settings.decisionRule());
  }

  private Answers.Soft corrected() {
    return proposal.removal().apply(softAnswers(), unseen().inputs());
  }

  Delivery write(RepairOutputs outputs, String commandLine, Provenance provenance) {
    FusedCheck.write(
        outputs.fused(),
        file ->
            FusedExporter.export(
                deployed,
                proposal.removal(),
                settings.decisionRule(),
                FusedMetadata.of(this, provenance),
                file),
        division.unseen().table(),
        corrected());
    NetworkExporter.exportPatch(
        (PatchNetwork) proposal.removal().rule().patches().get(0),
        FusedMetadata.of(this, provenance),
        outputs.patch());
    List<Provenance.Artefact> written = new ArrayList<>();
    written.add(Artefacts.of("model", outputs.fused()));
    written.add(Artefacts.of("patch", outputs.patch()));
    Evidence evidence = evidence(commandLine, provenance, written);
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("model", outputs.fused());
    files.put("patch", outputs.patch());
    files.put("report", outputs.report());
    files.put("evidence", outputs.evidence());
    EvidencePack.writeReport(evidence, outputs.report());
    EvidencePack.writeJson(evidence, files, outputs.evidence());
    return new Delivery(EvidencePack.machineOutput(evidence, files), files);
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
