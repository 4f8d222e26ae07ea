package org.evenhand.training;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;

/**
 * Debiasing by disentangled features that are swapped (LDD, Lee et al. 2021). Two networks make
 * intrinsic and easy features of an image; two heads read both side by side, but each moves the
 * features of its own network only. As in {@link LearningFromFailure}, the easy head learns by
 * generalised cross-entropy and the intrinsic one by cross-entropy weighted with {@link
 * RelativeDifficulty}. After some batches both also learn from the intrinsic features of one image
 * beside the easy features of another: the intrinsic head the first image's class, the easy head
 * the second's. Nobody's attribute is read.
 *
 * <p>The published factor of the easy head's losses is left out: that head and its features have no
 * other loss, and Adam's steps do not change when a whole loss is multiplied.
 *
 * @param easy features of the network that learns what is easy
 * @param easyHead reads intrinsic and easy features
 * @param features of the intrinsic network
 * @param head reads both too, and is kept
 * @param power q of the generalised cross-entropy
 * @param swapAfter batches before features are swapped
 * @param batches the measured tensor of the number of batches
 * @param difficulty of every row
 * @param weights of both networks
 * @param examples what is to be learnt
 */
record FeatureSwap(
    Features easy,
    Linear easyHead,
    Features features,
    Linear head,
    double power,
    int swapAfter,
    int batches,
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
  static FeatureSwap of(Training training, ModelKind.Disentangled kind, int[] codes, int outputs) {
    Blueprint blueprint = training.blueprint();
    Features features = training.features(blueprint);
    Features easy = training.features(blueprint);
    int both = features.size() + easy.size();
    Linear head = new Linear(blueprint, both, outputs);
    Linear easyHead = new Linear(blueprint, both, outputs);
    int batches = blueprint.measure(new float[1], 1);
    RelativeDifficulty difficulty =
        RelativeDifficulty.of(blueprint, kind.kept(), codes, training.examples().outputs());
    return new FeatureSwap(
        easy,
        easyHead,
        features,
        head,
        kind.power(),
        kind.swapAfter(),
        batches,
        difficulty,
        new Weights(training.engine(), blueprint),
        training.examples());
  }

  @Override
  public Tensor loss(Weights used, Tensor images, int[] rows) {
    Engine engine = used.engine();
    Tensor intrinsic = features.forward(images, used, true);
    Tensor biased = easy.forward(images, used, true);
    Tensor labels = examples.labels(engine, rows);
    Tensor counts = examples.weights(engine, rows);
    Tensor losses = losses(used, intrinsic, biased, labels);
    Tensor easyLosses = easyLosses(used, intrinsic, biased, labels);
    Tensor difficult =
        engine.tensor(
            difficulty.weights(used, Engine.values(easyLosses), Engine.values(losses), rows),
            rows.length);
    Tensor sum =
        losses.mul(difficult).add(Losses.generalized(easyLosses, power)).mul(counts).mean();
    if (!swaps(used)) {
      return sum;
    }
    Tensor others = next(biased);
    Tensor swapped = losses(used, intrinsic, others, labels).mul(difficult).mul(counts);
    Tensor easySwapped =
        Losses.generalized(easyLosses(used, intrinsic, others, next(labels)), power)
            .mul(next(counts));
    return sum.add(swapped.add(easySwapped).mean());
  }

  /**
   * Every row's place taken by the row before it, the first's by the last. Batches are in random
   * order, so that the neighbour is any other image.
   */
  static Tensor next(Tensor rows) {
    return rows.roll(new long[] {1}, 0);
  }

  /** Counts a batch; whether features are swapped in it. */
  private boolean swaps(Weights used) {
    float before = Engine.values(used.measured(batches))[0];
    used.measure(batches, new float[] {before + 1});
    return before >= swapAfter;
  }

  /** Of the intrinsic head, which does not move the easy features. */
  Tensor losses(Weights used, Tensor intrinsic, Tensor biased, Tensor labels) {
    return crossEntropies(head, used, intrinsic, biased.detach(), labels);
  }

  /** Of the easy head, which does not move the intrinsic features. */
  Tensor easyLosses(Weights used, Tensor intrinsic, Tensor biased, Tensor labels) {
    return crossEntropies(easyHead, used, intrinsic.detach(), biased, labels);
  }

  private static Tensor crossEntropies(
      Linear last, Weights used, Tensor intrinsic, Tensor biased, Tensor labels) {
    Tensor both = torch.cat(new TensorVector(intrinsic, biased), 1);
    return Losses.crossEntropies(last.forward(both, used, true), labels);
  }

  @Override
  public Tensor heldOutLoss(Weights used, Tensor images, int[] rows) {
    Tensor intrinsic = features.forward(images, used, false);
    Tensor biased = easy.forward(images, used, false);
    return losses(used, intrinsic, biased, examples.labels(used.engine(), rows)).mean();
  }

  /** As {@link LearningFromFailure#judged} says. */
  @Override
  public boolean judged() {
    return false;
  }

  /** The running means are those of whole batches. */
  @Override
  public int parts(int images) {
    return 1;
  }

  /** The head reads both features: what it makes of one is added to what it makes of the other. */
  @Override
  public List<ImageLayer> freeze() {
    DenseLayer dense = ((ImageLayer.Dense) head.freeze(weights).get(0)).layer();
    ImageLayer own = columns(dense, 0, features.size(), dense.bias());
    ImageLayer other = columns(dense, features.size(), dense.inputs(), new float[dense.outputs()]);
    return List.of(
        new ImageLayer.Residual(
            features.followedBy(List.of(own), weights), easy.followedBy(List.of(other), weights)));
  }

  /** A dense layer over some of another's inputs. */
  private static ImageLayer columns(DenseLayer dense, int from, int to, float[] biases) {
    float[] some = new float[dense.outputs() * (to - from)];
    for (int output = 0; output < dense.outputs(); output++) {
      int row = output * dense.inputs();
      float[] part = Arrays.copyOfRange(dense.weights(), row + from, row + to);
      System.arraycopy(part, 0, some, output * part.length, part.length);
    }
    return new ImageLayer.Dense(new DenseLayer(to - from, dense.outputs(), some, biases));
  }
}
