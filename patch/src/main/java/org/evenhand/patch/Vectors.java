package org.evenhand.patch;

import java.util.Arrays;

/**
 * The inner loops of training. Each runs over whole arrays from index 0, four of them at a time:
 * HotSpot turns only such loops into vector instructions (with offsets into one flat array it would
 * have to prove that the runs do not overlap), which is three to seven times as fast.
 */
final class Vectors {
  private Vectors() {}

  /** {@code sum += Σ scale · row} over the sparse vector's entries: a product with a matrix. */
  static void addRows(SparseVector scales, float[][] rows, float[] sum) {
    int[] index = scales.index();
    float[] value = scales.value();
    int j = 0;
    for (; j + 4 <= scales.size(); j += 4) {
      addFour(
          value[j],
          rows[index[j]],
          value[j + 1],
          rows[index[j + 1]],
          value[j + 2],
          rows[index[j + 2]],
          value[j + 3],
          rows[index[j + 3]],
          sum);
    }
    for (; j < scales.size(); j++) {
      add(value[j], rows[index[j]], sum);
    }
  }

  /** {@code row += scale · addend} for the sparse vector's entries: an outer product. */
  static void addToRows(SparseVector scales, float[] addend, float[][] rows) {
    int[] index = scales.index();
    float[] value = scales.value();
    int j = 0;
    for (; j + 4 <= scales.size(); j += 4) {
      addToFour(
          addend,
          value[j],
          rows[index[j]],
          value[j + 1],
          rows[index[j + 1]],
          value[j + 2],
          rows[index[j + 2]],
          value[j + 3],
          rows[index[j + 3]]);
    }
    for (; j < scales.size(); j++) {
      add(value[j], addend, rows[index[j]]);
    }
  }

  /** {@code sum = Σ scale · row} over all rows. */
  static void combine(float[] scales, float[][] rows, float[] sum) {
    Arrays.fill(sum, 0);
    int j = 0;
    for (; j + 4 <= scales.length; j += 4) {
      addFour(
          scales[j],
          rows[j],
          scales[j + 1],
          rows[j + 1],
          scales[j + 2],
          rows[j + 2],
          scales[j + 3],
          rows[j + 3],
          sum);
    }
    for (; j < scales.length; j++) {
      add(scales[j], rows[j], sum);
    }
  }

  /** {@code sum += scale · addend}. */
  static void add(float scale, float[] addend, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += scale * addend[i];
    }
  }

  /** The sum of products, in four running sums that do not wait for each other. */
  static float product(float[] one, float[] other) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 4 <= one.length; i += 4) {
      a += one[i] * other[i];
      b += one[i + 1] * other[i + 1];
      c += one[i + 2] * other[i + 2];
      d += one[i + 3] * other[i + 3];
    }
    for (; i < one.length; i++) {
      a += one[i] * other[i];
    }
    return (a + b) + (c + d);
  }

  /** Becomes its positive part. */
  static void rectify(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.max(numbers[i], 0);
    }
  }

  /** What a closed rectifier let nothing through for has no slope. */
  static void close(float[] rectified, float[] slopes) {
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = rectified[i] > 0 ? slopes[i] : 0;
    }
  }

  private static void addFour(
      float a,
      float[] rowA,
      float b,
      float[] rowB,
      float c,
      float[] rowC,
      float d,
      float[] rowD,
      float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (a * rowA[i] + b * rowB[i]) + (c * rowC[i] + d * rowD[i]);
    }
  }

  private static void addToFour(
      float[] addend,
      float a,
      float[] rowA,
      float b,
      float[] rowB,
      float c,
      float[] rowC,
      float d,
      float[] rowD) {
    for (int i = 0; i < addend.length; i++) {
      float value = addend[i];
      rowA[i] += a * value;
      rowB[i] += b * value;
      rowC[i] += c * value;
      rowD[i] += d * value;
    }
  }
}
