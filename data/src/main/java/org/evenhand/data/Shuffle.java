package org.evenhand.data;

import java.util.SplittableRandom;

/** Values in random order. */
public final class Shuffle {
  private Shuffle() {}

  /**
   * The same values in random order, every order equally likely (Fisher-Yates shuffle, Knuth 1997,
   * algorithm 3.4.2 P).
   *
   * @param values left as they are
   * @param random one draw a value but the last
   * @return a new array
   */
  public static int[] of(int[] values, SplittableRandom random) {
    int[] shuffled = values.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int value = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = value;
    }
    return shuffled;
  }
}
