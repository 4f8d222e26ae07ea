package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/**
 * Cross-entropy of a dense layer over a backbone's features.
 *
 * @param features the backbone
 * @param head the dense layer
 * @param weights of both
 * @param examples what is to be learnt
 */
record Classification(Features features, Linear head, Weights weights, Examples examples)
    implements WholeNetwork {
  /**
   * An untrained network.
   *
   * @param outputs of the head
   */
  static Classification of(Training training, int outputs) {
    Blueprint blueprint = training.blueprint();
    Features features = training.features(blueprint);
    Linear head = new Linear(blueprint, features.size(), outputs);
    return new Classification(
        features, head, new Weights(training.engine(), blueprint), training.examples());
  }

  @Override
  public Tensor loss(Weights used, Tensor images, int[] rows) {
    return crossEntropy(used, images, rows, true);
  }

  @Override
  public Tensor heldOutLoss(Weights used, Tensor images, int[] rows) {
    return crossEntropy(used, images, rows, false);
  }

  private Tensor crossEntropy(Weights used, Tensor images, int[] rows, boolean training) {
    Tensor logits = head.forward(features.forward(images, used, training), used, training);
    return examples.crossEntropy(used.engine(), logits, rows);
  }

  @Override
  public List<ImageLayer> freeze() {
    return features.followedBy(head.freeze(weights), weights);
  }
}
