package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Provenance;

/** Evidence as JSON: short for programs, whole for the archive. */
final class EvidenceJson {
  private EvidenceJson() {}

  static ObjectNode machineOutput(Evidence evidence, Map<String, Path> outputs) {
    if (evidence instanceof Evidence.Repair repair) {
      return repair(repair, outputs);
    }
    Evidence.Audit audit = (Evidence.Audit) evidence;
    ObjectNode node = AuditJson.of(audit.result(), audit.model());
    if (!outputs.isEmpty()) {
      node.set("outputs", paths(outputs));
    }
    return node;
  }

  static ObjectNode file(Evidence evidence, Map<String, Path> outputs) {
    ObjectNode node = machineOutput(evidence, outputs);
    if (evidence instanceof Evidence.Repair repair) {
      ObjectNode record = RepairJson.of(repair.repair());
      record.set("written", artefacts(repair.repair().outputs()));
      node.set("repair", record);
    }
    ArrayNode cautions = node.putArray("cautions");
    Cautions.of(evidence).forEach(cautions::add);
    node.set("provenance", provenance(evidence));
    return node;
  }

  private static ObjectNode repair(Evidence.Repair evidence, Map<String, Path> outputs) {
    RepairRecord repair = evidence.repair();
    ObjectNode node =
        Json.object()
            .put("command", repair.command())
            .put("method", repair.choice().method())
            .put("goal", repair.goal().label())
            .put("strength", repair.strength())
            .put("declined", repair.declined().isPresent());
    Json.text(node, "declined_reason", repair.declined());
    node.set("before", AuditJson.of(repair.before(), evidence.model()));
    repair
        .after()
        .ifPresentOrElse(
            after -> node.set("after", AuditJson.of(after, repair.repairedModel())),
            () -> node.putNull("after"));
    node.put("measured_on", repair.measuredOn());
    node.set("outputs", paths(outputs));
    return node;
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
