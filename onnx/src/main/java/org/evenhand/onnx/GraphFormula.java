package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import java.util.List;
import org.evenhand.core.Formula;
import org.evenhand.core.Patch;

/**
 * Emits formulas as nodes of a graph. They compute with 64-bit numbers, as the library does, so
 * that both decide alike; patches of images compute with 32-bit ones up to their logits.
 *
 * @param graph what the nodes are added to
 * @param columns where patches find their columns
 * @param answers log-probabilities of the deployed model, {@code double [N,K]}
 */
record GraphFormula(GraphBuilder graph, ColumnSource columns, String answers)
    implements Formula<String> {
  /** Stands for answers where a graph holds a correction without its model. */
  static final String NO_ANSWERS = "";

  @Override
  public String answers() {
    if (answers.equals(NO_ANSWERS)) {
      throw new OnnxException(
          "The correction reads the model's answers, so it cannot be written without the model.");
    }
    return answers;
  }

  @Override
  public String probabilities(Patch patch) {
    return graph.node(
        "Softmax", "patch/probabilities", List.of(logits(patch)), attribute("axis", 1));
  }

  @Override
  public String logProbabilities(Patch patch, double floor) {
    String logs =
        graph.node(
            "LogSoftmax", "patch/log_probabilities", List.of(logits(patch)), attribute("axis", 1));
    return graph.atLeast(Math.log(floor), logs);
  }

  private String logits(Patch patch) {
    return new PatchEmitter(graph, columns, ElementType.DOUBLE).logits(patch);
  }

  @Override
  public String everywhere(float[] values) {
    String row = graph.constant("correction/row", values, 1, values.length);
    return graph.cast(row, ElementType.DOUBLE);
  }

  @Override
  public String plus(String left, String right) {
    return graph.node("Add", "correction/sum", List.of(left, right));
  }

  @Override
  public String minus(String left, String right) {
    return graph.node("Sub", "correction/difference", List.of(left, right));
  }

  @Override
  public String scaled(String tensor, double factor) {
    return graph.node(
        "Mul", "correction/scaled", List.of(tensor, graph.constant("correction/factor", factor)));
  }

  @Override
  public String times(String tensor, float[] matrix, int columns) {
    String right = graph.constant("correction/matrix", matrix, matrix.length / columns, columns);
    return graph.node(
        "MatMul", "correction/product", List.of(tensor, graph.cast(right, ElementType.DOUBLE)));
  }

  @Override
  public String softmax(String tensor) {
    return graph.node("Softmax", "correction/probabilities", List.of(tensor), attribute("axis", 1));
  }

  @Override
  public String logarithm(String tensor, double floor) {
    return graph.node("Log", "correction/logarithm", List.of(graph.atLeast(floor, tensor)));
  }
}
