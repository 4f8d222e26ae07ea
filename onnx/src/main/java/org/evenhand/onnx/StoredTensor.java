package org.evenhand.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;

/**
 * Numbers in the bytes of an ONNX file, in the order in which they are used.
 *
 * @param name of the tensor, or of the attribute that holds them
 * @param type FLOAT or DOUBLE
 * @param dims the shape in which they are used
 * @param offsets where in the file each number lies, row-major in that shape
 * @param scale what each number is multiplied with before it is used; not 0
 */
record StoredTensor(String name, ElementType type, int[] dims, int[] offsets, double scale) {
  int size() {
    return offsets.length;
  }

  boolean isMatrix() {
    return dims.length == 2;
  }

  StoredTensor reshaped(int... shape) {
    return new StoredTensor(name, type, shape, offsets, scale);
  }

  StoredTensor scaled(double factor) {
    return new StoredTensor(name, type, dims, offsets, scale * factor);
  }

  /** The matrix with rows and columns exchanged. */
  StoredTensor transposed() {
    int rows = dims[0];
    int columns = dims[1];
    int[] exchanged =
        IntStream.range(0, rows * columns)
            .map(i -> offsets[i % rows * columns + i / rows])
            .toArray();
    return new StoredTensor(name, type, new int[] {columns, rows}, exchanged, scale);
  }

  /** One row of the matrix, as a matrix. */
  StoredTensor row(int row) {
    int columns = dims[1];
    int[] picked = Arrays.copyOfRange(offsets, row * columns, (row + 1) * columns);
    return new StoredTensor(name, type, new int[] {1, columns}, picked, scale);
  }

  /** The numbers as they are used. */
  float[] read(byte[] file) {
    ByteBuffer bytes = littleEndian(file);
    float[] values = new float[offsets.length];
    for (int i = 0; i < values.length; i++) {
      double stored =
          type == ElementType.DOUBLE ? bytes.getDouble(offsets[i]) : bytes.getFloat(offsets[i]);
      values[i] = (float) (scale * stored);
    }
    return values;
  }

  /**
   * Overwrites the numbers that change. The others keep their bytes: a 64-bit number, or one with a
   * scale, would not survive being read and written.
   *
   * @param values the numbers to use from now on
   */
  void write(byte[] file, float[] values) {
    float[] before = read(file);
    ByteBuffer bytes = littleEndian(file);
    for (int i = 0; i < offsets.length; i++) {
      if (before[i] == values[i]) {
        continue;
      }
      double stored = values[i] / scale;
      if (type == ElementType.DOUBLE) {
        bytes.putDouble(offsets[i], stored);
      } else {
        bytes.putFloat(offsets[i], (float) stored);
      }
    }
  }

  private static ByteBuffer littleEndian(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  HeadTensor where() {
    int width = type == ElementType.DOUBLE ? Double.BYTES : Float.BYTES;
    IntSummaryStatistics range = Arrays.stream(offsets).summaryStatistics();
    return new HeadTensor(name, offsets.length, range.getMin(), range.getMax() + width);
  }
}
