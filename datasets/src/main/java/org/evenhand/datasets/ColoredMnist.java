package org.evenhand.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.evenhand.data.DataException;

/**
 * MNIST in ten colours, one for each digit: the benchmark of models that read the colour in place
 * of the shape. Only the grey digits are held in memory; an image is coloured when it is read.
 *
 * <pre>{@code
 * ColoredMnist biased = ColoredMnist.training(folder, Colouring.FOREGROUND, 0.99, 1);
 * float[] pixels = new float[ColoredMnist.SIZE];
 * biased.read(0, pixels, 0);
 * }</pre>
 */
public final class ColoredMnist {
  /** Digits, and colours. */
  public static final int CLASSES = 10;

  /** Numbers an image: 3 channels of 28 × 28 pixels. */
  public static final int SIZE = 3 * 28 * 28;

  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;

  /** What of an image is coloured. */
  public enum Colouring {
    /**
     * The digit, on black, as in LfF (Nam et al. 2020) at its severity 4: the mean colour plus one
     * normal draw of deviation 0.005 for each image and channel, clamped to [0,1], times the grey
     * value, cut to a byte.
     */
    FOREGROUND,
    /**
     * The background, as in ReBias (Bahng et al. 2020): every pixel of the digit that is not black
     * is white.
     */
    BACKGROUND
  }

  /** Colours × channels, row-major, in 0…1: LfF's means. */
  static final double[] FOREGROUND_COLOURS = {
    .9837, .3125, .1686, .9905, .9156, .3515, .6730, .4611, .5798, .7833, .8316, .6013, .0880,
    .7780, .9818, .3214, .9611, .4464, .0246, .2357, .7587, .5552, .1016, .7618, .2077, .3929,
    .0187, .8337, .2024, .2669
  };

  /** Colours × channels, row-major, in 0…255: ReBias's. */
  static final int[] BACKGROUND_COLOURS = {
    255, 0, 0, 0, 255, 0, 0, 0, 255, 225, 225, 0, 225, 0, 225, 0, 255, 255, 255, 128, 0, 255, 0,
    128, 128, 0, 255, 128, 128, 128
  };

  private static final double DEVIATION = 0.005;

  private final Colouring colouring;
  private final MnistDigits digits;
  // Of every image; each digit has as many images as the next, one behind the other.
  private final int[] colours;
  private final int imagesOfDigit;
  private final long seed;

  private ColoredMnist(Colouring colouring, MnistDigits digits, int[] colours, long seed) {
    this.colouring = colouring;
    this.digits = digits;
    this.colours = colours;
    this.imagesOfDigit = colours.length / digits.count();
    this.seed = seed;
  }

  /**
   * The 60,000 training images. Of each digit's images, in an order drawn from the seed, the share
   * {@code aligned} has the digit's own colour and the others are divided evenly among the nine
   * other colours; shares are rounded as LfF rounds them.
   *
   * @param folder holds MNIST's four files, {@code train-images-idx3-ubyte} and so on, with or
   *     without {@code .gz}
   * @param colouring what is coloured
   * @param aligned ρ, in [0,1]; 0.1 is unbiased
   * @param seed of the order and of the colours' noise
   * @throws DataException if a file cannot be read, or the share is not one
   */
  public static ColoredMnist training(Path folder, Colouring colouring, double aligned, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long noise = random.nextLong();
    MnistDigits digits = MnistDigits.training(folder);
    int[] colours = AlignedValues.draw(digits.labels(), CLASSES, aligned, random);
    return new ColoredMnist(colouring, digits, colours, noise);
  }

  /**
   * The counterfactual file: every one of the 10,000 test digits in every colour, 100,000 images.
   * Image 10·i + c is digit i in colour c.
   *
   * @param folder as of {@link #training}
   * @param colouring what is coloured
   * @param seed of the colours' noise
   * @throws DataException if a file cannot be read
   */
  public static ColoredMnist counterfactual(Path folder, Colouring colouring, long seed) {
    SplittableRandom random = new SplittableRandom(seed).split();
    MnistDigits digits = MnistDigits.test(folder);
    int[] colours = IntStream.range(0, CLASSES * digits.count()).map(i -> i % CLASSES).toArray();
    return new ColoredMnist(colouring, digits, colours, random.nextLong());
  }

  /** The number of images. */
  public int images() {
    return colours.length;
  }

  /**
   * The digit that an image shows.
   *
   * @param image in {@code [0, images())}
   */
  public int digit(int image) {
    return digits.label(image / imagesOfDigit);
  }

  /**
   * The colour of an image.
   *
   * @param image in {@code [0, images())}
   * @return in [0,10); it is aligned if it equals the digit
   */
  public int colour(int image) {
    return colours[image];
  }

  /**
   * Writes an image, channel by channel: [3,28,28], row-major, each number in [0,1] and a multiple
   * of 1/255.
   *
   * @param image in {@code [0, images())}
   * @param into where to write {@link #SIZE} numbers
   * @param offset of the first
   */
  public void read(int image, float[] into, int offset) {
    read(image, colours[image], into, offset);
  }

  /**
   * Writes an image in any colour: with its own the image itself, with another its counterfactual.
   *
   * @param image in {@code [0, images())}
   * @param colour in [0,10)
   * @param into where to write {@link #SIZE} numbers, as {@link #read(int, float[], int)} does
   * @param offset of the first
   */
  public void read(int image, int colour, float[] into, int offset) {
    int digit = image / imagesOfDigit;
    // A generator of its own for each, so that the order of reading changes nothing.
    SplittableRandom noise = new SplittableRandom(seed + (long) CLASSES * digit + colour);
    for (int channel = 0; channel < 3; channel++) {
      int entry = 3 * colour + channel;
      double shade = foreground(entry, noise);
      for (int i = 0; i < PIXELS; i++) {
        int value = digits.grey(digit, i);
        int coloured =
            switch (colouring) {
              case FOREGROUND -> (int) (shade * value);
              case BACKGROUND -> value == 0 ? BACKGROUND_COLOURS[entry] : 255;
            };
        into[offset + channel * PIXELS + i] = coloured / 255f;
      }
    }
  }

  /** One channel of a foreground's colour, in 0…1. */
  static double foreground(int entry, SplittableRandom noise) {
    double shade = FOREGROUND_COLOURS[entry] + DEVIATION * noise.nextGaussian();
    return Math.max(0, Math.min(1, shade));
  }

  /**
   * All images as a table with the columns {@code image} (tensors [3,28,28]), {@code digit} and
   * {@code colour} (text).
   */
  public Table table() {
    int[] shown = IntStream.range(0, images()).map(this::digit).toArray();
    List<String> names = IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
    return Table.of(
        List.of(
            TensorColumn.of("image", List.of(3, SIDE, SIDE), images(), this::read),
            new TextColumn("digit", names, shown),
            new TextColumn("colour", names, colours)));
  }
}
