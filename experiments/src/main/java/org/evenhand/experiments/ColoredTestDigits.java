package org.evenhand.experiments;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.data.Shuffle;
import org.evenhand.datasets.ColoredMnist;

/**
 * The test digits of one run of {@link ColoredMnistUnlearning}, and what is measured on them.
 *
 * @param images every test digit in every colour
 * @param pairs what is learnt from
 * @param oracle images of other digits, which only an oracle learns from
 * @param measured images that nothing learns from: digit by digit, each in all colours
 * @param unseen pairs of those, as places in {@code measured}
 */
record ColoredTestDigits(
    ColoredMnist images, Pairs pairs, int[] oracle, int[] measured, Pairs unseen) {
  static final int PAIRS = 500;
  static final int ORACLE_DIGITS = 2_000;

  private static final int COLOURS = ColoredMnist.CLASSES;

  /**
   * Each digit in its own colour and in one random other.
   *
   * @param own one image a digit
   * @param other one image a digit
   */
  record Pairs(int[] own, int[] other) {
    /** The images of both, own colours first. */
    int[] members() {
      return IntStream.concat(Arrays.stream(own), Arrays.stream(other)).toArray();
    }
  }

  static ColoredTestDigits of(ColoredMnist images, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] digits = Shuffle.of(IntStream.range(0, images.images() / COLOURS).toArray(), random);
    int[] kept = Arrays.copyOfRange(digits, ORACLE_DIGITS, digits.length);
    int[] places = IntStream.range(0, kept.length).toArray();
    return new ColoredTestDigits(
        images,
        pairs(images, Arrays.copyOf(digits, PAIRS), Arrays.copyOf(digits, PAIRS), random),
        inAllColours(Arrays.copyOf(digits, ORACLE_DIGITS)),
        inAllColours(kept),
        pairs(images, kept, places, random));
  }

  private static int[] inAllColours(int[] digits) {
    return Arrays.stream(digits)
        .flatMap(digit -> IntStream.range(COLOURS * digit, COLOURS * (digit + 1)))
        .toArray();
  }

  /**
   * @param places of the digits, among those whose images stand one behind the other
   */
  private static Pairs pairs(
      ColoredMnist images, int[] digits, int[] places, SplittableRandom random) {
    int[] own = new int[digits.length];
    int[] other = new int[digits.length];
    for (int i = 0; i < digits.length; i++) {
      int digit = images.digit(COLOURS * digits[i]);
      own[i] = COLOURS * places[i] + digit;
      other[i] = COLOURS * places[i] + (digit + 1 + random.nextInt(COLOURS - 1)) % COLOURS;
    }
    return new Pairs(own, other);
  }

  /** The colour of every image. */
  int[] coloursOf(int[] which) {
    return Arrays.stream(which).map(images::colour).toArray();
  }

  /**
   * A line of the table.
   *
   * @param answers to the measured images
   */
  UnlearntPart.Line line(String method, Answers.Soft answers, Cost cost) {
    int[] decisions = answers.decisions(DecisionRule.MOST_PROBABLE);
    double right = 0;
    double rightInOthers = 0;
    for (int row = 0; row < decisions.length; row++) {
      int digit = images.digit(measured[row]);
      boolean correct = decisions[row] == digit;
      right += correct ? 1 : 0;
      rightInOthers += correct && images.colour(measured[row]) != digit ? 1 : 0;
    }
    double inOthers = decisions.length * (1 - 1.0 / COLOURS);
    double bias =
        CounterfactualBias.of(
            answers.select(unseen.own()),
            answers.select(unseen.other()),
            Arrays.stream(unseen.own()).map(place -> images.digit(measured[place])).toArray());
    return new UnlearntPart.Line(
        method,
        List.of(
            right / decisions.length,
            rightInOthers / inOthers,
            bias,
            cost.seconds(),
            (double) cost.parameters(),
            (double) cost.samples()));
  }
}
