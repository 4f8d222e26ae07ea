package org.evenhand.onnx;

import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Table;

/**
 * A patch that reads what the deployed network computes on its way instead of the pixels. Fused
 * with that network it costs one small layer more.
 *
 * @param features of the deployed network
 * @param network over them
 */
public record FeaturePatch(NetworkFeatures features, PatchNetwork network) implements Patch {
  @Override
  public int outputs() {
    return network.outputs();
  }

  @Override
  public String title() {
    return "softmax regression over %,d summaries of the deployed network's own activations"
        .formatted(features.size());
  }

  @Override
  public double[] logProbabilities(Table inputs) {
    return network.logProbabilities(features.of(inputs));
  }
}
