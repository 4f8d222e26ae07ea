package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/**
 * Learning from failure (LfF, Nam et al. 2020): one network learns what is easy, by generalised
 * cross-entropy; the other, which is kept, the rows where that one fails, by cross-entropy weighted
 * with {@link RelativeDifficulty}. Nobody's attribute is read.
 *
 * @param easy features of the network that learns what is easy
 * @param easyHead its dense layer
 * @param features of the network that is kept
 * @param head its dense layer
 * @param power q of the generalised cross-entropy
 * @param difficulty of every row
 * @param weights of both networks
 * @param examples what is to be learnt
 */
record LearningFromFailure(
    Features easy,
    Linear easyHead,
    Features features,
    Linear head,
    double power,
    RelativeDifficulty difficulty,
    Weights weights,
    Examples examples)
    implements WholeNetwork {

  /**
   * Two untrained networks.
   *
   * @param codes the class of every row
   * @param outputs of either head
   */
  static LearningFromFailure of(
      Training training, ModelKind.FromFailure kind, int[] codes, int outputs) {
    Blueprint blueprint = training.blueprint();
    Features features = training.features(blueprint);
    Linear head = new Linear(blueprint, features.size(), outputs);
    Features easy = training.features(blueprint);
    Linear easyHead = new Linear(blueprint, easy.size(), outputs);
    RelativeDifficulty difficulty =
        RelativeDifficulty.of(blueprint, kind.kept(), codes, training.examples().outputs());
    return new LearningFromFailure(
        easy,
        easyHead,
        features,
        head,
        kind.power(),
        difficulty,
        new Weights(training.engine(), blueprint),
        training.examples());
  }

  @Override
  public Tensor loss(Weights used, Tensor images, int[] rows) {
    Engine engine = used.engine();
    Tensor labels = examples.labels(engine, rows);
    Tensor easyLosses = losses(easy, easyHead, used, images, labels, true);
    Tensor losses = losses(features, head, used, images, labels, true);
    float[] difficult =
        difficulty.weights(used, Engine.values(easyLosses), Engine.values(losses), rows);
    return Losses.generalized(easyLosses, power)
        .add(losses.mul(engine.tensor(difficult, rows.length)))
        .mul(examples.weights(engine, rows))
        .mean();
  }

  @Override
  public Tensor heldOutLoss(Weights used, Tensor images, int[] rows) {
    Tensor labels = examples.labels(used.engine(), rows);
    return losses(features, head, used, images, labels, false).mean();
  }

  private static Tensor losses(
      Features features,
      Linear head,
      Weights used,
      Tensor images,
      Tensor labels,
      boolean training) {
    Tensor value = features.forward(images, used, training);
    return Losses.crossEntropies(head.forward(value, used, training), labels);
  }

  /**
   * A row that shows the bias alone is answered best early: the best epoch would be a biased one.
   */
  @Override
  public boolean judged() {
    return false;
  }

  /** The running means are those of whole batches. */
  @Override
  public int parts(int images) {
    return 1;
  }

  @Override
  public List<ImageLayer> freeze() {
    return features.followedBy(head.freeze(weights), weights);
  }
}
