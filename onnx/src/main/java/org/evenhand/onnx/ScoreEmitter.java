package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;

/**
 * Adds the ways from a deployed score output to log-probabilities and back to an output of the same
 * kind.
 *
 * @param graph what is added to
 */
record ScoreEmitter(GraphBuilder graph) {
  /**
   * Adds the scores as a matrix: one column per class in the order of the classes, or one column
   * where there is one score.
   *
   * @param tensors that hold them, one or one per class
   * @param classes K
   */
  String matrix(ScoreOutput score, List<String> tensors, int classes) {
    String first = tensors.get(0);
    return switch (score.layout()) {
      case MAPS -> first;
      case SINGLE -> graph.reshape(first, -1, 1);
      case BESIDE -> graph.columns(first, 1);
      case MATRIX -> score.rank() == 2 ? first : graph.reshape(first, -1, classes);
      case REVERSED -> graph.columns(first, 1, 0);
      case COLUMNS ->
          graph.node(
              "Concat",
              "deployed/columns",
              tensors.stream().map(column -> graph.reshape(column, -1, 1)).toList(),
              attribute("axis", 1));
    };
  }

  /** Adds the log-probabilities that the library reads from the scores, {@code double [N,K]}. */
  String logProbabilities(ScoreOutput score, String matrix) {
    String scores = graph.cast(matrix, ElementType.DOUBLE);
    if (isOneColumn(score)) {
      scores = bothClasses(score.scale(), scores);
    }
    return switch (score.scale()) {
      case PROBABILITIES -> log(scores);
      case LOGITS -> logSoftmax(scores);
      case MIRRORED -> logSoftmax(graph.node("Mul", "deployed/logits", List.of(scores, half())));
      case SIGMOIDS -> logSoftmax(log(scores));
    };
  }

  private String half() {
    return graph.constant("deployed/half", 0.5);
  }

  private static boolean isOneColumn(ScoreOutput score) {
    return score.layout() == Layout.SINGLE || score.layout() == Layout.BESIDE;
  }

  private String bothClasses(ScoreScale scale, String second) {
    String whole = scale.isLogits() ? second : graph.constant("deployed/one", 1);
    String first = graph.node("Sub", "deployed/first_class", List.of(whole, second));
    return graph.node(
        "Concat", "deployed/both_classes", List.of(first, second), attribute("axis", 1));
  }

  private String log(String probabilities) {
    return graph.node(
        "Log",
        "deployed/log_probabilities",
        List.of(graph.atLeast(Answers.FLOAT_FLOOR, probabilities)));
  }

  private String logSoftmax(String logits) {
    return graph.node("LogSoftmax", "deployed/log_softmax", List.of(logits), attribute("axis", 1));
  }

  /** Adds corrected logits in the deployed logits' space, {@code double}, a matrix as theirs. */
  String correctedLogits(ScoreOutput score, String matrix, String shift) {
    String logits = graph.cast(matrix, ElementType.DOUBLE);
    String added = shift;
    if (isOneColumn(score)) {
      added = difference(shift, 1, 0);
    } else if (score.scale() == ScoreScale.MIRRORED) {
      added =
          graph.node(
              "Concat",
              "correction/mirrored",
              List.of(difference(shift, 0, 1), difference(shift, 1, 0)),
              attribute("axis", 1));
    }
    return graph.node("Add", "correction/logits", List.of(logits, added));
  }

  private String difference(String shift, int of, int against) {
    return graph.node(
        "Sub",
        "correction/difference",
        List.of(graph.columns(shift, of), graph.columns(shift, against)));
  }

  /** Adds corrected probabilities, {@code double}, a matrix as the deployed ones. */
  String correctedProbabilities(ScoreOutput score, String logProbabilities) {
    String probabilities = graph.node("Exp", "correction/probabilities", List.of(logProbabilities));
    return isOneColumn(score) ? graph.columns(probabilities, 1) : probabilities;
  }

  /**
   * Adds the outputs themselves, under the deployed names, with the deployed types and shapes.
   *
   * @param deployed the tensors that held the deployed scores
   * @param type of them
   * @param producer of the deployed output
   * @param corrected a matrix
   */
  void output(
      ScoreOutput score,
      List<String> deployed,
      ElementType type,
      NodeProto producer,
      String corrected) {
    switch (score.layout()) {
      case MAPS ->
          graph.addNamed(
              GraphBuilder.ML_DOMAIN,
              "ZipMap",
              score.name(),
              List.of(graph.cast(corrected, ElementType.FLOAT)),
              producer.getAttributeList().toArray(new AttributeProto[0]));
      case COLUMNS -> {
        for (int k = 0; k < score.columns().size(); k++) {
          String column = graph.columns(corrected, k);
          shaped(score.columns().get(k), deployed.get(k), column, type);
        }
      }
      case REVERSED -> shaped(score.name(), deployed.get(0), graph.columns(corrected, 1, 0), type);
      case BESIDE -> {
        String unchanged = graph.cast(graph.columns(deployed.get(0), 0), ElementType.DOUBLE);
        String both =
            graph.node(
                "Concat", "correction/beside", List.of(unchanged, corrected), attribute("axis", 1));
        shaped(score.name(), deployed.get(0), both, type);
      }
      case MATRIX, SINGLE -> {
        if (score.rank() == 2) {
          graph.addNamed(
              "", "Cast", score.name(), List.of(corrected), attribute("to", type.code()));
        } else {
          shaped(score.name(), deployed.get(0), corrected, type);
        }
      }
    }
  }

  /** As the deployed tensor is shaped, whatever that is. */
  private void shaped(String output, String deployed, String corrected, ElementType type) {
    String shape = graph.node("Shape", output + "/shape", List.of(deployed));
    String shaped = graph.node("Reshape", output + "/corrected", List.of(corrected, shape));
    graph.addNamed("", "Cast", output, List.of(shaped), attribute("to", type.code()));
  }
}
