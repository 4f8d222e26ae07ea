package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.evenhand.evidence.UnlearningRecord.Candidate;
import org.evenhand.evidence.UnlearningRecord.Edit;
import org.evenhand.evidence.UnlearningRecord.Rows;

/** The record of an edited head as JSON. */
final class UnlearningJson {
  private UnlearningJson() {}

  static ObjectNode of(UnlearningRecord unlearning) {
    UnlearningRecord.Choice choice = unlearning.choice();
    ObjectNode node =
        Json.object()
            .put("method", choice.update())
            .put("name", choice.title())
            .put("settings", choice.settings());
    Json.fraction(node, "bias_before", choice.biasBefore());
    Json.fraction(node, "accuracy_before", choice.accuracyBefore());
    ArrayNode candidates = node.putArray("candidates");
    choice.candidates().forEach(candidate -> candidates.add(candidate(candidate)));
    node.set("rows", rows(unlearning.rows()));
    node.set("edit", edit(unlearning.edit()));
    node.set("flips", FlipsJson.of(unlearning));
    return node;
  }

  private static ObjectNode candidate(Candidate candidate) {
    ObjectNode node =
        Json.object()
            .put("method", candidate.update())
            .put("name", candidate.title())
            .put("settings", candidate.settings());
    Json.fraction(node, "bias", candidate.bias());
    Json.fraction(node, "accuracy", candidate.accuracy());
    return node.put("chosen", candidate.chosen());
  }

  private static ObjectNode rows(Rows rows) {
    ObjectNode node = Json.object().put("hessian_from", rows.hessianFrom());
    Json.count(node, "hessian_rows", rows.hessianRows());
    Json.count(node, "pairs", rows.pairs());
    Json.count(node, "check_rows", rows.checkRows());
    return node;
  }

  private static ObjectNode edit(Edit edit) {
    ObjectNode node = Json.object().put("layer", edit.layer());
    ArrayNode tensors = node.putArray("tensors");
    edit.tensors().forEach(tensors::add);
    node.put("parameters", edit.parameters());
    Json.fraction(node, "change", edit.change());
    Json.fraction(node, "relative_change", edit.relativeChange());
    Json.fraction(node, "predicted_bias_change", edit.predictedBiasChange());
    Json.fraction(node, "ridge", edit.ridge());
    Json.fraction(node, "condition_number", edit.conditionNumber());
    Json.fraction(node, "gradient_residual", edit.gradientResidual());
    Json.fraction(node, "training_gradient", edit.trainingGradient());
    return node;
  }
}
