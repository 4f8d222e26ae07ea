package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.PairsMetric;
import org.evenhand.repair.Contender;
import org.evenhand.repair.Method;
import org.evenhand.repair.MethodComparison;
import org.evenhand.repair.SearchedForm;

/** A comparison of methods as JSON. */
final class MethodsJson {
  private MethodsJson() {}

  static ObjectNode of(MethodsRecord record) {
    ObjectNode root = Json.object().put("format", EvidenceJson.FORMAT).put("command", "compare");
    ArrayNode models = root.putArray("models");
    record.models().forEach(model -> models.add(of(model)));
    root.set("provenance", EvidenceJson.provenance(record.commandLine(), record.provenance()));
    return root;
  }

  private static ObjectNode of(MethodsRecord.OfModel model) {
    MethodComparison comparison = model.comparison();
    ObjectNode node =
        Json.object()
            .put("model", model.model().path())
            .put("sha256", model.model().sha256())
            .put("measured_on", comparison.measuredOn())
            .put("recommended", comparison.recommended().map(Method::code).orElse(null))
            .put("reason", comparison.why());
    ObjectNode limits =
        node.putObject("limits")
            .put("aim", comparison.limits().aim().code())
            .put("max_accuracy_loss", comparison.limits().maxAccuracyLoss())
            .put("access", comparison.limits().access().code());
    comparison.limits().minImpactRatio().ifPresent(ratio -> limits.put("min_impact_ratio", ratio));
    comparison
        .limits()
        .timeBudget()
        .ifPresent(time -> limits.put("time_budget_seconds", time.toMillis() / 1e3));
    node.set("deployed", figures(comparison.deployed(), comparison));
    ArrayNode methods = node.putArray("methods");
    for (Contender contender : comparison.contenders()) {
      methods.add(of(contender, comparison));
    }
    ArrayNode inapplicable = node.putArray("inapplicable");
    comparison
        .inapplicable()
        .forEach(
            (method, reason) ->
                inapplicable.addObject().put("method", method.code()).put("reason", reason));
    ArrayNode searched = node.putArray("frontier");
    comparison.searched().stream()
        .filter(SearchedForm::onFrontier)
        .forEach(form -> searched.add(of(form)));
    DetailJson.put(node, comparison.details());
    return node;
  }

  private static ObjectNode of(Contender contender, MethodComparison comparison) {
    Method method = contender.method();
    ObjectNode node =
        Json.object()
            .put("method", method.code())
            .put("form", contender.form())
            .put("source", method.source())
            .put("access", method.access().code())
            .put("chance_as_published", method.chance())
            .put("within_limits", comparison.mayBeChosen(contender))
            .put("dominated", comparison.isDominated(contender))
            .put("fit_seconds", contender.fitSeconds())
            .put("serving_microseconds_per_row", contender.servingMicroseconds());
    ArrayNode findings = node.putArray("findings");
    contender
        .judgement()
        .findings()
        .forEach(
            found ->
                findings
                    .addObject()
                    .put("aim", found.aim().code())
                    .put("finding", found.finding().name().toLowerCase(Locale.ROOT)));
    ArrayNode harms = node.putArray("harms");
    contender
        .measured()
        .effects()
        .harms()
        .forEach(
            harm -> harms.addObject().put("code", harm.code().code()).put("text", harm.text()));
    node.set("figures", figures(contender.measured().after(), comparison));
    return node;
  }

  private static ObjectNode figures(AuditResult audit, MethodComparison comparison) {
    ObjectNode node = Json.object();
    node.set("overall_accuracy", Json.estimate(audit.overallAccuracy()));
    ObjectNode attributes = node.putObject("attributes");
    for (String name : comparison.attributes()) {
      AttributeAudit attribute = audit.attribute(name);
      ObjectNode figures = attributes.putObject(name);
      figures.set("model_bias", Json.estimate(attribute.modelBias().estimate()));
      attribute
          .counterfactualBias()
          .ifPresent(
              bias ->
                  figures.set(PairsMetric.COUNTERFACTUAL_BIAS.key(), Json.estimate(bias.judged())));
      figures.set("average_group_accuracy", Json.estimate(attribute.averageGroupAccuracy()));
      figures.set("worst_group_accuracy", Json.estimate(attribute.worstGroupAccuracy()));
      figures.put("verdict", attribute.verdict().name());
    }
    return node;
  }

  private static ObjectNode of(SearchedForm form) {
    ObjectNode node =
        Json.object()
            .put("method", form.method().code())
            .put("form", form.form())
            .put("model_bias", form.modelBias());
    if (!Double.isNaN(form.counterfactualBias())) {
      node.put(PairsMetric.COUNTERFACTUAL_BIAS.key(), form.counterfactualBias());
    }
    return node.put("overall_accuracy", form.overall())
        .put("average_group_accuracy", form.average())
        .put("worst_group_accuracy", form.worst())
        .put("within_limits", form.withinLimits());
  }
}
