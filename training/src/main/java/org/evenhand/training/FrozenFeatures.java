package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/**
 * Cross-entropy of a dense layer over features that no longer change.
 *
 * @param features the backbone
 * @param frozen its weights
 * @param head the dense layer
 * @param weights of the dense layer
 * @param examples what is to be learnt
 */
record FrozenFeatures(
    Features features, Weights frozen, Linear head, Weights weights, Examples examples)
    implements WholeNetwork {

  static FrozenFeatures of(Training training, Features features, Weights frozen, int outputs) {
    Blueprint blueprint = training.blueprint();
    Linear head = new Linear(blueprint, features.size(), outputs);
    return new FrozenFeatures(
        features, frozen, head, new Weights(training.engine(), blueprint), training.examples());
  }

  @Override
  public Tensor loss(Weights used, Tensor images, int[] rows) {
    Tensor value = features.forward(images, frozen, false).detach();
    return examples.crossEntropy(used.engine(), head.forward(value, used, true), rows);
  }

  @Override
  public Tensor heldOutLoss(Weights used, Tensor images, int[] rows) {
    return loss(used, images, rows);
  }

  @Override
  public List<ImageLayer> freeze() {
    return features.followedBy(head.freeze(weights), frozen);
  }
}
