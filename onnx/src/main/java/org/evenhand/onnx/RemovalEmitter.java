package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import java.util.List;
import java.util.OptionalDouble;
import org.evenhand.core.BiasRule;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Patch;
import org.evenhand.core.Removal;

/**
 * Adds the removal of a bias rule to a graph. It computes with 64-bit numbers, as {@link Removal}
 * does, so that both decide alike; patches of images compute with 32-bit ones up to their logits.
 *
 * @param graph what it is added to
 * @param columns where the patch finds its columns
 */
record RemovalEmitter(GraphBuilder graph, ColumnSource columns) {
  /** Adds {@code strength · (rule − kept)}, {@code double [N,K]}, in nats. */
  String correction(Removal removal) {
    String kept = vector("removal/kept", removal.kept());
    String excess = graph.node("Sub", "removal/excess", List.of(logRule(removal.rule()), kept));
    return graph.node(
        "Mul",
        "removal/correction",
        List.of(excess, graph.constant("removal/strength", removal.strength())));
  }

  private String logRule(BiasRule rule) {
    if (rule instanceof BiasRule.Sum sum) {
      return sum(sum);
    } else if (rule instanceof BiasRule.Tabulated tabulated) {
      return times(probabilities(tabulated.patch()), tabulated.table(), tabulated.classes());
    } else if (rule instanceof BiasRule.LogLinear linear) {
      return linear(linear);
    }
    return logProbabilities(((BiasRule.Distilled) rule).patch(), BiasRule.Distilled.FLOOR);
  }

  private String sum(BiasRule.Sum rule) {
    String sum = logRule(rule.rules().get(0));
    for (BiasRule next : rule.rules().subList(1, rule.rules().size())) {
      sum = graph.node("Add", "removal/rules", List.of(sum, logRule(next)));
    }
    return graph.node(
        "Sub", "removal/counted_once", List.of(sum, vector("removal/twice", rule.countedTwice())));
  }

  private String linear(BiasRule.LogLinear rule) {
    String logs = logProbabilities(rule.patch(), BiasRule.LogLinear.FLOOR);
    return graph.node(
        "Add",
        "removal/rule",
        List.of(
            times(logs, rule.weights(), rule.classes()),
            vector("removal/intercept", rule.intercept())));
  }

  private String logits(Patch patch) {
    return new PatchEmitter(graph, columns, ElementType.DOUBLE).logits(patch);
  }

  private String logProbabilities(Patch patch, double floor) {
    String logs =
        graph.node(
            "LogSoftmax", "patch/log_probabilities", List.of(logits(patch)), attribute("axis", 1));
    return graph.atLeast(Math.log(floor), logs);
  }

  private String probabilities(Patch patch) {
    return graph.node(
        "Softmax", "patch/probabilities", List.of(logits(patch)), attribute("axis", 1));
  }

  private String times(String matrix, float[] table, int classes) {
    String right = graph.constant("removal/table", table, table.length / classes, classes);
    return graph.node(
        "MatMul", "removal/rule", List.of(matrix, graph.cast(right, ElementType.DOUBLE)));
  }

  private String vector(String name, float[] values) {
    return graph.cast(graph.constant(name, values, values.length), ElementType.DOUBLE);
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
