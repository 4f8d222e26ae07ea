package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.evenhand.audit.AuditTables;
import org.evenhand.audit.ImpactTable;
import org.evenhand.audit.TopShares;
import org.evenhand.audit.WithinGaps;

/** Tables that were asked for, as JSON; there is no key for one that was not. */
final class TablesJson {
  private TablesJson() {}

  static void add(ObjectNode node, AuditTables tables) {
    if (!tables.impact().isEmpty()) {
      ArrayNode all = node.putArray("impact_tables");
      tables.impact().forEach(table -> all.add(impact(table)));
    }
    if (!tables.top().isEmpty()) {
      ArrayNode all = node.putArray("top_shares");
      tables.top().forEach(top -> all.add(top(top)));
    }
    if (!tables.within().isEmpty()) {
      ArrayNode all = node.putArray("within");
      tables.within().forEach(gaps -> all.add(within(gaps)));
    }
  }

  private static ObjectNode impact(ImpactTable table) {
    ObjectNode node =
        Json.object()
            .put("attribute", table.attribute())
            .put("rate", table.scoring() ? "scoring" : "selection")
            .put("exclude_below", table.excludeBelow());
    Json.count(node, "unknown", table.unknown());
    ArrayNode categories = node.putArray("categories");
    for (ImpactTable.Category category : table.categories()) {
      ObjectNode one = categories.addObject().put("value", category.value());
      Json.count(one, "n", category.n());
      one.put("share", category.share());
      one.set("rate", Json.estimate(category.rate()));
      one.set("impact_ratio", Json.estimate(category.impactRatio()));
      one.put("excluded", category.excluded());
    }
    return node;
  }

  private static ObjectNode top(TopShares top) {
    ObjectNode node =
        Json.object().put("attribute", top.attribute()).put("reference", top.reference());
    ArrayNode cuts = node.putArray("cuts");
    for (TopShares.Cut cut : top.cuts()) {
      ArrayNode values = cuts.addObject().put("share", cut.share()).putArray("values");
      for (TopShares.Value value : cut.values()) {
        ObjectNode one = values.addObject().put("value", value.value());
        Json.count(one, "n", value.n());
        one.set("selection_rate", Json.estimate(value.selectionRate()));
        one.set("impact_ratio", Json.estimate(value.impactRatio()));
      }
    }
    return node;
  }

  private static ObjectNode within(WithinGaps gaps) {
    ObjectNode node =
        Json.object()
            .put("attribute", gaps.attribute())
            .put("column", gaps.control())
            .put("reference", gaps.reference());
    ArrayNode values = node.putArray("values");
    for (WithinGaps.Gap gap : gaps.gaps()) {
      ObjectNode one = values.addObject().put("value", gap.value());
      one.set("gap", Json.estimate(gap.gap()));
      one.put("levels", gap.levels()).put("covered", gap.covered());
    }
    return node;
  }
}
