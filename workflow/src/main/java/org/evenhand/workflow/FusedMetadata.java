package org.evenhand.workflow;

import java.util.Map;
import java.util.TreeMap;
import org.evenhand.core.Provenance;
import org.evenhand.eraser.EraserSettings;
import org.evenhand.eraser.RepairProposal;

/** What a fused model says about itself. */
public final class FusedMetadata {
  private FusedMetadata() {}

  /**
   * Its metadata, by name.
   *
   * @param proposal the repair
   * @param settings of the eraser
   * @param provenance of the run
   */
  public static Map<String, String> of(
      RepairProposal proposal, EraserSettings settings, Provenance provenance) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("evenhand.version", provenance.version());
    metadata.put("evenhand.date", provenance.time().toString());
    metadata.put("evenhand.method", "Inference-Time Rule Eraser");
    metadata.put("evenhand.attribute", String.join(",", proposal.attributes()));
    metadata.put("evenhand.estimator", proposal.estimator().code());
    metadata.put("evenhand.goal", proposal.goal().label());
    metadata.put("evenhand.strength", Double.toString(settings.strength()));
    metadata.put("evenhand.decision_rule", settings.decisionRule().toString());
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
