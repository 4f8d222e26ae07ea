package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.Labelling;
import org.evenhand.datasets.TwoColoredMnist;

/**
 * Digits in a colour on a coloured background, both of which go with the digit. As in UrbanCars,
 * whose validation part is balanced, they do so only in the images that train the deployed model.
 */
final class TwoColoursTask implements ImageTask {
  static final String FOREGROUND = "foreground";
  static final String BACKGROUND = "background";

  /** UrbanCars' share, for both biases. */
  private static final double ALIGNED = 0.95;

  /** The share of a digit's images in any one of ten colours where all are equally frequent. */
  private static final double UNBIASED = 0.1;

  private static final int TEST_DIGITS = 4_000;

  @Override
  public String name() {
    return "two-colours";
  }

  @Override
  public String description() {
    return """
        Digit × foreground colour (the colours of LfF) × background colour (those of ReBias). Of MNIST's 60,000 training digits \
        three quarters train the deployed model, each of the two colours the digit's own in 95 %% of the images and otherwise \
        spread evenly, independently of the other; a quarter calibrates, in colours that have nothing to do with the digit, as in \
        UrbanCars; %,d of its test digits, each on all ten backgrounds in ten foregrounds, are measured on, so that all groups are \
        equally large to a few images."""
        .formatted(TEST_DIGITS);
  }

  @Override
  public double asked() {
    return 0.8;
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return MnistParts.scale(size);
  }

  @Override
  public Path source(Path data) {
    return MnistParts.source(data);
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    Path mnist = MnistParts.folder(data);
    LabelledSet known = labelled(TwoColoredMnist.training(mnist, ALIGNED, seed));
    LabelledSet unbiased = labelled(TwoColoredMnist.training(mnist, UNBIASED, seed));
    List<int[]> parts = MnistParts.divided(known, seed);
    LabelledSet every = labelled(TwoColoredMnist.balanced(mnist, seed));
    return new ImageRows(
        known.select(parts.get(0)),
        unbiased.select(parts.get(1)),
        every.select(MnistParts.inAllColours(every.rows(), TEST_DIGITS, seed)),
        Optional.empty());
  }

  private static LabelledSet labelled(TwoColoredMnist images) {
    List<String> attributes = List.of(FOREGROUND, BACKGROUND, FOREGROUND + "," + BACKGROUND);
    return ImageRows.imagesOnly(Labelling.of("digit", attributes).apply(images.table()));
  }
}
