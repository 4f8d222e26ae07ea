package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Sums up activations in a graph: of every channel its mean over all places, the root of the mean
 * of its squares, and its maximum. Pooling operators do each in one pass and mean the same in every
 * operator set.
 *
 * @param graph what is added to
 * @param names of the deployed tensors as they are called there
 */
record ActivationEmitter(GraphBuilder graph, UnaryOperator<String> names) {
  /** Adds the summaries and returns all features side by side, {@code float [N,F]}. */
  String features(List<Activation> activations) {
    List<String> parts = new ArrayList<>();
    for (Activation activation : activations) {
      String tensor = graph.cast(names.apply(activation.tensor()), ElementType.FLOAT);
      if (activation.rank() == 2) {
        parts.add(tensor);
        continue;
      }
      String channels = channelsFirst(activation, tensor);
      parts.add(flat(mean(channels)));
      // GlobalLpPool says the same, but ONNX Runtime takes a power of every number for it.
      String squares = graph.node("Mul", "features/squares", List.of(channels, channels));
      parts.add(flat(graph.node("Sqrt", "features/size", List.of(mean(squares)))));
      parts.add(flat(graph.node("GlobalMaxPool", "features/most", List.of(channels))));
    }
    return graph.sideBySide("features/all", parts);
  }

  private String channelsFirst(Activation activation, String tensor) {
    if (activation.rank() == 3) {
      return graph.node(
          "Transpose",
          "features/channels",
          List.of(tensor),
          attribute("perm", new long[] {0, 2, 1}));
    }
    int stride = activation.stride();
    return stride == 1
        ? tensor
        : graph.node(
            "MaxPool",
            "features/places",
            List.of(tensor),
            attribute("kernel_shape", new long[] {1, 1}),
            attribute("strides", new long[] {stride, stride}));
  }

  private String mean(String channels) {
    return graph.node("GlobalAveragePool", "features/mean", List.of(channels));
  }

  private String flat(String pooled) {
    return graph.node("Flatten", "features/flat", List.of(pooled), attribute("axis", 1));
  }
}
