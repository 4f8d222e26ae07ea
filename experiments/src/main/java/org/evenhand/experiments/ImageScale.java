package org.evenhand.experiments;

import org.evenhand.training.Backbone;
import org.evenhand.training.Device;
import org.evenhand.training.TrainingSettings;

/**
 * How large the images and the networks of a task are.
 *
 * @param side of an image in pixels
 * @param deployed how a deployed model is trained
 * @param patch how a patch is trained
 */
record ImageScale(int side, Recipe deployed, Recipe patch) {
  /**
   * A network and its training.
   *
   * @param backbone the network
   * @param epochs passes over the images at most
   * @param patience epochs without a better loss on rows held out, after which a training ends
   * @param mirrored whether images are mirrored half of the time
   */
  record Recipe(Backbone backbone, int epochs, int patience, boolean mirrored) {
    /** What decides a network: not how many threads there are, nor where checkpoints lie. */
    TrainingSettings settings() {
      return TrainingSettings.of(backbone)
          .withEpochs(epochs, patience)
          .withFlips(mirrored)
          .withDevice(Device.CPU, 1);
    }

    @Override
    public String toString() {
      return "%s, at most %d epochs%s"
          .formatted(backbone, epochs, mirrored ? " of images mirrored half of the time" : "");
    }
  }

  static ImageScale full(int side) {
    return new ImageScale(
        side,
        new Recipe(Backbone.of("resnet34", 64), 40, 5, true),
        new Recipe(Backbone.of("resnet18", 64), 20, 5, true));
  }

  /** A small network for images of a few dozen pixels. */
  static Recipe smallCnn(int epochs, int patience, boolean mirrored) {
    return new Recipe(Backbone.of("small-cnn", 16), epochs, patience, mirrored);
  }
}
