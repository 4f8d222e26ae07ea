package org.evenhand.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Optional;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;

/**
 * Copies rows of a table into the tensor of one input.
 *
 * @param table already checked against the model's inputs; idle ones get zeros and empty texts
 *     where it lacks their columns
 * @param from the first row
 * @param to one past the last row
 */
record TensorFiller(Table table, int from, int to) {
  private int rows() {
    return to - from;
  }

  OnnxTensor fill(OrtEnvironment environment, GraphInput input) throws OrtException {
    if (input.holdsTensors()) {
      TensorColumn tensors = input.tensors(table);
      return OnnxTensor.createTensor(
          environment,
          FloatBuffer.wrap(tensors(input, tensors)),
          GraphInput.shape(rows(), tensors));
    }
    long[] shape = input.shape(rows());
    return switch (input.type().asked()) {
      case FLOAT -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats(input)), shape);
      case DOUBLE -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(numbers(input)), shape);
      case INT64 -> OnnxTensor.createTensor(environment, LongBuffer.wrap(longs(input)), shape);
      case INT32 -> OnnxTensor.createTensor(environment, IntBuffer.wrap(ints(input)), shape);
      case BOOL ->
          OnnxTensor.createTensor(
              environment, ByteBuffer.wrap(booleans(input)), shape, OnnxJavaType.BOOL);
      case STRING -> OnnxTensor.createTensor(environment, texts(input), shape);
      default -> throw new IllegalStateException(input.type() + " is asked in a wider type");
    };
  }

  private float[] tensors(GraphInput input, TensorColumn column) {
    int size = column.size();
    float[] filled = new float[rows() * size];
    for (int i = 0; i < rows(); i++) {
      column.read(from + i, filled, i * size);
    }
    if (input.type().isWhole()) {
      requireWhole(input, filled, size);
    }
    return filled;
  }

  /** A cast would cut 0.5 down to 0 without a word. */
  private void requireWhole(GraphInput input, float[] numbers, int size) {
    for (int i = 0; i < numbers.length; i++) {
      if (!holds(input.type(), numbers[i])) {
        throw new OnnxException(
            "The image in row %d holds %s, but the model's input '%s' takes whole numbers (%s) only, such as pixels from 0 to 255 that are not scaled."
                .formatted(from + i / size, numbers[i], input.name(), input.type()),
            Setting.IMAGE_SCALE);
      }
    }
  }

  private static boolean holds(ElementType type, double value) {
    return value >= type.least() && value <= type.most() && value == Math.rint(value);
  }

  private double[] numbers(GraphInput input) {
    int width = input.columns().size();
    double[] filled = new double[rows() * width];
    for (int j = 0; j < width; j++) {
      int at = j;
      table
          .find(input.columns().get(j))
          .map(column -> ((NumericColumn) column).values())
          .ifPresent(
              values -> {
                for (int i = 0; i < rows(); i++) {
                  filled[i * width + at] = values[from + i];
                }
              });
    }
    return filled;
  }

  private float[] floats(GraphInput input) {
    double[] numbers = numbers(input);
    float[] filled = new float[numbers.length];
    for (int i = 0; i < filled.length; i++) {
      filled[i] = (float) numbers[i];
    }
    return filled;
  }

  private long[] longs(GraphInput input) {
    return wholeNumbers(input);
  }

  private int[] ints(GraphInput input) {
    long[] wide = wholeNumbers(input);
    int[] filled = new int[wide.length];
    for (int i = 0; i < filled.length; i++) {
      filled[i] = (int) wide[i];
    }
    return filled;
  }

  private byte[] booleans(GraphInput input) {
    long[] wide = wholeNumbers(input);
    byte[] filled = new byte[wide.length];
    for (int i = 0; i < filled.length; i++) {
      filled[i] = (byte) wide[i];
    }
    return filled;
  }

  /** A cast would turn a missing number into 0 without a word. */
  private long[] wholeNumbers(GraphInput input) {
    double[] numbers = numbers(input);
    int width = input.columns().size();
    long[] filled = new long[numbers.length];
    for (int i = 0; i < filled.length; i++) {
      double value = numbers[i];
      if (!holds(input.type(), value)) {
        throw new OnnxException(
            "Column '%s' has %s in row %d, but the model's input '%s' takes %s."
                .formatted(
                    input.columns().get(i % width),
                    Double.isNaN(value) ? "a missing value" : String.valueOf(value),
                    from + i / width,
                    input.name(),
                    input.type() == ElementType.BOOL
                        ? "0 or 1 only"
                        : "whole numbers (%s) only".formatted(input.type())));
      }
      filled[i] = (long) value;
    }
    return filled;
  }

  private String[] texts(GraphInput input) {
    int width = input.columns().size();
    String[] filled = new String[rows() * width];
    for (int j = 0; j < width; j++) {
      Optional<Column> column = table.find(input.columns().get(j));
      for (int i = 0; i < rows(); i++) {
        int row = from + i;
        filled[i * width + j] = column.map(texts -> ((TextColumn) texts).value(row)).orElse("");
      }
    }
    return filled;
  }
}
