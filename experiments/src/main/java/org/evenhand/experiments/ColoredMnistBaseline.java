package org.evenhand.experiments;

import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Progress;
import org.evenhand.datasets.ColoredMnist;
import org.evenhand.onnx.ImagePatch;
import org.evenhand.training.Backbone;
import org.evenhand.training.DeployedTraining;
import org.evenhand.training.Device;
import org.evenhand.training.ModelKind;
import org.evenhand.training.TrainingSettings;

/**
 * A method that Fast Model Debias is compared with: it trains a network of the deployed one's shape
 * anew, without reading the colour.
 *
 * @param kind how it trains
 * @param settings shape and training
 */
record ColoredMnistBaseline(ModelKind kind, TrainingSettings settings) {
  private static final int BATCH = 256;
  private static final int STEPS_AN_EPOCH = 235;
  private static final double RATE = 1e-3;

  /** q of the generalised cross-entropy, and what is kept of a running mean, in both papers. */
  private static final double POWER = 0.7;

  private static final double KEPT = 0.7;

  /** As long as the deployed network's training. */
  private static final int SHORT = 10;

  /**
   * All of them.
   *
   * @param size small trains as long as the deployed network did; full as long as published: 100
   *     epochs, 50,000 steps and 80 epochs
   */
  static List<ColoredMnistBaseline> all(ImageChoices.Size size) {
    return switch (size) {
      case SMALL -> List.of(failure(SHORT), swaps(SHORT), independence(SHORT, colourWidth(size)));
      case FULL -> List.of(failure(100), swaps(213), independence(80, colourWidth(size)));
    };
  }

  /** Channels of the first convolution of ReBias's colour network. */
  static int colourWidth(ImageChoices.Size size) {
    return switch (size) {
      case SMALL -> 4;
      case FULL -> 16;
    };
  }

  private static ColoredMnistBaseline failure(int epochs) {
    return new ColoredMnistBaseline(new ModelKind.FromFailure(POWER, KEPT), settings(epochs, 0));
  }

  /** Features are swapped after a fifth of all steps. */
  private static ColoredMnistBaseline swaps(int epochs) {
    return new ColoredMnistBaseline(
        new ModelKind.Disentangled(POWER, KEPT, epochs * STEPS_AN_EPOCH / 5), settings(epochs, 0));
  }

  private static ColoredMnistBaseline independence(int epochs, int width) {
    return new ColoredMnistBaseline(new ModelKind.Independent(1, width), settings(epochs, 1e-4));
  }

  private static TrainingSettings settings(int epochs, double decay) {
    return TrainingSettings.of(new Backbone.Mlp(List.of(100, 100, 100)))
        .withEpochs(epochs, epochs)
        .withSteps(BATCH, RATE, decay)
        .withDevice(Device.CPU, 1);
  }

  /**
   * Trains and measures.
   *
   * @param training the biased images
   * @param digits to measure on
   */
  UnlearntPart run(ColoredMnist training, ColoredTestDigits digits, long seed) {
    LabelledSet images = MnistParts.labelled(training);
    long start = System.nanoTime();
    ImageNetwork network =
        DeployedTraining.train(
            images, "colour", kind, Head.Link.SOFTMAX, settings, seed, Progress.NONE);
    Cost cost =
        new Cost(Cost.secondsSince(start), NetworkSize.of(network.layers()), training.images());
    double[] answers =
        new ImagePatch(network).logProbabilities(digits.images().table().select(digits.measured()));
    return new UnlearntPart(
        List.of(
            digits.line(kind.name(), new Answers.Soft(images.target().classes(), answers), cost)),
        List.of());
  }
}
