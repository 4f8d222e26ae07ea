package org.evenhand.datasets;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.data.DataException;
import org.evenhand.data.Shuffle;

/**
 * Draws a bias: which value every row shows, where class k has value k for its own.
 *
 * <pre>{@code
 * int[] colours = AlignedValues.draw(digits, 10, 0.95, new SplittableRandom(1));
 * }</pre>
 */
public final class AlignedValues {
  private AlignedValues() {}

  /**
   * Of each class's rows, in an order drawn at random, the share {@code aligned} has the class's
   * own value and the others are divided evenly among the other values; shares are rounded as LfF
   * (Nam et al. 2020) rounds them, so that they are exact to one row.
   *
   * @param classes of the rows, each in {@code [0, values)}
   * @param values how many values there are, and classes at most; at least 2
   * @param aligned ρ, in [0,1]; 1/values is unbiased
   * @param random of the order
   * @return the value of every row, in {@code [0, values)}
   * @throws DataException if the share is not one
   */
  public static int[] draw(int[] classes, int values, double aligned, SplittableRandom random) {
    if (!(aligned >= 0 && aligned <= 1)) {
      throw new DataException(
          "The share of aligned images is %s; it must lie between 0 and 1.".formatted(aligned));
    }
    int[] drawn = new int[classes.length];
    for (int each = 0; each < values; each++) {
      int wanted = each;
      int[] own = IntStream.range(0, classes.length).filter(i -> classes[i] == wanted).toArray();
      int[] rows = Shuffle.of(own, random);
      double share = 0;
      int from = 0;
      for (int value = 0; value < values; value++) {
        share += value == wanted ? aligned : (1 - aligned) / (values - 1);
        int to = (int) Math.rint(share * rows.length);
        for (int i = from; i < to; i++) {
          drawn[rows[i]] = value;
        }
        from = to;
      }
    }
    return drawn;
  }
}
