package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The machine output of {@code explain-decision}. */
final class DecisionsJson {
  private DecisionsJson() {}

  static ObjectNode of(List<ExplainedDecision> explained) {
    ObjectNode root = Json.object().put("command", "explain-decision");
    ArrayNode decisions = root.putArray("decisions");
    for (ExplainedDecision decision : explained) {
      ObjectNode node = decisions.addObject().put("row", decision.row());
      ArrayNode answers = node.putArray("answers");
      for (ExplainedDecision.ClassAnswer answer : decision.answers()) {
        answers
            .addObject()
            .put("class", answer.name())
            .put("original", answer.original())
            .put("subtracted_nats", answer.subtracted())
            .put("corrected", answer.corrected());
      }
      node.put("flipped", decision.flipped());
    }
    return root;
  }
}
