package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/**
 * Features that depend as little as possible on those of a network that cannot but be biased
 * (ReBias, Bahng et al. 2020), here one that sees colours and no shapes. Either network learns the
 * target by cross-entropy; the one that is kept lowers the {@link Dependence} of both, the biased
 * one raises it. Both go one step a batch, together where the paper's code takes turns. Nobody's
 * attribute is read.
 *
 * @param biased features of the network that is biased by how it is built
 * @param biasedHead its dense layer
 * @param features of the network that is kept
 * @param head its dense layer
 * @param weight of the dependence beside the cross-entropy
 * @param weights of both networks
 * @param examples what is to be learnt
 */
record Independence(
    Features biased,
    Linear biasedHead,
    Features features,
    Linear head,
    double weight,
    Weights weights,
    Examples examples)
    implements WholeNetwork {

  /**
   * Two untrained networks.
   *
   * @param outputs of either head
   */
  static Independence of(Training training, ModelKind.Independent kind, int outputs) {
    Blueprint blueprint = training.blueprint();
    Features features = training.features(blueprint);
    Linear head = new Linear(blueprint, features.size(), outputs);
    Features biased = training.colours(blueprint, kind.width());
    Linear biasedHead = new Linear(blueprint, biased.size(), outputs);
    return new Independence(
        biased,
        biasedHead,
        features,
        head,
        kind.weight(),
        new Weights(training.engine(), blueprint),
        training.examples());
  }

  /**
   * {@inheritDoc}
   *
   * @throws TrainingException if there are too few images to see a dependence
   */
  @Override
  public Tensor loss(Weights used, Tensor images, int[] rows) {
    if (rows.length < Dependence.FEWEST) {
      throw new TrainingException(
          "A batch has %d images, but the dependence of two networks shows in %d at least; give more rows or larger batches."
              .formatted(rows.length, Dependence.FEWEST));
    }
    Tensor value = features.forward(images, used, true);
    Tensor biasedValue = biased.forward(images, used, true);
    Tensor lowered = Dependence.of(value, biasedValue.detach());
    Tensor raised = Dependence.of(value.detach(), biasedValue);
    return crossEntropy(head, value, used, rows)
        .add(crossEntropy(biasedHead, biasedValue, used, rows))
        .add(lowered.sub(raised).mul(new Scalar(weight)));
  }

  private Tensor crossEntropy(Linear last, Tensor value, Weights used, int[] rows) {
    return examples.crossEntropy(used.engine(), last.forward(value, used, true), rows);
  }

  @Override
  public Tensor heldOutLoss(Weights used, Tensor images, int[] rows) {
    return crossEntropy(head, features.forward(images, used, false), used, rows);
  }

  /** A contest between two networks has no best epoch. */
  @Override
  public boolean judged() {
    return false;
  }

  /** Every image is compared with all others of the batch. */
  @Override
  public int parts(int images) {
    return 1;
  }

  @Override
  public List<ImageLayer> freeze() {
    return features.followedBy(head.freeze(weights), weights);
  }
}
