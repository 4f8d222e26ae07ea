package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AttributeMetric;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.OverallMetric;
import org.evenhand.repair.Aim;
import org.evenhand.repair.AttributeChange;
import org.evenhand.repair.Effects;
import org.evenhand.repair.Harm;
import org.evenhand.repair.Measured;
import org.evenhand.repair.PairedChange;
import org.evenhand.repair.PeopleChange;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairJudgement;

/** The record of a repair as JSON, the same shape for every method. */
final class RepairJson {
  private RepairJson() {}

  static ObjectNode of(RepairRecord repair) {
    Proposal proposal = repair.proposal();
    ObjectNode node =
        Json.object()
            .put("method", proposal.variant().code())
            .put("name", proposal.variant().title())
            .put("reason", proposal.why())
            .put("family", proposal.method().code())
            .put("source", proposal.method().source());
    proposal.candidates().ifPresent(candidates -> DetailJson.put(node, candidates));
    DetailJson.put(node, proposal.settings());
    node.set("alternatives", alternatives(repair));
    ObjectNode fittedOn = node.putObject("fitted_on").put("split", repair.fittedOn().split());
    Json.count(fittedOn, "rows", repair.fittedOn().rows());
    DetailJson.put(node, proposal.details());
    ArrayNode warnings = node.putArray("warnings");
    proposal.warnings().forEach(warnings::add);
    repair.images().ifPresent(shown -> node.set("images", images(shown)));
    return node;
  }

  /** Where model and repair look, without the pictures. */
  private static ObjectNode images(ShownImages shown) {
    ObjectNode node =
        Json.object().put("repair_is", shown.added() ? "what is added" : "the repaired model");
    node.set("model", look(shown.model()));
    node.set("repair", look(shown.repair()));
    ArrayNode each = node.putArray("each");
    for (ShownImages.Image image : shown.images()) {
      ObjectNode one = each.addObject().put("name", image.name()).put("group", image.group());
      one.set("model", look(image.model()));
      one.set("repair", look(image.repair()));
    }
    return node;
  }

  private static ObjectNode look(ShownImages.Look look) {
    ObjectNode node = Json.object();
    Json.fraction(node, "most", look.most());
    look.hottest()
        .ifPresent(
            place -> {
              Json.fraction(node, "across", place.across());
              Json.fraction(node, "down", place.down());
            });
    return node;
  }

  /** What unseen rows say of what the repair is for. */
  static ArrayNode findings(RepairRecord repair) {
    ArrayNode nodes = Json.object().arrayNode();
    for (RepairJudgement.AimFinding found : repair.judgement().findings()) {
      nodes
          .addObject()
          .put("aim", found.aim().code())
          .put("finding", found.finding().name().toLowerCase(Locale.ROOT));
    }
    return nodes;
  }

  /** What gets worse. */
  static ArrayNode harms(RepairRecord repair) {
    ArrayNode nodes = Json.object().arrayNode();
    for (Harm harm : repair.measured().effects().harms()) {
      ObjectNode node = nodes.addObject().put("code", harm.code().code()).put("text", harm.text());
      node.set("before", Json.estimate(harm.before()));
      node.set("after", Json.estimate(harm.after()));
    }
    return nodes;
  }

  /** After less before on the same rows: of the first attribute, then of each. */
  static ObjectNode change(RepairRecord repair) {
    Effects effects = repair.measured().effects();
    ObjectNode node = Json.object();
    if (!effects.attributes().isEmpty()) {
      node.setAll(change(effects.attributes().get(0)));
    }
    node.set("overall_accuracy", change(effects.overall()));
    ObjectNode attributes = node.putObject("attributes");
    effects
        .attributes()
        .forEach(attribute -> attributes.set(attribute.attribute(), change(attribute)));
    return node;
  }

  private static ObjectNode change(AttributeChange attribute) {
    ObjectNode node = Json.object();
    attribute.changes().forEach((aim, change) -> node.set(key(aim), change(change)));
    return node;
  }

  private static ObjectNode change(PairedChange change) {
    return Json.estimate(new Estimate.Known(change.value(), change.low(), change.high()));
  }

  private static String key(Aim aim) {
    return switch (aim) {
      case MODEL_BIAS -> AttributeMetric.MODEL_BIAS.key();
      case WORST_GROUP -> AttributeMetric.WORST_GROUP_ACCURACY.key();
      case AVERAGE_GROUP -> AttributeMetric.AVERAGE_GROUP_ACCURACY.key();
      case LARGEST_GAP -> AttributeMetric.LARGEST_GAP.key();
      case COUNTERFACTUAL_BIAS -> "counterfactual_bias";
    };
  }

  /** How decisions about people change. */
  static ArrayNode people(RepairRecord repair) {
    boolean favourable = !repair.before().favourable().isEmpty();
    ArrayNode nodes = Json.object().arrayNode();
    for (PeopleChange change : repair.measured().people()) {
      ObjectNode node =
          nodes.addObject().put("attribute", change.attribute()).put("value", change.value());
      Json.count(node, "n", change.n());
      Json.count(node, "changed", change.changed());
      if (favourable) {
        Json.count(node, "to_favourable", change.toFavourable());
        Json.count(node, "to_unfavourable", change.toUnfavourable());
      }
      Json.count(node, "became_right", change.becameRight());
      Json.count(node, "became_wrong", change.becameWrong());
    }
    return nodes;
  }

  private static ObjectNode alternatives(RepairRecord repair) {
    ObjectNode node = Json.object();
    for (Measured.Alternative alternative : repair.measured().alternatives()) {
      node.set(alternative.label(), figures(alternative.after()));
    }
    return node;
  }

  private static ObjectNode figures(AuditResult audit) {
    ObjectNode node = Json.object();
    for (OverallMetric metric : OverallMetric.values()) {
      node.set(metric.key(), Json.estimate(metric.of(audit)));
    }
    ObjectNode attributes = node.putObject("attributes");
    for (AttributeAudit attribute : audit.attributes()) {
      ObjectNode figures = attributes.putObject(attribute.attribute());
      for (AttributeMetric metric : AttributeMetric.values()) {
        figures.set(metric.key(), Json.estimate(metric.of(attribute)));
      }
    }
    return node;
  }
}
