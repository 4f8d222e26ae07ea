package org.evenhand.experiments;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.Shuffle;

/**
 * A task of CelebA at another severity: of the images that train, so many of the rarer class of
 * each gender are left out that they are in a given proportion to the others.
 *
 * @param base the task
 * @param ratio ρ, the images of the rarer class over those of the more frequent one at most, above
 *     0 and at most 1
 */
record SeverityTask(CelebaTask base, double ratio) implements ImageTask {
  /**
   * The task at the severity that a name such as {@code celeba-attractive=0.1} says.
   *
   * @throws ExperimentException if it names none
   */
  static Optional<ImageTask> named(String name) {
    return CelebaTask.ALL.stream()
        .filter(base -> name.startsWith(base.name() + "="))
        .findFirst()
        .map(base -> new SeverityTask(base, ratio(base, name.substring(base.name().length() + 1))));
  }

  private static double ratio(CelebaTask base, String written) {
    if (!written.matches("0\\.[0-9]{1,6}|1") || Double.parseDouble(written) == 0) {
      throw new ExperimentException(
          "The severity of '%s' is '%s'; it must be a ratio of the rarer to the more frequent class above 0, such as 0.1."
              .formatted(base.name(), written));
    }
    return Double.parseDouble(written);
  }

  @Override
  public String name() {
    return base.name() + "-" + ratio;
  }

  @Override
  public String description() {
    return base.description()
        + " Of those that train, the rarer class of each gender has at most %s times the pictures of the other; the rest are left out."
            .formatted(BigDecimal.valueOf(ratio).stripTrailingZeros().toPlainString());
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return base.scale(size);
  }

  @Override
  public Path source(Path data) {
    return base.source(data);
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    ImageRows rows = base.rows(data, scale, seed);
    return new ImageRows(
        rows.train().select(kept(rows.train(), seed)),
        rows.calibration(),
        rows.test(),
        rows.pack());
  }

  /** The rows that stay, ascending. */
  private int[] kept(LabelledSet train, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    IntStream kept = IntStream.empty();
    for (int value = 0; value < train.attributes().get(0).size(); value++) {
      int[] absent = ImageRows.group(train, IntStream.range(0, train.rows()), 0, value);
      int[] present = ImageRows.group(train, IntStream.range(0, train.rows()), 1, value);
      int[] frequent = absent.length < present.length ? present : absent;
      int[] rare = absent.length < present.length ? absent : present;
      IntStream few =
          Arrays.stream(Shuffle.of(rare, random)).limit(Math.round(ratio * frequent.length));
      kept = IntStream.concat(kept, IntStream.concat(Arrays.stream(frequent), few));
    }
    return kept.sorted().toArray();
  }
}
