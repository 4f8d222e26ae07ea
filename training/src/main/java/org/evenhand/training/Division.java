package org.evenhand.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows to train on and rows to hold out.
 *
 * @param trained at least two
 * @param heldOut may be none
 */
record Division(int[] trained, int[] heldOut) {
  /** Divides rows, of which there are two at least, at random; two at least are trained on. */
  static Division of(int[] rows, double share, long seed) {
    int[] order = rows.clone();
    shuffle(order, new SplittableRandom(seed));
    int heldOut = Math.min(rows.length - 2, (int) Math.round(share * rows.length));
    int trained = rows.length - heldOut;
    return new Division(
        Arrays.copyOf(order, trained), Arrays.copyOfRange(order, trained, order.length));
  }

  /** All rows to train on. */
  Division undivided() {
    int[] all = Arrays.copyOf(trained, trained.length + heldOut.length);
    System.arraycopy(heldOut, 0, all, trained.length, heldOut.length);
    return new Division(all, new int[0]);
  }

  /** The rows to train on in an epoch's own order, in batches. */
  List<int[]> batches(int size, SplittableRandom random) {
    int[] order = trained.clone();
    shuffle(order, random);
    return batches(order, size);
  }

  /**
   * Batches that differ by one row at most: a last one of a single row would have no variance to
   * normalise by.
   */
  static List<int[]> batches(int[] rows, int size) {
    int count = (rows.length + size - 1) / size;
    List<int[]> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) rows.length * i / count);
      int to = (int) ((long) rows.length * (i + 1) / count);
      batches.add(Arrays.copyOfRange(rows, from, to));
    }
    return batches;
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
