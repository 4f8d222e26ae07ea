package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import java.util.List;
import java.util.OptionalDouble;
import org.evenhand.core.BiasRule;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Removal;

/**
 * Adds the removal of a bias rule to a graph. It computes with 64-bit numbers, as {@link Removal}
 * does, so that both decide alike.
 *
 * @param graph what it is added to
 * @param columns where the patch finds its columns
 */
record RemovalEmitter(GraphBuilder graph, ColumnSource columns) {
  /** Adds {@code strength · (rule − kept)}, {@code double [N,K]}, in nats. */
  String correction(Removal removal) {
    String kept =
        graph.cast(
            graph.constant("removal/kept", removal.kept(), removal.kept().length),
            ElementType.DOUBLE);
    String excess = graph.node("Sub", "removal/excess", List.of(logRule(removal.rule()), kept));
    return graph.node(
        "Mul",
        "removal/correction",
        List.of(excess, graph.constant("removal/strength", removal.strength())));
  }

  private String logRule(BiasRule rule) {
    String logits =
        new NetworkEmitter(graph, columns, ElementType.DOUBLE).logits(network(rule.patch()));
    if (rule instanceof BiasRule.Tabulated tabulated) {
      return tabulated(tabulated, logits);
    }
    String logs =
        graph.node("LogSoftmax", "patch/log_probabilities", List.of(logits), attribute("axis", 1));
    return graph.atLeast(Math.log(BiasRule.Distilled.FLOOR), logs);
  }

  private String tabulated(BiasRule.Tabulated rule, String logits) {
    String predicted =
        graph.node("Softmax", "patch/probabilities", List.of(logits), attribute("axis", 1));
    String table =
        graph.constant("removal/table", rule.table(), rule.patch().outputs(), rule.classes());
    return graph.node(
        "MatMul", "removal/rule", List.of(predicted, graph.cast(table, ElementType.DOUBLE)));
  }

  static PatchNetwork network(Patch patch) {
    if (patch instanceof PatchNetwork network) {
      return network;
    }
    throw new OnnxException(
        "Only a PatchNetwork can be exported, but the patch is a %s."
            .formatted(patch.getClass().getSimpleName()));
  }

  /** Adds the removal itself: normalised corrected log-probabilities, {@code double [N,K]}. */
  String corrected(String logProbabilities, String correction) {
    String shifted = graph.node("Sub", "removal/shifted", List.of(logProbabilities, correction));
    return graph.node(
        "LogSoftmax", "removal/log_probabilities", List.of(shifted), attribute("axis", 1));
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
