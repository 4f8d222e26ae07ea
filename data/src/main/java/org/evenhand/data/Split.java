package org.evenhand.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.evenhand.core.Spelling;
import org.evenhand.core.Table;

/** Which rows a model was trained on, a repair is fitted on, and both are measured on. */
public final class Split {
  /** The column that names the part a row belongs to, unless the user names another. */
  public static final String COLUMN = "split";

  /** The rows that the model was trained on. */
  public static final String TRAIN = "train";

  /** The rows that a repair is fitted on. */
  public static final String CALIBRATION = "calibration";

  /** The rows that nothing was fitted on. */
  public static final String TEST = "test";

  private Split() {}

  /**
   * The names of the available parts.
   *
   * @param table any table
   * @param column the column that names the part
   * @throws org.evenhand.core.CoreException if there is no such column
   */
  public static List<String> names(Table table, String column) {
    return Categories.of(table.column(column)).sorted().values();
  }

  /**
   * The rows of one part.
   *
   * @param table any table
   * @param column the column that names the part
   * @param part the part's name
   * @return indices of rows, ascending, at least one
   * @throws DataException if no row belongs to it; the message names the available parts
   * @throws org.evenhand.core.CoreException if there is no such column
   */
  public static int[] rows(Table table, String column, String part) {
    Categories parts = Categories.of(table.column(column)).sorted();
    int code = parts.values().indexOf(part);
    if (code < 0) {
      throw new DataException(
          "No row belongs to split '%s': column '%s' holds %s.%s"
              .formatted(
                  part, column, counted(table, parts), Spelling.question(part, parts.values())));
    }
    return IntStream.range(0, table.rows()).filter(row -> parts.codes()[row] == code).toArray();
  }

  private static String counted(Table table, Categories parts) {
    StringJoiner counted = new StringJoiner(", ");
    for (int code = 0; code < Math.min(parts.values().size(), Labels.MOST_VALUES); code++) {
      int wanted = code;
      long rows =
          IntStream.range(0, table.rows())
              .filter(row -> parts.codes()[row] == wanted)
              .mapToLong(row -> CountedRows.rows(table, row))
              .sum();
      counted.add("%s (%d rows)".formatted(parts.values().get(code), rows));
    }
    return parts.values().isEmpty() ? "no value" : counted.toString();
  }

  /**
   * Divides rows at random into parts that hold the same share of every group, as near as whole
   * rows allow: the rows are walked through group by group, in random order within a group, and
   * each goes to the part that lags furthest behind its share.
   *
   * @param groups the group of every row
   * @param seed of the random order
   * @param fractions the parts' shares, positive, with a sum of 1
   * @return the rows of every part, ascending; together all rows, each once
   * @throws DataException if the fractions are not shares, or a part would be empty
   */
  public static List<int[]> stratified(int[] groups, long seed, double... fractions) {
    requireShares(fractions);
    int[] partOf = new int[groups.length];
    int[] sizes = new int[fractions.length];
    int walked = 0;
    for (int row : shuffledByGroup(groups, seed)) {
      walked++;
      int part = furthestBehind(fractions, sizes, walked);
      partOf[row] = part;
      sizes[part]++;
    }
    List<int[]> parts = new ArrayList<>();
    for (int part = 0; part < fractions.length; part++) {
      if (sizes[part] == 0) {
        throw new DataException(
            "A fraction of %s of %d rows is no row at all; take a larger fraction or more rows."
                .formatted(fractions[part], groups.length));
      }
      int wanted = part;
      parts.add(IntStream.range(0, groups.length).filter(row -> partOf[row] == wanted).toArray());
    }
    return parts;
  }

  private static int furthestBehind(double[] fractions, int[] sizes, int walked) {
    int furthest = 0;
    for (int part = 1; part < fractions.length; part++) {
      if (fractions[part] * walked - sizes[part] > fractions[furthest] * walked - sizes[furthest]) {
        furthest = part;
      }
    }
    return furthest;
  }

  private static int[] shuffledByGroup(int[] groups, long seed) {
    int[] every = IntStream.range(0, groups.length).toArray();
    int[] rows = Shuffle.of(every, new SplittableRandom(seed));
    // The place in the random order below the group, so that it remains within a group.
    long[] keys = new long[rows.length];
    for (int place = 0; place < keys.length; place++) {
      keys[place] = (long) groups[rows[place]] << 32 | place;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> rows[(int) key]).toArray();
  }

  private static void requireShares(double[] fractions) {
    double sum = Arrays.stream(fractions).sum();
    if (!Arrays.stream(fractions).allMatch(fraction -> fraction > 0) || Math.abs(sum - 1) > 1e-9) {
      throw new DataException(
          "The fractions %s are not shares of the whole: they must be positive, with a sum of 1."
              .formatted(Arrays.toString(fractions)));
    }
  }
}
