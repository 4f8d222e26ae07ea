package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.ModelBias;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.core.Provenance;

/** An audit as JSON; its keys are a contract with the users' programs. */
final class AuditJson {
  private AuditJson() {}

  static ObjectNode of(AuditResult audit, Optional<Provenance.Artefact> model) {
    ObjectNode node = Json.object().put("command", "audit");
    Json.count(node, "rows", audit.rows());
    model.ifPresentOrElse(
        artefact ->
            node.putObject("model").put("path", artefact.path()).put("sha256", artefact.sha256()),
        () -> node.putNull("model"));
    ArrayNode classes = node.putArray("classes");
    audit.classes().names().forEach(classes::add);
    Json.text(node, "favourable", Optional.of(audit.favourable()).filter(name -> !name.isEmpty()));
    node.set("overall_accuracy", Json.estimate(audit.overallAccuracy()));
    ObjectNode attributes = node.putObject("attributes");
    for (AttributeAudit attribute : audit.attributes()) {
      attributes.set(attribute.attribute(), attribute(attribute, audit.scoreBinWidth()));
    }
    if (!audit.ranking().isEmpty()) {
      ArrayNode ranking = node.putArray("counterfactual_ranking");
      audit
          .ranking()
          .forEach(
              bias ->
                  ranking
                      .addObject()
                      .put("column", bias.attribute())
                      .setAll(counterfactualBias(bias)));
    }
    node.set("settings", settings(audit.settings()));
    return node;
  }

  private static ObjectNode attribute(AttributeAudit audit, double scoreBinWidth) {
    ObjectNode node = Json.object();
    node.set("average_group_accuracy", Json.estimate(audit.averageGroupAccuracy()));
    node.set("worst_group_accuracy", Json.estimate(audit.worstGroupAccuracy()));
    node.set("model_bias", modelBias(audit.modelBias()));
    node.put("verdict", audit.verdict().name());
    node.put("explanation", audit.explanation());
    node.put("reference", audit.reference());
    Json.count(node, "known", audit.coverage().known());
    Json.count(node, "unknown", audit.coverage().unknown());
    node.put("by_probability", audit.coverage().byProbability());
    ArrayNode groups = node.putArray("groups");
    audit.groups().forEach(group -> groups.add(group(group)));
    ArrayNode values = node.putArray("values");
    audit.values().forEach(value -> values.add(value(value, scoreBinWidth)));
    audit
        .counterfactualBias()
        .ifPresent(bias -> node.set("counterfactual_bias", counterfactualBias(bias)));
    return node;
  }

  private static ObjectNode counterfactualBias(CounterfactualBias bias) {
    ObjectNode node = Json.estimate(bias.bias());
    node.put("verdict", bias.verdict().name())
        .put("explanation", bias.explanation())
        .put("delta", bias.delta())
        .put("relation", bias.relation().name());
    Json.count(node, "pairs", bias.pairs());
    bias.groupGap().ifPresent(gap -> node.set("group_gap", Json.estimate(gap)));
    node.set("flipped_decisions", Json.estimate(bias.flippedDecisions()));
    Json.text(node, "class", Optional.of(bias.about()).filter(name -> !name.isEmpty()));
    ArrayNode directions = node.putArray("directions");
    for (CounterfactualBias.Direction direction : bias.directions()) {
      ObjectNode way =
          directions.addObject().put("from", direction.from()).put("to", direction.to());
      Json.count(way, "n", direction.n());
      way.set("change", Json.estimate(direction.change()));
      way.set("flipped_decisions", Json.estimate(direction.flippedDecisions()));
    }
    return node;
  }

  private static ObjectNode modelBias(ModelBias bias) {
    ObjectNode node = Json.estimate(bias.estimate());
    Json.fraction(node, "noise_floor", bias.noiseFloorMean());
    Json.fraction(node, "noise_floor_p95", bias.noiseFloorHigh());
    Json.fraction(node, "p_value", bias.pValue());
    Json.fraction(node, "adjusted_p_value", bias.adjustedPValue());
    return node;
  }

  private static ObjectNode group(GroupAccuracy group) {
    ObjectNode node =
        Json.object().put("target", group.target()).put("attribute", group.attributeValue());
    Json.count(node, "n", group.n());
    Json.count(node, "correct", group.correct());
    node.set("accuracy", Json.estimate(group.accuracy()));
    return node;
  }

  private static ObjectNode value(ValueMetrics metrics, double scoreBinWidth) {
    ObjectNode node = Json.object().put("value", metrics.value());
    Json.count(node, "n", metrics.n());
    node.set("selection_rate", Json.estimate(metrics.selectionRate()));
    node.set("true_positive_rate", Json.estimate(metrics.truePositiveRate()));
    node.set("false_positive_rate", Json.estimate(metrics.falsePositiveRate()));
    node.set("positive_predictive_value", Json.estimate(metrics.positivePredictiveValue()));
    node.set("impact_ratio", Json.estimate(metrics.impactRatio()));
    node.put("below_four_fifths", metrics.belowFourFifths());
    node.set("statistical_parity_difference", Json.estimate(metrics.statisticalParityDifference()));
    node.set("equal_opportunity_difference", Json.estimate(metrics.equalOpportunityDifference()));
    node.set("average_odds_difference", Json.estimate(metrics.averageOddsDifference()));
    node.set("predictive_parity_difference", Json.estimate(metrics.predictiveParityDifference()));
    node.set("calibration_error", ofScores(metrics.calibrationError(), scoreBinWidth));
    node.set("auc", ofScores(metrics.auc(), scoreBinWidth));
    return node;
  }

  private static ObjectNode ofScores(Estimate estimate, double scoreBinWidth) {
    ObjectNode node = Json.estimate(estimate);
    if (scoreBinWidth > 0) {
      node.put("binned", true).put("bin_width", scoreBinWidth);
    }
    return node;
  }

  private static ObjectNode settings(AuditSettings settings) {
    return Json.object()
        .put("tolerance", settings.tolerance())
        .put("min_group_size", settings.minGroupSize())
        .put("confidence", settings.confidence())
        .put("draws", settings.draws())
        .put("seed", settings.seed())
        .put("decision_rule", settings.decisionRule().toString());
  }
}
