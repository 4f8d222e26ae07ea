package org.evenhand.datasets;

/**
 * One channel of a square picture.
 *
 * @param side in pixels
 * @param values side × side, row-major
 */
record Plane(int side, float[] values) {
  static Plane empty(int side) {
    return new Plane(side, new float[side * side]);
  }

  /** Rounds numbers that were added up. */
  static Plane of(int side, double[] sums) {
    Plane plane = empty(side);
    for (int i = 0; i < sums.length; i++) {
      plane.values[i] = (float) sums[i];
    }
    return plane;
  }

  float at(int row, int column) {
    return values[row * side + column];
  }

  /** Beyond an edge the pixel at the edge goes on. */
  float atOrEdge(int row, int column) {
    return at(Math.max(0, Math.min(side - 1, row)), Math.max(0, Math.min(side - 1, column)));
  }

  /** Beyond an edge the picture is mirrored, the pixel at the edge not being repeated. */
  float atOrMirrored(int row, int column) {
    return at(mirrored(row), mirrored(column));
  }

  private int mirrored(int place) {
    int last = side - 1;
    int within = Math.floorMod(place, 2 * last);
    return within <= last ? within : 2 * last - within;
  }

  void set(int row, int column, double value) {
    values[row * side + column] = (float) value;
  }
}
