package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import java.util.List;
import java.util.OptionalDouble;
import org.evenhand.core.DecisionRule;

/**
 * Adds corrected answers and the decisions made from them to a graph.
 *
 * @param graph what is added to
 */
record DecisionEmitter(GraphBuilder graph) {
  /** Adds normalised corrected log-probabilities, {@code double [N,K]}. */
  String corrected(String logProbabilities, String shift) {
    String shifted = graph.node("Add", "correction/shifted", List.of(logProbabilities, shift));
    return graph.node(
        "LogSoftmax", "correction/log_probabilities", List.of(shifted), attribute("axis", 1));
  }

  /** Adds the decision, {@code int64 [N]}. */
  String decision(DecisionRule rule, String logProbabilities) {
    OptionalDouble threshold = rule.threshold();
    if (threshold.isEmpty()) {
      // ONNX Runtime has no 64-bit ArgMax for old operator sets.
      return graph.node(
          "ArgMax",
          "decision/class",
          List.of(graph.cast(logProbabilities, ElementType.FLOAT)),
          attribute("axis", 1),
          attribute("keepdims", 0));
    }
    String second = graph.reshape(graph.columns(logProbabilities, 1), -1);
    String limit = graph.constant("decision/threshold", Math.log(threshold.getAsDouble()));
    String below = graph.node("Less", "decision/below", List.of(second, limit));
    String reached = graph.node("Not", "decision/reached", List.of(below));
    return graph.cast(reached, ElementType.INT64);
  }
}
