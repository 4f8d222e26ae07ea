package org.evenhand.experiments;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.LabelledSet;
import org.evenhand.datasets.ColoredMnist;
import org.evenhand.datasets.ColoredMnist.Colouring;

/**
 * Table I(e): digits on a coloured background. Every test digit is shown on all ten colours.
 *
 * @param aligned share of the other digits that are on their own colour, from 0.1, which is
 *     unbiased, to below 1
 */
record ColoredMnistTask(double aligned) implements ImageTask {
  private static final String NAME = "colored-mnist";

  /** At it a vanilla model is about as biased as the paper's, which does not print its share. */
  private static final double USUAL = 0.98;

  private static final int TEST_DIGITS = 2_000;

  ColoredMnistTask() {
    this(USUAL);
  }

  /**
   * The task at the severity that {@code colored-mnist=0.99} names.
   *
   * @throws ExperimentException if it names none
   */
  static Optional<ImageTask> named(String name) {
    if (!name.startsWith(NAME + "=")) {
      return Optional.empty();
    }
    String share = name.substring(NAME.length() + 1);
    if (!share.matches("0\\.[0-9]{1,6}") || Double.parseDouble(share) < 0.1) {
      throw new ExperimentException(
          "The severity of '%s' is '%s'; it must be a share from 0.1 to below 1, such as 0.99."
              .formatted(NAME, share));
    }
    return Optional.of(new ColoredMnistTask(Double.parseDouble(share)));
  }

  @Override
  public String name() {
    return aligned == USUAL ? NAME : NAME + "-" + aligned;
  }

  @Override
  public String description() {
    return """
        Digit × background colour (the colours of ReBias), %s %% of the digits on their own colour, the others spread evenly. Of \
        MNIST's 60,000 training digits three quarters train the deployed model and a quarter calibrates; %,d of its test \
        digits, each on all ten colours, are measured on, so that all 100 groups are equally large."""
        .formatted(
            BigDecimal.valueOf(aligned).movePointRight(2).stripTrailingZeros().toPlainString(),
            TEST_DIGITS);
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
    ColoredMnist biased = ColoredMnist.training(mnist, Colouring.BACKGROUND, aligned, seed);
    LabelledSet known = MnistParts.labelled(biased);
    List<int[]> parts = MnistParts.divided(known, seed);
    LabelledSet every =
        MnistParts.labelled(ColoredMnist.counterfactual(mnist, Colouring.BACKGROUND, seed));
    return new ImageRows(
        known.select(parts.get(0)),
        known.select(parts.get(1)),
        every.select(MnistParts.inAllColours(every.rows(), TEST_DIGITS, seed)),
        Optional.empty());
  }
}
