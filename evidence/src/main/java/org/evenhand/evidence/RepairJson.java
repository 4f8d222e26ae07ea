package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.evidence.RepairRecord.Candidate;
import org.evenhand.evidence.RepairRecord.Diagnosis;
import org.evenhand.evidence.RepairRecord.Outcome;

/** The record of a repair as JSON. */
final class RepairJson {
  private RepairJson() {}

  static ObjectNode of(RepairRecord repair) {
    ObjectNode node =
        Json.object()
            .put("method", repair.choice().method())
            .put("name", repair.choice().name())
            .put("reason", repair.choice().reason());
    ArrayNode candidates = node.putArray("candidates");
    repair.choice().candidates().forEach(candidate -> candidates.add(candidate(candidate)));
    node.put("goal", repair.goal().label()).put("strength", repair.strength());
    node.set("goals", goals(repair));
    ObjectNode fittedOn = node.putObject("fitted_on").put("split", repair.fittedOn().split());
    Json.count(fittedOn, "rows", repair.fittedOn().rows());
    ObjectNode diagnoses = node.putObject("diagnosis");
    repair
        .diagnoses()
        .forEach(diagnosis -> diagnoses.set(diagnosis.attribute(), diagnosis(diagnosis)));
    node.set("flips", FlipsJson.of(repair));
    return node;
  }

  private static ObjectNode candidate(Candidate candidate) {
    ObjectNode node = Json.object().put("method", candidate.method()).put("name", candidate.name());
    Json.fraction(node, "worst_group_accuracy", candidate.worstGroupAccuracy());
    Json.fraction(node, "model_bias", candidate.modelBias());
    Json.fraction(node, "average_group_accuracy", candidate.averageGroupAccuracy());
    node.put("chosen", candidate.chosen());
    Json.text(node, "note", Optional.of(candidate.note()).filter(note -> !note.isBlank()));
    return node;
  }

  private static ObjectNode goals(RepairRecord repair) {
    ObjectNode node = Json.object();
    for (Outcome outcome : repair.outcomes()) {
      node.set(outcome.goal().label(), figures(outcome.after()));
    }
    return node;
  }

  private static ObjectNode figures(AuditResult audit) {
    ObjectNode node = Json.object();
    node.set("overall_accuracy", Json.estimate(audit.overallAccuracy()));
    ObjectNode attributes = node.putObject("attributes");
    for (AttributeAudit attribute : audit.attributes()) {
      ObjectNode figures = attributes.putObject(attribute.attribute());
      figures.set("average_group_accuracy", Json.estimate(attribute.averageGroupAccuracy()));
      figures.set("worst_group_accuracy", Json.estimate(attribute.worstGroupAccuracy()));
      figures.set("model_bias", Json.estimate(attribute.modelBias().estimate()));
    }
    return node;
  }

  private static ObjectNode diagnosis(Diagnosis diagnosis) {
    ObjectNode node = Json.object();
    ArrayNode cells = node.putArray("cells");
    diagnosis
        .cells()
        .forEach(
            cell -> {
              ObjectNode entry =
                  cells
                      .addObject()
                      .put("target", cell.target())
                      .put("attribute", cell.attributeValue());
              Json.count(entry, "n", cell.n());
            });
    ArrayNode errors = node.putArray("table_standard_errors_in_nats");
    diagnosis
        .tableErrors()
        .forEach(
            error ->
                Json.fraction(
                    errors.addObject().put("attribute", error.attributeValue()),
                    "standard_error",
                    error.standardError()));
    Json.fraction(
        node, "bias_predictor_balanced_accuracy", diagnosis.balancedAccuracy().orElse(Double.NaN));
    ArrayNode warnings = node.putArray("warnings");
    diagnosis.warnings().forEach(warnings::add);
    return node;
  }
}
