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
    if (evidence instanceof Evidence.Repair repair) {
      return change(repair.repair(), evidence.model(), outputs);
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
    evidence.change().ifPresent(repair -> node.set("repair", record(repair)));
    ArrayNode cautions = node.putArray("cautions");
    Cautions.of(evidence).forEach(cautions::add);
    node.set("provenance", provenance(evidence.commandLine(), evidence.provenance()));
    return node;
  }

  private static ObjectNode change(
      RepairRecord repair, Optional<Provenance.Artefact> deployedModel, Map<String, Path> outputs) {
    ObjectNode node =
        Json.object()
            .put("command", repair.command())
            .put("method", repair.proposal().variant().code());
    DetailJson.put(node, repair.proposal().settings());
    node.put("declined", repair.declined().isPresent());
    Json.text(node, "declined_reason", repair.declined());
    node.set("findings", RepairJson.findings(repair));
    node.set("harms", RepairJson.harms(repair));
    node.set("people", RepairJson.people(repair));
    node.set("change", RepairJson.change(repair));
    node.set("before", AuditJson.of(repair.before(), deployedModel));
    node.set("after", AuditJson.of(repair.after(), repair.repairedModel()));
    node.put("measured_on", repair.measured().rows());
    node.set("outputs", paths(outputs));
    return node;
  }

  private static ObjectNode record(RepairRecord repair) {
    ObjectNode record = RepairJson.of(repair);
    record.set("written", artefacts(repair.outputs()));
    return record;
  }

  private static ObjectNode paths(Map<String, Path> outputs) {
    ObjectNode node = Json.object();
    outputs.forEach((role, path) -> node.put(role, path.toString()));
    return node;
  }

  static ObjectNode provenance(String commandLine, Provenance provenance) {
    ObjectNode node =
        Json.object()
            .put("version", provenance.version())
            .put("time", provenance.time().toString())
            .put("command_line", commandLine)
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
