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
  /** Adds the log-probabilities that the library reads from the scores, {@code double [N,K]}. */
  String logProbabilities(ScoreOutput score, String tensor) {
    String scores = graph.cast(tensor, ElementType.DOUBLE);
    if (score.layout() == Layout.SINGLE) {
      scores = bothClasses(score.scale(), graph.reshape(scores, -1, 1));
    }
    return switch (score.scale()) {
      case PROBABILITIES -> log(scores);
      case LOGITS -> logSoftmax(scores);
      case SIGMOIDS -> logSoftmax(log(scores));
    };
  }

  private String bothClasses(ScoreScale scale, String second) {
    String whole = scale == ScoreScale.LOGITS ? second : graph.constant("deployed/one", 1);
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

  /** Adds corrected logits in the deployed logits' space, {@code double}, shaped like them. */
  String correctedLogits(ScoreOutput score, String tensor, String shift) {
    String logits = graph.cast(tensor, ElementType.DOUBLE);
    String added = shift;
    if (score.layout() == Layout.SINGLE) {
      added =
          graph.node(
              "Sub",
              "correction/of_second_class",
              List.of(graph.columns(shift, 1), graph.columns(shift, 0)));
      if (score.rank() == 1) {
        added = graph.reshape(added, -1);
      }
    }
    return graph.node("Add", "correction/logits", List.of(logits, added));
  }

  /** Adds corrected probabilities, {@code double}, shaped like the deployed ones. */
  String correctedProbabilities(ScoreOutput score, String logProbabilities) {
    String probabilities = graph.node("Exp", "correction/probabilities", List.of(logProbabilities));
    if (score.layout() != Layout.SINGLE) {
      return probabilities;
    }
    String second = graph.columns(probabilities, 1);
    return score.rank() == 1 ? graph.reshape(second, -1) : second;
  }

  /** Adds the output itself, under the deployed name and with the deployed type. */
  void output(ScoreOutput score, ElementType type, NodeProto producer, String corrected) {
    if (score.layout() == Layout.MAPS) {
      graph.addNamed(
          GraphBuilder.ML_DOMAIN,
          "ZipMap",
          score.name(),
          List.of(graph.cast(corrected, ElementType.FLOAT)),
          producer.getAttributeList().toArray(new AttributeProto[0]));
    } else {
      graph.addNamed("", "Cast", score.name(), List.of(corrected), attribute("to", type.code()));
    }
  }
}
