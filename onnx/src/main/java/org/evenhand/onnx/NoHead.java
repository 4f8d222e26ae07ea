package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Says why a model has no head that can be edited.
 *
 * @param model the model's file
 */
record NoHead(Path model) {
  /** What helps whatever the model's inside. */
  static final String ERASE = "use erase, which needs the answers only";

  /**
   * @param reason what the model is or does; and, after a semicolon, what to do
   */
  OnnxException because(String reason) {
    return new OnnxException(
        "The model '%s' has no head that can be edited: %s.".formatted(model, reason));
  }

  /** Whether an operator works on quantised numbers, or turns numbers into such or back. */
  static boolean isQuantised(String operator) {
    return operator.startsWith("Q")
        || operator.contains("Integer")
        || operator.toLowerCase(Locale.ROOT).contains("quantize");
  }

  /**
   * @param part which part of the model, by name
   */
  OnnxException quantised(String part) {
    return because(
        "%s is quantised; unlearn from the model as it was before, and quantise the result"
            .formatted(part));
  }

  /** How a node is called in a sentence. */
  static String named(NodeProto node) {
    String name = node.getName().isEmpty() ? node.getOutput(0) : node.getName();
    return "%s '%s'".formatted(node.getOpType(), name);
  }
}
