package org.evenhand.workflow;

import java.util.Optional;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;
import org.evenhand.core.Table;
import org.evenhand.onnx.FeaturePatchTrainer;
import org.evenhand.onnx.NetworkFeatures;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/**
 * Trains patches for a model of images from what its own network computes on the way: a softmax
 * regression over the channels of its activations. The model is opened when something is trained.
 */
public final class OwnFeatures implements PatchTrainer {
  /** Thousands of features and few images need a strong penalty. */
  private static final PerceptronSettings SETTINGS =
      PerceptronSettings.DEFAULT.withHidden().withL2(10.0, 100.0, 1_000.0);

  private final ModelSource.File model;
  private Optional<FeaturePatchTrainer> opened = Optional.empty();

  /**
   * A trainer for a model.
   *
   * @param model reads images
   */
  public OwnFeatures(ModelSource.File model) {
    this.model = model;
  }

  private synchronized FeaturePatchTrainer trainer() {
    if (opened.isEmpty()) {
      try (OnnxClassifier deployed = model.open(Progress.NONE)) {
        opened =
            Optional.of(
                new FeaturePatchTrainer(NetworkFeatures.of(deployed), new Perceptron(SETTINGS)));
      }
    }
    return opened.get();
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.evenhand.onnx.OnnxException if the model cannot be opened, or shows no activations
   */
  @Override
  public Patch train(Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    return trainer().train(inputs, softLabels, outputs, weights, seed);
  }

  @Override
  public PatchTrainer settled(
      Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    return trainer().settled(inputs, softLabels, outputs, weights, seed);
  }
}
