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
 * MNIST with two biases at once: digits in the ten foreground colours of {@link
 * ColoredMnist.Colouring#FOREGROUND} on the ten backgrounds of {@link
 * ColoredMnist.Colouring#BACKGROUND}, a digit's own colours being those of its number. A pixel
 * shows foreground and background in the proportion of its grey.
 *
 * <pre>{@code
 * Table biased = TwoColoredMnist.training(folder, 0.95, 1).table();
 * }</pre>
 */
public final class TwoColoredMnist {
  private static final int CLASSES = MnistDigits.CLASSES;

  private final MnistDigits digits;
  private final int imagesOfDigit;
  // Of every image; each digit has as many images as the next, one behind the other.
  private final int[] foregrounds;
  private final int[] backgrounds;
  private final long seed;

  private TwoColoredMnist(MnistDigits digits, int[] foregrounds, int[] backgrounds, long seed) {
    this.digits = digits;
    this.imagesOfDigit = foregrounds.length / digits.count();
    this.foregrounds = foregrounds;
    this.backgrounds = backgrounds;
    this.seed = seed;
  }

  /**
   * The 60,000 training images, each colour drawn as {@link AlignedValues} does, independently of
   * the other.
   *
   * @param folder holds MNIST's four files, as of {@link ColoredMnist#training}
   * @param aligned share of a digit's images that have its own foreground, and share that have its
   *     own background, in [0,1]; 0.1 is unbiased
   * @param seed of all colours
   * @throws DataException if a file cannot be read, or the share is not one
   */
  public static TwoColoredMnist training(Path folder, double aligned, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MnistDigits digits = MnistDigits.training(folder);
    int[] foregrounds = AlignedValues.draw(digits.labels(), CLASSES, aligned, random);
    int[] backgrounds = AlignedValues.draw(digits.labels(), CLASSES, aligned, random);
    return new TwoColoredMnist(digits, foregrounds, backgrounds, random.nextLong());
  }

  /**
   * Every one of the 10,000 test digits on every background, each time in another foreground:
   * 100,000 images. Image 10·i + b is digit i on background b. Over the images of a class all 100
   * pairs of colours are equally frequent, to one image.
   *
   * @param folder as of {@link #training}
   * @param seed of the colours' noise
   * @throws DataException if a file cannot be read
   */
  public static TwoColoredMnist balanced(Path folder, long seed) {
    MnistDigits digits = MnistDigits.test(folder);
    int[] foregrounds = new int[CLASSES * digits.count()];
    int[] backgrounds = new int[foregrounds.length];
    int[] seen = new int[CLASSES];
    for (int digit = 0; digit < digits.count(); digit++) {
      int shift = seen[digits.label(digit)]++;
      for (int background = 0; background < CLASSES; background++) {
        int image = CLASSES * digit + background;
        backgrounds[image] = background;
        foregrounds[image] = (background + shift) % CLASSES;
      }
    }
    long noise = new SplittableRandom(seed).split().nextLong();
    return new TwoColoredMnist(digits, foregrounds, backgrounds, noise);
  }

  private void read(int image, float[] into, int offset) {
    int digit = image / imagesOfDigit;
    // A generator of its own for each, so that the order of reading changes nothing.
    SplittableRandom noise = new SplittableRandom(seed + image);
    for (int channel = 0; channel < 3; channel++) {
      double ink = 255 * ColoredMnist.foreground(3 * foregrounds[image] + channel, noise);
      int paper = ColoredMnist.BACKGROUND_COLOURS[3 * backgrounds[image] + channel];
      for (int i = 0; i < MnistDigits.PIXELS; i++) {
        double covered = digits.grey(digit, i) / 255.0;
        int mixed = (int) (covered * ink + (1 - covered) * paper);
        into[offset + channel * MnistDigits.PIXELS + i] = mixed / 255f;
      }
    }
  }

  /**
   * All images as a table with the columns {@code image} (tensors [3,28,28], each number in [0,1]
   * and a multiple of 1/255), {@code digit}, {@code foreground} and {@code background} (text).
   */
  public Table table() {
    int images = foregrounds.length;
    int[] shown = IntStream.range(0, images).map(i -> digits.label(i / imagesOfDigit)).toArray();
    List<String> names = IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
    List<Integer> shape = List.of(3, MnistDigits.SIDE, MnistDigits.SIDE);
    return Table.of(
        List.of(
            TensorColumn.of("image", shape, images, this::read),
            new TextColumn("digit", names, shown),
            new TextColumn("foreground", names, foregrounds),
            new TextColumn("background", names, backgrounds)));
  }
}
