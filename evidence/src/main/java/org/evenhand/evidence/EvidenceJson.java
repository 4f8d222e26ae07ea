package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Provenance;

/** Evidence as JSON: short for programs, whole for the archive. */
final class EvidenceJson {
  /**
   * The format of the file. Keys are added without a change of it; one that goes or changes its
   * meaning raises it.
   */
  static final int FORMAT = 1;

  private EvidenceJson() {}

  static ObjectNode machineOutput(Evidence evidence, Map<String, Path> outputs) {
    Optional<ModelChange> change = ModelChange.of(evidence);
    if (change.isPresent()) {
      return change(change.get(), evidence.model(), outputs);
    }
    ObjectNode node = AuditJson.of(evidence.deployed(), evidence.model());
    if (!outputs.isEmpty()) {
      node.set("outputs", paths(outputs));
    }
    return node;
  }

  static ObjectNode file(Evidence evidence, Map<String, Path> outputs) {
    ObjectNode node = Json.object().put("format", FORMAT);
    node.setAll(machineOutput(evidence, outputs));
    if (evidence instanceof Evidence.Repair repair) {
      node.set("repair", record(RepairJson.of(repair.repair()), repair.repair()));
    } else if (evidence instanceof Evidence.Unlearning unlearning) {
      node.set(
          "repair", record(UnlearningJson.of(unlearning.unlearning()), unlearning.unlearning()));
    }
    ArrayNode cautions = node.putArray("cautions");
    Cautions.of(evidence).forEach(cautions::add);
    node.set("provenance", provenance(evidence));
    return node;
  }

  private static ObjectNode change(
      ModelChange change, Optional<Provenance.Artefact> deployedModel, Map<String, Path> outputs) {
    ObjectNode node = Json.object().put("command", change.command());
    if (change instanceof RepairRecord repair) {
      node.put("method", repair.choice().method())
          .put("goal", repair.goal().label())
          .put("strength", repair.strength());
    } else if (change instanceof UnlearningRecord unlearning) {
      node.put("method", unlearning.choice().update())
          .put("settings", unlearning.choice().settings());
    }
    node.put("declined", change.declined().isPresent());
    Json.text(node, "declined_reason", change.declined());
    node.set("before", AuditJson.of(change.before(), deployedModel));
    change
        .measuredAfter()
        .ifPresentOrElse(
            after -> node.set("after", AuditJson.of(after, change.repairedModel())),
            () -> node.putNull("after"));
    node.put("measured_on", change.measuredOn());
    node.set("outputs", paths(outputs));
    return node;
  }

  private static ObjectNode record(ObjectNode record, ModelChange change) {
    record.set("written", artefacts(change.outputs()));
    return record;
  }

  private static ObjectNode paths(Map<String, Path> outputs) {
    ObjectNode node = Json.object();
    outputs.forEach((role, path) -> node.put(role, path.toString()));
    return node;
  }

  private static ObjectNode provenance(Evidence evidence) {
    Provenance provenance = evidence.provenance();
    ObjectNode node =
        Json.object()
            .put("version", provenance.version())
            .put("time", provenance.time().toString())
            .put("command_line", evidence.commandLine())
            .put("seed", provenance.seed());
    node.set("artefacts", artefacts(provenance.artefacts()));
    ObjectNode settings = node.putObject("settings");
    provenance.settings().forEach(settings::put);
    ObjectNode environment = node.putObject("environment");
    provenance.environment().forEach(environment::put);
    return node;
  }

  private static ArrayNode artefacts(List<Provenance.Artefact> artefacts) {
    ArrayNode nodes = Json.object().arrayNode();
    for (Provenance.Artefact artefact : artefacts) {
      nodes
          .addObject()
          .put("role", artefact.role())
          .put("path", artefact.path())
          .put("sha256", artefact.sha256())
          .put("bytes", artefact.bytes());
    }
    return nodes;
  }
}
