package org.evenhand.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/**
 * The contest of {@link FairPerturbation}: a generator adds to every image a change of its own,
 * against an adversary who reads what the network's last layer reads.
 */
final class GeneratorContest implements Contest {
  /** The weights of the adversary's loss, of its doubt, and of the network's loss. */
  private static final double ALPHA = 0.4;

  private static final double BETA = 0.1;
  private static final double GAMMA = 0.7;

  /** How far a number of an image may change, as a share of the images' range. */
  private static final double BOUND = 0.05;

  private static final int WIDTH = 8;
  private static final int BLOCKS = 4;

  private final Scene scene;
  private final List<Layer> generator;
  private final FixedLayer range;
  private final Weights perturbation;
  private final DenseReadout readout;
  private final Weights adversary;

  /**
   * @throws TrainingException if the sides of an image are not multiples of 4
   */
  GeneratorContest(Scene scene, int features) {
    this.scene = scene;
    int height = scene.shape().get(1);
    int width = scene.shape().get(2);
    if (height % 4 != 0 || width % 4 != 0) {
      throw new TrainingException(
          "The generator halves images twice and doubles them again, but they have %d x %d pixels; bring them to multiples of 4."
              .formatted(height, width));
    }
    Blueprint blueprint = new Blueprint(scene.seed());
    generator = generator(blueprint);
    range = FixedLayer.clip(scene.low(), scene.high());
    perturbation = new Weights(scene.engine(), blueprint);
    Blueprint against = new Blueprint(scene.seed() + 1);
    readout = DenseReadout.of(against, features, 512, 256, 128, scene.attribute().outputs());
    adversary = new Weights(scene.engine(), against);
  }

  private List<Layer> generator(Blueprint blueprint) {
    int channels = scene.shape().get(0);
    float half = (scene.high() - scene.low()) / 2;
    List<Layer> layers = new ArrayList<>();
    layers.add(scaled(channels, scene.low() + half, 1 / half));
    layers.add(new NormalizedConvolution(blueprint, channels, WIDTH, 3, 1));
    layers.add(FixedLayer.relu());
    layers.add(new NormalizedConvolution(blueprint, WIDTH, 2 * WIDTH, 3, 2));
    layers.add(FixedLayer.relu());
    layers.add(new NormalizedConvolution(blueprint, 2 * WIDTH, 4 * WIDTH, 3, 2));
    layers.add(FixedLayer.relu());
    for (int block = 0; block < BLOCKS; block++) {
      layers.add(Features.basicBlock(blueprint, 4 * WIDTH, 4 * WIDTH, 1));
      layers.add(FixedLayer.relu());
    }
    layers.add(new Enlarging(blueprint, 4 * WIDTH, 2 * WIDTH));
    layers.add(FixedLayer.relu());
    layers.add(new Enlarging(blueprint, 2 * WIDTH, WIDTH));
    layers.add(FixedLayer.relu());
    layers.add(new NormalizedConvolution(blueprint, WIDTH, channels, 3, 1));
    layers.add(FixedLayer.tanh());
    // A factor rather than a clip: where a clip binds, no gradient comes through.
    layers.add(scaled(channels, 0, (float) (BOUND * (scene.high() - scene.low()))));
    return List.copyOf(layers);
  }

  private FixedLayer scaled(int channels, float centre, float factor) {
    float[] mean = new float[channels];
    float[] scale = new float[channels];
    Arrays.fill(mean, centre);
    Arrays.fill(scale, factor);
    return FixedLayer.standardize(scene.engine(), mean, scale);
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
    Tensor features = features(images, true);
    Tensor read = readout.forward(features.detach(), adversary, true);
    return new Slopes(
        perturbation.slopes(loss(features, rows)), adversary.slopes(attributeLoss(read, rows)));
  }

  /** What the generator makes small; its gradient flows through the frozen network. */
  Tensor loss(Tensor features, int[] rows) {
    Tensor read = readout.forward(features, adversary, true);
    Tensor doubt = torch.softmax(read, 1).mul(torch.log_softmax(read, 1)).sum(1).mean().neg();
    Tensor wrong =
        scene.target().crossEntropy(scene.engine(), scene.network().logits(features), rows);
    return wrong
        .mul(new Scalar(GAMMA))
        .sub(attributeLoss(read, rows).mul(new Scalar(ALPHA)))
        .sub(doubt.mul(new Scalar(BETA)));
  }

  private Tensor attributeLoss(Tensor read, int[] rows) {
    return scene.attribute().crossEntropy(scene.engine(), read, rows);
  }

  /** What the network's last layer reads of changed images. */
  Tensor features(Tensor images, boolean training) {
    Tensor change = Layer.through(generator, images, perturbation, training);
    return scene.network().features(range.operation().apply(images.add(change)));
  }

  @Override
  public Tensor logits(Tensor images) {
    return scene.network().logits(features(images, false));
  }

  @Override
  public List<ImageLayer> freeze() {
    return List.of(
        new ImageLayer.Residual(Layer.freeze(generator, perturbation), List.of()), range.frozen());
  }
}
