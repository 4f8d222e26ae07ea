package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.ExpectedGroups;
import org.evenhand.audit.VerdictPlan;

/** The machine output of a plan. */
final class PlanJson {
  private PlanJson() {}

  static ObjectNode of(List<VerdictPlan> plans) {
    ObjectNode root = Json.object().put("command", "plan");
    ObjectNode attributes = root.putObject("attributes");
    plans.forEach(plan -> attributes.set(plan.groups().attribute(), attribute(plan)));
    root.set("settings", AuditJson.settings(plans.get(0).settings()));
    return root;
  }

  private static ObjectNode attribute(VerdictPlan plan) {
    ExpectedGroups groups = plan.groups();
    ObjectNode node =
        Json.object()
            .put("accuracy", plan.accuracy())
            .put("gap", plan.gap())
            .put("power", VerdictPlan.POWER);
    node.set("bottleneck", group(groups, groups.rarest()));
    ArrayNode expected = node.putArray("groups");
    for (int group = 0; group < groups.size(); group++) {
      expected.add(group(groups, group).put("share", groups.shares().get(group)));
    }
    ArrayNode proofs = node.putArray("proofs");
    plan.proofs().forEach(proof -> proofs.add(proof(proof, groups)));
    return node;
  }

  private static ObjectNode proof(VerdictPlan.Proof proof, ExpectedGroups groups) {
    ObjectNode node = Json.object().put("verdict", proof.verdict().name());
    proof
        .worse()
        .ifPresentOrElse(
            worse -> node.set("less_accurate", group(groups, worse)),
            () -> node.putNull("less_accurate"));
    count(node, "rows", proof.total());
    ArrayNode cells = node.putArray("groups");
    for (int group = 0; group < groups.size(); group++) {
      int of = group;
      ObjectNode cell = group(groups, group);
      count(cell, "n", proof.rows().map(rows -> rows.get(of)));
      cells.add(cell);
    }
    ObjectNode evenly = node.putObject("evenly");
    count(evenly, "rows", proof.totalEvenly(groups.size()));
    count(evenly, "n", proof.evenly());
    return node;
  }

  private static void count(ObjectNode node, String key, Optional<Double> rows) {
    Json.count(node, key, rows.orElse(Double.NaN));
  }

  private static ObjectNode group(ExpectedGroups groups, int group) {
    return Json.object()
        .put("target", groups.classOf(group))
        .put("attribute", groups.valueOf(group));
  }
}
