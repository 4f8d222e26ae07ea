package org.evenhand.experiments;

import org.evenhand.training.Backbone;

/**
 * How large the images and the networks of a task are.
 *
 * @param side of an image in pixels
 * @param deployed the deployed model's network
 * @param patch the patches' network
 * @param deployedEpochs how long the deployed model is trained
 * @param patchEpochs how long a patch is trained at most
 */
record ImageScale(
    int side, Backbone deployed, Backbone patch, int deployedEpochs, int patchEpochs) {
  static ImageScale full(int side) {
    return new ImageScale(side, Backbone.of("resnet34", 64), Backbone.of("resnet18", 64), 40, 20);
  }

  static ImageScale small(
      int side, String backbone, int width, int deployedEpochs, int patchEpochs) {
    Backbone network = Backbone.of(backbone, width);
    return new ImageScale(side, network, network, deployedEpochs, patchEpochs);
  }
}
