package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.ColoredMnist;
import org.evenhand.data.ColoredMnist.Colouring;
import org.evenhand.data.Labelling;
import org.evenhand.data.Shuffle;
import org.evenhand.data.Split;

/** Table I(e): digits on a coloured background. Every test digit is shown on all ten colours. */
final class ColoredMnistTask implements ImageTask {
  /**
   * Share of digits on their own colour: at it a vanilla model is about as biased as the paper's.
   */
  private static final double ALIGNED = 0.98;

  private static final double TRAIN_SHARE = 0.75;
  private static final int TEST_DIGITS = 2_000;

  @Override
  public String name() {
    return "colored-mnist";
  }

  @Override
  public String description() {
    return """
        Digit × background colour (the colours of ReBias), %.0f %% of the digits on their own colour, the others spread evenly. Of \
        MNIST's 60,000 training digits three quarters train the deployed model and a quarter calibrates; %,d of its test \
        digits, each on all ten colours, are measured on, so that all 100 groups are equally large."""
        .formatted(100 * ALIGNED, TEST_DIGITS);
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return switch (size) {
      case SMALL -> ImageScale.small(28, "small-cnn", 16, 10, 4);
      case FULL -> ImageScale.full(28);
    };
  }

  @Override
  public Path source(Path data) {
    return data.resolve("mnist").resolve("train-images-idx3-ubyte.gz");
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    Path mnist = data.resolve("mnist");
    ColoredMnist biased = ColoredMnist.training(mnist, Colouring.BACKGROUND, ALIGNED, seed);
    LabelledSet known = labelled(biased);
    List<int[]> parts = Split.stratified(known.strata(), seed, TRAIN_SHARE, 1 - TRAIN_SHARE);
    LabelledSet every = labelled(ColoredMnist.counterfactual(mnist, Colouring.BACKGROUND, seed));
    return new ImageRows(
        known.select(parts.get(0)),
        known.select(parts.get(1)),
        every.select(inAllColours(every.rows(), seed)),
        Optional.empty());
  }

  private static LabelledSet labelled(ColoredMnist images) {
    return ImageRows.imagesOnly(Labelling.of("digit", List.of("colour")).apply(images.table()));
  }

  private static int[] inAllColours(int images, long seed) {
    int[] digits =
        Shuffle.of(
            IntStream.range(0, images / ColoredMnist.CLASSES).toArray(),
            new SplittableRandom(seed));
    return Arrays.stream(digits)
        .limit(TEST_DIGITS)
        .flatMap(
            digit ->
                IntStream.range(0, ColoredMnist.CLASSES)
                    .map(colour -> ColoredMnist.CLASSES * digit + colour))
        .toArray();
  }
}
