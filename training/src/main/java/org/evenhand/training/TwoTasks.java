package org.evenhand.training;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/**
 * The target and the attribute read from the same features: {@code CE_t + weight · CE_b}. Where the
 * gradient of CE_b goes back reversed, the features unlearn the attribute.
 *
 * @param features the backbone
 * @param head of the target
 * @param second reads the attribute
 * @param gate between the features and the second
 * @param weight of CE_b
 * @param weights of all
 * @param target classes to learn
 * @param attribute values to learn
 * @param judged whether the best epoch is kept; a contest between two has none
 */
record TwoTasks(
    Features features,
    Linear head,
    Readout second,
    UnaryOperator<Tensor> gate,
    double weight,
    Weights weights,
    Examples target,
    Examples attribute,
    boolean judged)
    implements WholeNetwork {

  /** Against an adversary. */
  static TwoTasks against(
      Training training, ModelKind.Adversarial kind, Examples attribute, int outputs) {
    Blueprint blueprint = training.blueprint();
    Features features = training.features(blueprint);
    Linear head = new Linear(blueprint, features.size(), outputs);
    return new TwoTasks(
        features,
        head,
        new Adversary(blueprint, features.size(), kind.hidden(), attribute.outputs()),
        value -> Losses.reverseGradient(value, kind.lambda()),
        1,
        new Weights(training.engine(), blueprint),
        training.examples(),
        attribute,
        false);
  }

  /** For both. */
  static TwoTasks both(Training training, ModelKind.Unfair kind, Examples attribute, int outputs) {
    Blueprint blueprint = training.blueprint();
    Features features = training.features(blueprint);
    Linear head = new Linear(blueprint, features.size(), outputs);
    return new TwoTasks(
        features,
        head,
        new Linear(blueprint, features.size(), attribute.outputs())::forward,
        value -> value,
        kind.weight(),
        new Weights(training.engine(), blueprint),
        training.examples(),
        attribute,
        true);
  }

  @Override
  public Tensor loss(Weights used, Tensor images, int[] rows) {
    return sum(used, images, rows, true);
  }

  @Override
  public Tensor heldOutLoss(Weights used, Tensor images, int[] rows) {
    return sum(used, images, rows, false);
  }

  private Tensor sum(Weights used, Tensor images, int[] rows, boolean training) {
    Tensor value = features.forward(images, used, training);
    Tensor targets = head.forward(value, used, training);
    Tensor attributes = second.forward(gate.apply(value), used, training);
    return target
        .crossEntropy(used.engine(), targets, rows)
        .add(attribute.crossEntropy(used.engine(), attributes, rows).mul(new Scalar(weight)));
  }

  @Override
  public List<ImageLayer> freeze() {
    return features.followedBy(head.freeze(weights), weights);
  }
}
