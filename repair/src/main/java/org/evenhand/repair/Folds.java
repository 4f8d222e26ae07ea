package org.evenhand.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A division of rows into folds for cross-validation. */
public final class Folds {
  private final int[] ofRow;
  private final int count;

  private Folds(int[] ofRow, int count) {
    this.ofRow = ofRow;
    this.count = count;
  }

  /**
   * Rows with the same codes are shuffled and dealt out in turn, going on where those before them
   * stopped, so that every fold has its part of each group.
   *
   * @param codes of the rows, such as classes and values of attributes; one array per kind
   * @param count of folds, at least 2
   * @param seed of the shuffling
   */
  public static Folds stratified(List<int[]> codes, int count, long seed) {
    Map<List<Integer>, List<Integer>> strata = new LinkedHashMap<>();
    int[] fold = new int[codes.get(0).length];
    for (int row = 0; row < fold.length; row++) {
      int at = row;
      strata
          .computeIfAbsent(codes.stream().map(kind -> kind[at]).toList(), key -> new ArrayList<>())
          .add(row);
    }
    Random random = new Random(seed);
    int next = 0;
    for (List<Integer> stratum : strata.values()) {
      Collections.shuffle(stratum, random);
      for (int row : stratum) {
        fold[row] = next++ % count;
      }
    }
    return new Folds(fold, count);
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /**
   * The rows of a fold, ascending.
   *
   * @param fold from 0
   */
  public int[] in(int fold) {
    return IntStream.range(0, ofRow.length).filter(row -> ofRow[row] == fold).toArray();
  }

  /**
   * The rows of all other folds, ascending.
   *
   * @param fold from 0
   */
  public int[] outside(int fold) {
    return IntStream.range(0, ofRow.length).filter(row -> ofRow[row] != fold).toArray();
  }

  /** Every row's fold. */
  public int[] ofRows() {
    return Arrays.copyOf(ofRow, ofRow.length);
  }
}
