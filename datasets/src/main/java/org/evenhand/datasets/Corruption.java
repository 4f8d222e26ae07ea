package org.evenhand.datasets;

import java.util.Locale;
import java.util.SplittableRandom;
import org.evenhand.data.DataException;

/**
 * Ten corruptions of pictures as ImageNet-C defines them (Hendrycks and Dietterich 2019,
 * "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations"), with the
 * constants of its version for Tiny ImageNet, which are those for 64 × 64 pixels. Left out is
 * frost, which pastes photographs of windows. Corrupted pictures are not compressed again.
 *
 * <pre>{@code
 * Corruption.FOG.apply(pixels, 0, 64, 3, seed);
 * }</pre>
 */
public enum Corruption {
  /** A normal draw is added to every number. */
  GAUSSIAN_NOISE,
  /** Every number becomes a Poisson draw, as when few photons are counted. */
  SHOT_NOISE,
  /** Numbers drawn at random become 0 or 1. */
  IMPULSE_NOISE,
  /** Every point becomes a disk. */
  DEFOCUS_BLUR,
  /** Every point becomes a line that fades out, within 45 degrees of the horizontal. */
  MOTION_BLUR,
  /** Falling flakes over a whitened picture. */
  SNOW,
  /** A plasma fractal is laid over the picture. */
  FOG,
  /** The value of hue, saturation and value is raised. */
  BRIGHTNESS,
  /** Every channel is drawn towards its mean. */
  CONTRAST,
  /** Blocks of one colour. */
  PIXELATE;

  /** The highest severity; the lowest is 1. */
  public static final int SEVEREST = 5;

  /** What it is called in a table, such as {@code gaussian noise}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Corrupts a picture in place. The same picture, severity and seed give the same result.
   *
   * @param pixels [3, side, side], row-major, each in [0,1]; afterwards also multiples of 1/255
   * @param offset of its first number
   * @param side in pixels, at least 2
   * @param severity 1 to {@link #SEVEREST}
   * @param seed of every random draw
   * @throws DataException if there is no such severity
   */
  public void apply(float[] pixels, int offset, int side, int severity, long seed) {
    if (severity < 1 || severity > SEVEREST) {
      throw new DataException(
          "The severity of a corruption is %d; it must be 1 to %d.".formatted(severity, SEVEREST));
    }
    Picture picture = new Picture(side, new float[3 * side * side]);
    System.arraycopy(pixels, offset, picture.values(), 0, picture.values().length);
    corrupt(picture, severity - 1, new SplittableRandom(seed));
    picture.cutToBytes();
    System.arraycopy(picture.values(), 0, pixels, offset, picture.values().length);
  }

  /** The severity counts from 0; numbers may leave [0,1]. */
  private void corrupt(Picture picture, int severity, SplittableRandom random) {
    switch (this) {
      case GAUSSIAN_NOISE -> Noise.gaussian(picture, severity, random);
      case SHOT_NOISE -> Noise.shot(picture, severity, random);
      case IMPULSE_NOISE -> Noise.impulse(picture, severity, random);
      case DEFOCUS_BLUR -> Blur.defocus(picture, severity);
      case MOTION_BLUR -> Blur.motion(picture, severity, random);
      case SNOW -> Snow.fall(picture, severity, random);
      case FOG -> Fog.rise(picture, severity, random);
      case BRIGHTNESS -> Tone.brighten(picture, severity);
      case CONTRAST -> Tone.flatten(picture, severity);
      case PIXELATE -> Pixelation.apply(picture, severity);
    }
  }
}
