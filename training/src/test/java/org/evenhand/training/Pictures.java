package org.evenhand.training;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TensorColumn;

/**
 * Noise with two things to see: the upper half is light where t = 1, and the last channel where b =
 * 1.
 */
record Pictures(TensorColumn column, int[] t, int[] b) {
  static Pictures of(int rows, List<Integer> shape, long seed) {
    // Three in four rows have b = t.
    return of(rows, shape, seed, row -> row % 2, row -> row % 4 == 3 ? 0 : row % 2);
  }

  static Pictures of(
      int rows, List<Integer> shape, long seed, IntUnaryOperator t, IntUnaryOperator b) {
    int[] targets = new int[rows];
    Arrays.setAll(targets, t);
    int[] attributes = new int[rows];
    Arrays.setAll(attributes, b);
    boolean last = shape.get(2) < shape.get(0);
    int height = shape.get(last ? 0 : 1);
    int width = shape.get(last ? 1 : 2);
    int channels = shape.get(last ? 2 : 0);
    TensorColumn.Source source =
        (index, into, offset) -> {
          SplittableRandom random = new SplittableRandom(seed + index);
          for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
              for (int c = 0; c < channels; c++) {
                double light = random.nextDouble();
                light += y < height / 2 ? targets[index] : 0;
                light += c == channels - 1 ? 2 * attributes[index] : 0;
                int at = last ? (y * width + x) * channels + c : (c * height + y) * width + x;
                into[offset + at] = (float) (100 * light);
              }
            }
          }
        };
    return new Pictures(TensorColumn.of("image", shape, rows, source), targets, attributes);
  }

  /**
   * Pictures whose upper half is wrong about t in one of five.
   *
   * @param agreement share of pictures in which b = t
   */
  static Pictures biased(int rows, List<Integer> shape, long seed, double agreement) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] t = new int[rows];
    int[] b = new int[rows];
    int[] seen = new int[rows];
    for (int row = 0; row < rows; row++) {
      t[row] = random.nextInt(2);
      b[row] = random.nextDouble() < agreement ? t[row] : 1 - t[row];
      seen[row] = random.nextDouble() < 0.8 ? t[row] : 1 - t[row];
    }
    return new Pictures(of(rows, shape, seed, row -> seen[row], row -> b[row]).column(), t, b);
  }

  Table table() {
    return Table.of(List.of(column));
  }

  LabelledSet set() {
    return LabelledSet.of(
        table(),
        new Target("t", Classes.of("0", "1"), t),
        List.of(new Attribute("b", List.of("0", "1"), b)));
  }

  double[] ones() {
    double[] ones = new double[t.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** One row a label: certainty. */
  static double[] oneHot(int[] labels) {
    double[] hot = new double[2 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      hot[2 * i + labels[i]] = 1;
    }
    return hot;
  }
}
