package org.evenhand.onnx;

import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;

/**
 * Numbers in the bytes of an ONNX file, in the order in which they are used.
 *
 * @param name of the tensor, or of the attribute that holds them
 * @param type FLOAT, DOUBLE or FLOAT16
 * @param dims the shape in which they are used
 * @param offsets where in the file each number lies, row-major in that shape
 * @param factors what each number is multiplied with before it is used; not 0
 * @param terms what is then added to each
 */
record StoredTensor(
    String name, ElementType type, int[] dims, int[] offsets, double[] factors, double[] terms) {
  /** Numbers that are used as they are. */
  StoredTensor(String name, ElementType type, int[] dims, int[] offsets) {
    this(name, type, dims, offsets, ones(offsets.length), new double[offsets.length]);
  }

  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  int size() {
    return offsets.length;
  }

  boolean isMatrix() {
    return dims.length == 2;
  }

  StoredTensor reshaped(int... shape) {
    return new StoredTensor(name, type, shape, offsets, factors, terms);
  }

  StoredTensor scaled(double factor) {
    return new StoredTensor(
        name, type, dims, offsets, times(factors, factor), times(terms, factor));
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  /** A bias with further numbers added to it. */
  StoredTensor plus(double[] added) {
    double[] sums = IntStream.range(0, size()).mapToDouble(i -> terms[i] + added[i]).toArray();
    return new StoredTensor(name, type, dims, offsets, factors, sums);
  }

  /** The same with each row, or each number of a bias, multiplied with a number of its own. */
  StoredTensor rowsScaled(double[] byRow) {
    int columns = Math.max(1, size() / byRow.length);
    return new StoredTensor(
        name,
        type,
        dims,
        offsets,
        rowsScaled(factors, byRow, columns),
        rowsScaled(terms, byRow, columns));
  }

  private static double[] rowsScaled(double[] values, double[] byRow, int columns) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i] * byRow[i / columns])
        .toArray();
  }

  /** The matrix with rows and columns exchanged. */
  StoredTensor transposed() {
    int rows = dims[0];
    int columns = dims[1];
    int[] order =
        IntStream.range(0, rows * columns).map(i -> i % rows * columns + i / rows).toArray();
    return picked(order, columns, rows);
  }

  /** One row of the matrix, as a matrix. */
  StoredTensor row(int row) {
    int columns = dims[1];
    return picked(IntStream.range(row * columns, (row + 1) * columns).toArray(), 1, columns);
  }

  private StoredTensor picked(int[] order, int... shape) {
    return new StoredTensor(
        name,
        type,
        shape,
        IntStream.of(order).map(i -> offsets[i]).toArray(),
        IntStream.of(order).mapToDouble(i -> factors[i]).toArray(),
        IntStream.of(order).mapToDouble(i -> terms[i]).toArray());
  }

  /** The numbers as they are used. */
  float[] read(byte[] file) {
    ByteBuffer bytes = littleEndian(file);
    float[] values = new float[offsets.length];
    for (int i = 0; i < values.length; i++) {
      double stored =
          switch (type) {
            case DOUBLE -> bytes.getDouble(offsets[i]);
            case FLOAT16 -> Fp16Conversions.fp16ToFloat(bytes.getShort(offsets[i]));
            default -> bytes.getFloat(offsets[i]);
          };
      values[i] = (float) (factors[i] * stored + terms[i]);
    }
    return values;
  }

  /**
   * Overwrites the numbers that change. The others keep their bytes: a 64-bit number, or one with a
   * factor, would not survive being read and written.
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
      double stored = (values[i] - terms[i]) / factors[i];
      switch (type) {
        case DOUBLE -> bytes.putDouble(offsets[i], stored);
        case FLOAT16 -> bytes.putShort(offsets[i], Fp16Conversions.floatToFp16((float) stored));
        default -> bytes.putFloat(offsets[i], (float) stored);
      }
    }
  }

  private static ByteBuffer littleEndian(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  HeadTensor where() {
    int width = width(type);
    IntSummaryStatistics range = Arrays.stream(offsets).summaryStatistics();
    return new HeadTensor(name, offsets.length, range.getMin(), range.getMax() + width);
  }

  /** Bytes a number. */
  static int width(ElementType type) {
    return switch (type) {
      case DOUBLE -> Double.BYTES;
      case FLOAT16 -> Short.BYTES;
      default -> Float.BYTES;
    };
  }
}
