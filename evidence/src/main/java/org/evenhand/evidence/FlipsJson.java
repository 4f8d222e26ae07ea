package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.evenhand.evidence.RepairRecord.Flips;

/** The decisions that a repair changed as JSON. */
final class FlipsJson {
  private FlipsJson() {}

  static ArrayNode of(ModelChange change) {
    boolean favourableKnown = !change.before().favourable().isEmpty();
    ArrayNode nodes = Json.object().arrayNode();
    for (Flips flips : change.flips()) {
      ObjectNode node =
          nodes.addObject().put("attribute", flips.attribute()).put("value", flips.value());
      Json.count(node, "n", flips.n());
      Json.count(node, "changed", flips.changed());
      if (favourableKnown) {
        Json.count(node, "to_favourable", flips.toFavourable());
        Json.count(node, "to_unfavourable", flips.toUnfavourable());
      }
    }
    return nodes;
  }
}
