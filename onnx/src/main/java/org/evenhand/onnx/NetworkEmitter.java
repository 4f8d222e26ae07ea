package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.PatchNetwork;

/**
 * Adds a network, encoders included, to a graph.
 *
 * @param graph what it is added to
 * @param columns where its columns are found
 * @param precision of the dense layers: FLOAT, or DOUBLE to compute as {@link PatchNetwork} does
 */
record NetworkEmitter(GraphBuilder graph, ColumnSource columns, ElementType precision) {
  /** Adds the network and returns its logits, {@code [N, outputs]}. */
  String logits(PatchNetwork network) {
    String activations = precise(encoded(network.encoder().features()));
    List<DenseLayer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      String input =
          i == 0 ? activations : graph.node("Relu", "patch/relu" + (i - 1), List.of(activations));
      activations = dense(layers.get(i), input, "patch/dense" + i);
    }
    return activations;
  }

  private String precise(String tensor) {
    return precision == ElementType.FLOAT ? tensor : graph.cast(tensor, precision);
  }

  private String dense(DenseLayer layer, String input, String name) {
    String weights =
        graph.constant(name + "/weights", layer.weights(), layer.outputs(), layer.inputs());
    String bias = graph.constant(name + "/bias", layer.bias(), layer.outputs());
    return graph.node(
        "Gemm", name, List.of(input, precise(weights), precise(bias)), attribute("transB", 1));
  }

  private String encoded(List<FeatureEncoder> features) {
    List<FeatureEncoder.Standardized> numbers = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (FeatureEncoder feature : features) {
      if (feature instanceof FeatureEncoder.Standardized number) {
        numbers.add(number);
      } else if (feature instanceof FeatureEncoder.OneHot text && text.width() > 0) {
        parts.add(oneHot(text));
      }
    }
    if (!numbers.isEmpty()) {
      parts.add(0, standardized(numbers));
    }
    if (parts.isEmpty()) {
      throw new OnnxException(
          "The network reads no number and no known category, so there is nothing to export.");
    }
    return graph.sideBySide("patch/encoded", parts);
  }

  /** A missing number becomes the mean, and so 0 after scaling. */
  private String standardized(List<FeatureEncoder.Standardized> features) {
    float[] means = new float[features.size()];
    float[] scales = new float[features.size()];
    for (int j = 0; j < means.length; j++) {
      means[j] = features.get(j).mean();
      scales[j] = features.get(j).scale();
    }
    List<String> names = features.stream().map(FeatureEncoder::column).toList();
    String imputed =
        graph.mlNode(
            "Imputer",
            "patch/imputed",
            List.of(columns.numbers(graph, names)),
            attribute("imputed_value_floats", means),
            attribute("replaced_value_float", Float.NaN));
    return graph.mlNode(
        "Scaler",
        "patch/scaled",
        List.of(imputed),
        attribute("offset", means),
        attribute("scale", scales));
  }

  private String oneHot(FeatureEncoder.OneHot feature) {
    String encoded =
        graph.mlNode(
            "OneHotEncoder",
            "patch/one_hot/" + feature.column(),
            List.of(columns.text(feature.column())),
            attribute("cats_strings", feature.categories()),
            attribute("zeros", 1));
    return graph.reshape(encoded, -1, feature.width());
  }
}
