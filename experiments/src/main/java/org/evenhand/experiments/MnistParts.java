package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.Labelling;
import org.evenhand.data.Shuffle;
import org.evenhand.data.Split;
import org.evenhand.datasets.ColoredMnist;

/** What the tasks of digits in colours share. */
final class MnistParts {
  private static final double TRAIN_SHARE = 0.75;

  private MnistParts() {}

  static ImageScale scale(ImageChoices.Size size) {
    return switch (size) {
      case SMALL ->
          new ImageScale(28, ImageScale.smallCnn(10, 3, false), ImageScale.smallCnn(4, 3, false));
      case FULL -> ImageScale.full(28);
    };
  }

  static Path folder(Path data) {
    return data.resolve("mnist");
  }

  static Path source(Path data) {
    return folder(data).resolve("train-images-idx3-ubyte.gz");
  }

  /** Images of digits with the colour as their attribute. */
  static LabelledSet labelled(ColoredMnist images) {
    return ImageRows.imagesOnly(Labelling.of("digit", List.of("colour")).apply(images.table()));
  }

  /** The rows of the training digits that train, and those that calibrate. */
  static List<int[]> divided(LabelledSet training, long seed) {
    return Split.stratified(training.strata(), seed, TRAIN_SHARE, 1 - TRAIN_SHARE);
  }

  /**
   * Some of the test digits, each in all colours.
   *
   * @param images a row for every digit in every one of {@link ColoredMnist#CLASSES} colours, digit
   *     by digit
   * @param most so many digits
   */
  static int[] inAllColours(int images, int most, long seed) {
    int colours = ColoredMnist.CLASSES;
    int[] digits =
        Shuffle.of(IntStream.range(0, images / colours).toArray(), new SplittableRandom(seed));
    return Arrays.stream(digits)
        .limit(most)
        .flatMap(digit -> IntStream.range(colours * digit, colours * (digit + 1)))
        .toArray();
  }
}
