package org.evenhand.images;

/**
 * How one axis is resized: every new pixel is a weighted mean of old ones. The weights are a
 * triangle as wide as two pixels of whichever grid is coarser, so that enlarging interpolates
 * linearly and shrinking leaves no pixel out.
 *
 * @param first for every new pixel the first old one that may count
 * @param taps how many old ones may count
 * @param weights new pixels × taps, row-major; each row sums to one
 */
record Resampling(int[] first, int taps, float[] weights) {
  /**
   * @param from the first old pixel
   * @param length how many old pixels there are
   * @param size how many new pixels there will be
   */
  static Resampling of(int from, int length, int size) {
    double scale = (double) length / size;
    double support = Math.max(1, scale);
    int taps = Math.min(length, (int) Math.ceil(2 * support) + 1);
    int[] first = new int[size];
    float[] weights = new float[size * taps];
    for (int i = 0; i < size; i++) {
      double centre = (i + 0.5) * scale;
      int start = (int) Math.floor(centre - support);
      int window = Math.max(0, Math.min(start, length - taps));
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        sum += triangle(window + tap + 0.5 - centre, support);
      }
      for (int tap = 0; tap < taps; tap++) {
        weights[i * taps + tap] = (float) (triangle(window + tap + 0.5 - centre, support) / sum);
      }
      first[i] = from + window;
    }
    return new Resampling(first, taps, weights);
  }

  private static double triangle(double distance, double support) {
    return Math.max(0, 1 - Math.abs(distance) / support);
  }

  /** Resizes every row of a matrix of {@code height} rows: {@code height} × new pixels. */
  void rows(float[] matrix, int width, int height, float[] into) {
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < first.length; i++) {
        float sum = 0;
        for (int tap = 0; tap < taps; tap++) {
          sum += weights[i * taps + tap] * matrix[y * width + first[i] + tap];
        }
        into[y * first.length + i] = sum;
      }
    }
  }

  /** One new pixel of a column of a matrix. */
  float at(float[] matrix, int width, int column, int i) {
    float sum = 0;
    for (int tap = 0; tap < taps; tap++) {
      sum += weights[i * taps + tap] * matrix[(first[i] + tap) * width + column];
    }
    return sum;
  }
}
