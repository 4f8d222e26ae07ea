package org.evenhand.cli;

import java.util.Map;
import java.util.TreeMap;
import org.evenhand.core.Provenance;
import org.evenhand.eraser.RepairProposal;

/** What a fused model says about itself. */
final class FusedMetadata {
  private FusedMetadata() {}

  static Map<String, String> of(RepairRun run, Provenance provenance) {
    RepairProposal proposal = run.proposal();
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("evenhand.version", provenance.version());
    metadata.put("evenhand.date", provenance.time().toString());
    metadata.put("evenhand.method", "Inference-Time Rule Eraser");
    metadata.put("evenhand.attribute", String.join(",", proposal.attributes()));
    metadata.put("evenhand.estimator", proposal.estimator().code());
    metadata.put("evenhand.goal", proposal.goal().label());
    metadata.put("evenhand.strength", Double.toString(run.settings().strength()));
    metadata.put("evenhand.decision_rule", run.settings().decisionRule().toString());
    metadata.put("evenhand.seed", Long.toString(provenance.seed()));
    for (Provenance.Artefact artefact : provenance.artefacts()) {
      metadata.put("evenhand." + artefact.role() + "_sha256", artefact.sha256());
    }
    proposal.declined().ifPresent(reason -> metadata.put("evenhand.declined", reason));
    metadata.put(
        "evenhand.caution",
        "Corrected probabilities are estimates under the goal named here; they are not recalibrated risks.");
    return metadata;
  }
}
