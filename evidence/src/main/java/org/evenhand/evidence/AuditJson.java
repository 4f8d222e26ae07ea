package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditScope;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.CounterfactualBias;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.FourFifths;
import org.evenhand.audit.GroupAccuracy;
import org.evenhand.audit.GroupMetric;
import org.evenhand.audit.Insufficiency;
import org.evenhand.audit.LargestGap;
import org.evenhand.audit.ModelBias;
import org.evenhand.audit.OverallMetric;
import org.evenhand.audit.PairsMetric;
import org.evenhand.audit.ScoreBins;
import org.evenhand.audit.ValueMetric;
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
    if (!audit.favourable().isEmpty()) {
      node.put("favourable_assumed", audit.favourableAssumed());
    }
    scope(node, audit.scope());
    for (OverallMetric metric : OverallMetric.values()) {
      node.set(metric.key(), Json.estimate(metric.of(audit)));
    }
    ObjectNode attributes = node.putObject("attributes");
    for (AttributeAudit attribute : audit.attributes()) {
      attributes.set(
          attribute.attribute(),
          attribute(attribute, audit.scoreBins(), audit.settings().minGroupSize()));
    }
    TablesJson.add(node, audit.tables());
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

  private static void scope(ObjectNode node, AuditScope scope) {
    node.put("outcomes", scope.outcomes());
    scope
        .rows()
        .ifPresent(
            used ->
                node.putObject("rows_used")
                    .put("split", used.split().isEmpty() ? "all" : used.split())
                    .put("rows", used.rows())
                    .put("of", used.of())
                    .put("with_training", used.withTraining()));
    scope
        .scores()
        .ifPresent(
            scores ->
                node.putObject("scores")
                    .put("column", scores.column())
                    .put("class", scores.about())
                    .put("scale", scores.scale())
                    .put("threshold", scores.threshold().orElse(null)));
    ArrayNode notes = node.putArray("notes");
    scope.notes().forEach(notes::add);
  }

  private static ObjectNode attribute(AttributeAudit audit, ScoreBins scoreBins, int minGroupSize) {
    ObjectNode node = Json.object();
    for (AttributeMetric metric : AttributeMetric.values()) {
      ObjectNode figure = Json.estimate(metric.of(audit));
      if (metric == AttributeMetric.MODEL_BIAS) {
        addChance(figure, audit.modelBias());
      }
      if (metric == AttributeMetric.LARGEST_GAP) {
        audit.largestGap().between().ifPresent(between -> addPlace(figure, between));
      }
      node.set(metric.key(), figure);
    }
    node.put("verdict", audit.verdict().name());
    Json.text(node, "verdict_reason", audit.judgement().insufficiency().map(Insufficiency::code));
    Json.fraction(node, "verdict_p_value", audit.judgement().pValue());
    Json.fraction(node, "verdict_adjusted_p_value", audit.judgement().adjustedPValue());
    node.put("explanation", audit.explanation());
    node.set("four_fifths", fourFifths(audit.fourFifths()));
    node.put("reference", audit.reference());
    Json.count(node, "known", audit.coverage().known());
    Json.count(node, "unknown", audit.coverage().unknown());
    node.put("by_probability", audit.coverage().byProbability());
    ArrayNode groups = node.putArray("groups");
    audit.groups().forEach(group -> groups.add(group(group)));
    ArrayNode notJudged = node.putArray("not_judged");
    for (GroupAccuracy group : audit.notJudged()) {
      ObjectNode cell =
          notJudged
              .addObject()
              .put("target", group.target())
              .put("attribute", group.attributeValue());
      Json.count(cell, "n", group.n());
      cell.put("needed", minGroupSize);
    }
    ArrayNode elsewhere = node.putArray("values_elsewhere");
    audit.coverage().elsewhere().forEach(elsewhere::add);
    ArrayNode values = node.putArray("values");
    audit.values().forEach(value -> values.add(value(value, scoreBins)));
    audit
        .counterfactualBias()
        .ifPresent(
            bias -> node.set(PairsMetric.COUNTERFACTUAL_BIAS.key(), counterfactualBias(bias)));
    return node;
  }

  private static ObjectNode counterfactualBias(CounterfactualBias bias) {
    ObjectNode node = Json.estimate(bias.bias());
    node.put("verdict", bias.verdict().name())
        .put("explanation", bias.explanation())
        .put("delta", bias.delta())
        .put("relation", bias.relation().name());
    Json.count(node, "pairs", bias.pairs());
    for (PairsMetric metric : List.of(PairsMetric.GROUP_GAP, PairsMetric.FLIPPED_DECISIONS)) {
      metric.of(bias).ifPresent(figure -> node.set(metric.key(), Json.estimate(figure)));
    }
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

  private static void addChance(ObjectNode node, ModelBias bias) {
    Json.fraction(node, "noise_floor", bias.noiseFloorMean());
    Json.fraction(node, "noise_floor_p95", bias.noiseFloorHigh());
    Json.fraction(node, "p_value", bias.pValue());
    Json.fraction(node, "adjusted_p_value", bias.adjustedPValue());
  }

  private static void addPlace(ObjectNode node, LargestGap.Between between) {
    node.put("target", between.target());
    node.putArray("values").add(between.higher()).add(between.lower());
  }

  private static ObjectNode fourFifths(FourFifths check) {
    ObjectNode node = Json.object();
    node.set("ratio", Json.estimate(check.ratio()));
    Json.text(node, "state", check.state().map(FourFifths.State::code));
    Json.text(node, "lowest", check.lowest());
    Json.text(node, "highest", check.highest());
    return node;
  }

  private static ObjectNode group(GroupAccuracy group) {
    ObjectNode node =
        Json.object().put("target", group.target()).put("attribute", group.attributeValue());
    Json.count(node, "n", group.n());
    Json.count(node, "correct", group.correct());
    for (GroupMetric metric : GroupMetric.values()) {
      node.set(metric.key(), Json.estimate(metric.of(group)));
    }
    return node;
  }

  private static ObjectNode value(ValueMetrics metrics, ScoreBins scoreBins) {
    ObjectNode node = Json.object().put("value", metrics.value());
    Json.count(node, "n", metrics.n());
    for (ValueMetric metric : ValueMetric.values()) {
      ObjectNode figure = Json.estimate(metric.of(metrics));
      if (metric.basis() == ValueMetric.Basis.SCORES && scoreBins.width() > 0) {
        figure.put("binned", true).put("bin_width", scoreBins.width());
        if (metric == ValueMetric.AUC) {
          figure.put("error_at_most", scoreBins.aucError());
        }
      }
      node.set(metric.key(), figure);
      if (metric == ValueMetric.IMPACT_RATIO) {
        node.put(
            "below_four_fifths",
            metric.of(metrics) instanceof Estimate.Known ratio
                ? ratio.value() < FourFifths.FOUR_FIFTHS
                : null);
      }
    }
    return node;
  }

  static ObjectNode settings(AuditSettings settings) {
    ObjectNode node =
        Json.object()
            .put("tolerance", settings.tolerance())
            .put("gap_tolerance", settings.gapTolerance())
            .put("min_group_size", settings.minGroupSize())
            .put("confidence", settings.confidence())
            .put("draws", settings.draws())
            .put("seed", settings.seed())
            .put("decision_rule", settings.decisionRule().toString());
    Json.text(
        node, "weights", settings.weights().map(kind -> kind.name().toLowerCase(Locale.ROOT)));
    return node;
  }
}
