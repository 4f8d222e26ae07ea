package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;

/**
 * Makes a token of every square patch of an image, and adds what is learnt of the place where it
 * stands.
 */
final class PatchEmbedding implements Layer {
  /** Of what places start with (Dosovitskiy et al. 2021). */
  private static final double PLACE_DEVIATION = 0.02;

  private final int channels;
  private final int patch;
  private final int width;
  private final int kernels;
  private final int bias;
  private final int places;

  /**
   * @param patch side of a patch in pixels
   * @param shape of an image, {@code [C, H, W]}
   * @param width of a token
   * @throws TrainingException if the image cannot be cut into such patches
   */
  PatchEmbedding(Blueprint blueprint, int patch, List<Integer> shape, int width) {
    this.channels = shape.get(0);
    this.patch = patch;
    this.width = width;
    int height = shape.get(1);
    int across = shape.get(2);
    if (height % patch != 0 || across % patch != 0) {
      throw new TrainingException(
          "A vision transformer cuts images into patches of %d x %d pixels, but these of %d x %d pixels leave a rest; make both sides multiples of %d, or take another network."
              .formatted(patch, patch, across, height, patch));
    }
    int reads = channels * patch * patch;
    double limit = 1 / Math.sqrt(reads);
    kernels =
        blueprint.train(blueprint.uniform(width * reads, limit), width, channels, patch, patch);
    bias = blueprint.train(blueprint.uniform(width, limit), width);
    int tokens = (height / patch) * (across / patch);
    places = blueprint.train(blueprint.normal(tokens * width, PLACE_DEVIATION), tokens, width);
  }

  @Override
  public Tensor forward(Tensor input, Weights weights, boolean training) {
    Tensor patches =
        torch.conv2d(
            input,
            weights.trained(kernels),
            new TensorOptional(weights.trained(bias)),
            new long[] {patch, patch},
            new long[] {0, 0},
            new long[] {1, 1},
            1);
    return patches.flatten(2, -1).transpose(1, 2).add(weights.trained(places));
  }

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    return List.of(
        new ImageLayer.Convolution(
            channels,
            width,
            patch,
            patch,
            0,
            Engine.values(weights.trained(kernels)),
            Engine.values(weights.trained(bias))),
        new ImageLayer.Tokens(),
        new ImageLayer.Offset(Engine.values(weights.trained(places))));
  }
}
