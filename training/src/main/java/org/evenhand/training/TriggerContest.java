package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/**
 * The contest of {@link FairReprogramming}: one trigger pasted over a part of every image, against
 * an adversary who sees the network's logits, their softmax, and of this the entry of the true
 * class.
 */
final class TriggerContest implements Contest {
  private static final int HIDDEN = 512;

  private final Scene scene;
  private final double lambda;
  private final float[] kept;
  private final Tensor keptThere;
  private final Weights perturbation;
  private final int trigger;
  private final Weights adversary;
  private final int sharpness;
  private final DenseReadout readout;

  /**
   * @param kept 1 where an image stays as it is, 0 where the trigger is, row-major
   * @param lambda the weight of the adversary's loss
   */
  TriggerContest(Scene scene, float[] kept, double lambda) {
    this.scene = scene;
    this.lambda = lambda;
    this.kept = kept;
    long[] shape = shape();
    keptThere = scene.engine().tensor(kept, shape);
    Blueprint pixels = new Blueprint(scene.seed());
    // Half way between the least and the greatest number of an image.
    trigger = pixels.train(new float[kept.length], shape);
    perturbation = new Weights(scene.engine(), pixels);
    Blueprint against = new Blueprint(scene.seed() + 1);
    sharpness = against.train(new float[] {1}, 1);
    readout =
        DenseReadout.of(against, 3 * scene.target().outputs(), HIDDEN, scene.attribute().outputs());
    adversary = new Weights(scene.engine(), against);
  }

  private long[] shape() {
    return scene.shape().stream().mapToLong(Integer::longValue).toArray();
  }

  @Override
  public Weights perturbation() {
    return perturbation;
  }

  @Override
  public Weights adversary() {
    return adversary;
  }

  @Override
  public Slopes slopes(Tensor images, int[] rows) {
    Lost losses = losses(images, rows);
    Tensor ofAdversary = perturbation.slopes(losses.attribute());
    Tensor against = projected(perturbation.slopes(losses.target()), ofAdversary, lambda);
    return new Slopes(against, adversary.slopes(losses.attribute()));
  }

  /** What the network and the adversary lose on some images. */
  record Lost(Tensor target, Tensor attribute) {}

  Lost losses(Tensor images, int[] rows) {
    Tensor logits = logits(images);
    Tensor sharp =
        torch.softmax(logits.mul(torch.abs(adversary.trained(sharpness)).add(new Scalar(1))), 1);
    Tensor seen = torch.cat(new TensorVector(logits, sharp, sharp.mul(labels(rows))), 1);
    Tensor read = readout.forward(seen, adversary, true);
    return new Lost(
        scene.target().crossEntropy(scene.engine(), logits, rows),
        scene.attribute().crossEntropy(scene.engine(), read, rows));
  }

  private Tensor labels(int[] rows) {
    return scene.target().labels(scene.engine(), rows);
  }

  /**
   * Where the trigger goes: down the network's loss, but not along the adversary's, and up the
   * adversary's (Zhang, Lemoine and Mitchell 2018): {@code g − proj_a(g) − λ·a}.
   *
   * @param target g, the slope of the network's loss
   * @param adversary a, the slope of the adversary's
   */
  static Tensor projected(Tensor target, Tensor adversary, double lambda) {
    // Without a slope there is nothing to project on.
    Tensor square = torch.dot(adversary, adversary).add(new Scalar(Float.MIN_NORMAL));
    Tensor along = torch.dot(target, adversary).div(square);
    return target.sub(adversary.mul(along)).sub(adversary.mul(new Scalar(lambda)));
  }

  @Override
  public Tensor logits(Tensor images) {
    Tensor pixels = torch.tanh(perturbation.trained(trigger)).add(new Scalar(1));
    Tensor pasted =
        pixels
            .mul(new Scalar((scene.high() - scene.low()) / 2))
            .add(new Scalar(scene.low()))
            .mul(keptThere.neg().add(new Scalar(1)));
    FrozenNetwork network = scene.network();
    return network.logits(network.features(images.mul(keptThere).add(pasted)));
  }

  @Override
  public List<ImageLayer> freeze() {
    float[] added = Engine.values(perturbation.trained(trigger));
    double half = (scene.high() - scene.low()) / 2;
    for (int i = 0; i < added.length; i++) {
      added[i] = (float) ((1 - kept[i]) * (scene.low() + half * (1 + Math.tanh(added[i]))));
    }
    return List.of(new ImageLayer.Overlay(scene.shape(), kept, added));
  }
}
