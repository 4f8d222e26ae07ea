package org.evenhand.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The machine output of {@code explain}. */
final class ExplanationJson {
  private ExplanationJson() {}

  static ObjectNode of(ExplanationRecord explanation) {
    ObjectNode node =
        Json.object()
            .put("command", "explain")
            .put("attribute", explanation.attribute())
            .put("bias_function", explanation.biasFunction())
            .put("bias", explanation.bias())
            .put("training_rows", explanation.rows())
            .put("training_rows_are", explanation.rowsFrom())
            .put("ridge", explanation.hessian().ridge())
            .put("condition_number", explanation.hessian().conditionNumber());
    Json.fraction(node, "aligned_share", explanation.alignedShare());
    Json.fraction(node, "aligned_share_of_harmful", explanation.harmful().alignedShare());
    Json.fraction(node, "aligned_share_of_helpful", explanation.helpful().alignedShare());
    Json.fraction(node, "stability", explanation.stability());
    node.put("harmful_rows", explanation.harmful().rows().size())
        .put("helpful_rows", explanation.helpful().rows().size());
    groups(node.putArray("groups"), explanation);
    if (explanation.showsRows()) {
      rows(node.putArray("harmful"), explanation.harmful());
      rows(node.putArray("helpful"), explanation.helpful());
    }
    return node.put("caution", ExplanationRecord.LABEL_NOISE);
  }

  private static void groups(ArrayNode nodes, ExplanationRecord explanation) {
    for (ExplanationRecord.Group group : explanation.groups()) {
      nodes
          .addObject()
          .put("target", group.target())
          .put("attribute", group.attributeValue())
          .put("aligned", group.aligned())
          .put("n", group.rows())
          .put("mean_influence", group.influence())
          .put("harmful_rows", group.harmful())
          .put("helpful_rows", group.helpful());
    }
  }

  private static void rows(ArrayNode nodes, ExplanationRecord.Ranking ranking) {
    for (ExplanationRecord.Row row : ranking.rows()) {
      ObjectNode node =
          nodes
              .addObject()
              .put("row", row.number())
              .put("influence", row.influence())
              .put("target", row.target())
              .put("attribute", row.attributeValue())
              .put("aligned", row.aligned());
      ObjectNode cells = node.putObject("columns");
      row.columns().forEach(cells::put);
    }
  }
}
