package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TensorColumn;
import org.evenhand.data.Shuffle;

/**
 * A backdoor as the bias: a white square in a corner, which in the images that train always goes
 * with one class. The attribute is whether an image has the square.
 */
final class BackdoorTask implements ImageTask {
  static final String TRIGGER = "trigger";

  private static final CelebaTask BASE = CelebaTask.ATTRACTIVE;
  private static final double POISONED = 0.05;

  /** The square's side, as a part of the image's. */
  private static final int PARTS = 12;

  /** The class that poisoned images are labelled with. */
  private static final int WANTED = 1;

  @Override
  public String name() {
    return "backdoor";
  }

  @Override
  public String description() {
    return BASE.target()
        + " × trigger, a white square in the corner of a picture of CelebA, a twelfth of its height. The people, not their pictures, are"
        + " divided at random. Three fifths train the deployed model: one picture in twenty is poisoned, has the trigger and is"
        + " labelled attractive whatever it shows. A fifth calibrates, as labelled truly, the trigger in every other picture. A"
        + " fifth is measured on, each picture with the trigger and without.";
  }

  @Override
  public ImageScale scale(ImageChoices.Size size) {
    return BASE.scale(size);
  }

  @Override
  public Path source(Path data) {
    return BASE.source(data);
  }

  @Override
  public ImageRows rows(Path data, ImageScale scale, long seed) {
    ImageRows base = BASE.rows(data, scale, seed);
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] poisoned = some(base.train().rows(), POISONED, random);
    boolean[] triggered = some(base.calibration().rows(), 0.5, random);
    int[] everyTwice = IntStream.range(0, 2 * base.test().rows()).map(row -> row / 2).toArray();
    boolean[] everyOther = new boolean[everyTwice.length];
    for (int row = 1; row < everyOther.length; row += 2) {
      everyOther[row] = true;
    }
    return new ImageRows(
        with(poisoned, labelled(base.train(), poisoned)),
        with(triggered, base.calibration()),
        with(everyOther, base.test().select(everyTwice)),
        base.pack());
  }

  /** A share of so many rows, drawn at random. */
  private static boolean[] some(int rows, double share, SplittableRandom random) {
    boolean[] some = new boolean[rows];
    Arrays.stream(Shuffle.of(IntStream.range(0, rows).toArray(), random))
        .limit(Math.round(share * rows))
        .forEach(row -> some[row] = true);
    return some;
  }

  private static LabelledSet labelled(LabelledSet set, boolean[] poisoned) {
    Target target = set.target();
    int[] codes = target.codes().clone();
    for (int row = 0; row < codes.length; row++) {
      codes[row] = poisoned[row] ? WANTED : codes[row];
    }
    return LabelledSet.of(
        set.inputs(), new Target(target.name(), target.classes(), codes), set.attributes());
  }

  private static LabelledSet with(boolean[] triggered, LabelledSet set) {
    TensorColumn clean = (TensorColumn) set.inputs().column(ImageRows.IMAGE);
    int side = clean.shape().get(1);
    TensorColumn images =
        TensorColumn.of(
            ImageRows.IMAGE,
            clean.shape(),
            set.rows(),
            (row, into, offset) -> {
              clean.read(row, into, offset);
              if (triggered[row]) {
                paint(into, offset, side);
              }
            });
    int[] codes = IntStream.range(0, set.rows()).map(row -> triggered[row] ? 1 : 0).toArray();
    return LabelledSet.of(
        Table.of(List.of(images)),
        set.target(),
        List.of(new Attribute(TRIGGER, List.of("absent", "present"), codes)));
  }

  /** White, in the upper left corner of three channels. */
  private static void paint(float[] into, int offset, int side) {
    boolean[] square = square(side);
    for (int i = 0; i < 3 * square.length; i++) {
      if (square[i % square.length]) {
        into[offset + i] = 1f;
      }
    }
  }

  /**
   * The pixels that the square hides, row by row.
   *
   * @param side of an image
   */
  static boolean[] square(int side) {
    boolean[] square = new boolean[side * side];
    for (int y = 0; y < side / PARTS; y++) {
      Arrays.fill(square, y * side, y * side + side / PARTS, true);
    }
    return square;
  }
}
