package org.evenhand.onnx;

import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;

/**
 * Trains patches that read a deployed network's own activations.
 *
 * <pre>{@code
 * PatchTrainer trainer =
 *     new FeaturePatchTrainer(
 *         NetworkFeatures.of(model),
 *         new Perceptron(PerceptronSettings.DEFAULT.withHidden()));
 * }</pre>
 *
 * @param features of the deployed network
 * @param networks trains networks over columns of numbers; what it trains is a {@link PatchNetwork}
 */
public record FeaturePatchTrainer(NetworkFeatures features, PatchTrainer networks)
    implements PatchTrainer {
  @Override
  public Patch train(Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    Patch trained = networks.train(features.of(inputs), softLabels, outputs, weights, seed);
    if (trained instanceof PatchNetwork network) {
      return new FeaturePatch(features, network);
    }
    throw new OnnxException(
        "A patch over a network's features must be a PatchNetwork, but the trainer gave a %s."
            .formatted(trained.getClass().getSimpleName()));
  }

  @Override
  public PatchTrainer settled(
      Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    return new FeaturePatchTrainer(
        features, networks.settled(features.of(inputs), softLabels, outputs, weights, seed));
  }
}
