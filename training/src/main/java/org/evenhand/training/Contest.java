package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.evenhand.core.ImageLayer;

/**
 * A perturbation of images before a network that stays as it is, against an adversary who reads the
 * attribute from what the network makes of them.
 */
interface Contest {
  /** What the perturbation is made of. */
  Weights perturbation();

  /** What the adversary is made of. */
  Weights adversary();

  /**
   * Where either side is to go, against the slope.
   *
   * @param perturbation side by side, as {@link Weights#allTrained}
   * @param adversary in the same way
   */
  record Slopes(Tensor perturbation, Tensor adversary) {}

  /**
   * The slopes for some images in training.
   *
   * @param images {@code [N, C, H, W]}
   * @param rows which images they are
   */
  Slopes slopes(Tensor images, int[] rows);

  /** What the network answers to perturbed images out of training, {@code [N, K]}. */
  Tensor logits(Tensor images);

  /** The perturbation as plain data, from images to images. */
  List<ImageLayer> freeze();

  /**
   * What a contest is about.
   *
   * @param engine that computes
   * @param network the one that stays as it is
   * @param shape of an image, {@code [C, H, W]}
   * @param low the least number in an image
   * @param high the greatest
   * @param target what the network is to answer
   * @param attribute what the adversary is to read
   * @param seed of every draw
   */
  record Scene(
      Engine engine,
      FrozenNetwork network,
      List<Integer> shape,
      float low,
      float high,
      Examples target,
      Examples attribute,
      long seed) {}

  /** How a contest is set up. */
  @FunctionalInterface
  interface Setup {
    /** The contest before its first step. */
    Contest of(Scene scene);
  }
}
