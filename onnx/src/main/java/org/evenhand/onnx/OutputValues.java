package org.evenhand.onnx;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What one output of a model says about a run of rows, copied out of native memory. */
sealed interface OutputValues {
  /** The number of rows. */
  int rows();

  /**
   * Floating-point numbers.
   *
   * @param values rows × width, row-major
   * @param width numbers a row
   * @param rank of the tensor: 1 for {@code [N]}
   */
  record Numbers(double[] values, int width, int rank) implements OutputValues {
    @Override
    public int rows() {
      return values.length / width;
    }
  }

  /**
   * One label per row, written out.
   *
   * @param values one per row
   * @param type INT64, INT32, BOOL or STRING
   * @param rank of the tensor: 1 for {@code [N]}, 2 for {@code [N,1]}
   */
  record Labels(List<String> values, ElementType type, int rank) implements OutputValues {
    @Override
    public int rows() {
      return values.size();
    }
  }

  /**
   * One map from class to number per row, as scikit-learn exporters write.
   *
   * @param values keys written out, whole numbers in numeric order
   * @param integerKeys whether the keys are whole numbers rather than texts
   */
  record Maps(List<Map<String, Double>> values, boolean integerKeys) implements OutputValues {
    @Override
    public int rows() {
      return values.size();
    }
  }

  /** Copies an output; empty if it is of a kind that says nothing about single rows. */
  static Optional<OutputValues> copy(OnnxValue value, int rows) throws OrtException {
    if (value instanceof OnnxTensor tensor) {
      return copyTensor(tensor, rows);
    }
    if (value instanceof OnnxSequence sequence && sequence.getInfo().isSequenceOfMaps()) {
      Maps maps = copyMaps(sequence);
      return maps.rows() == rows ? Optional.of(maps) : Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<OutputValues> copyTensor(OnnxTensor tensor, int rows)
      throws OrtException {
    TensorInfo info = tensor.getInfo();
    long[] shape = info.getShape();
    if (shape.length < 1 || shape[0] != rows || rows == 0) {
      return Optional.empty();
    }
    // [N,1,K] and [N,K,1] hold what [N,K] does.
    long[] wide = LongStream.of(shape).skip(1).filter(size -> size != 1).toArray();
    if (wide.length > 1) {
      return Optional.empty();
    }
    int width = wide.length == 0 ? 1 : (int) wide[0];
    return switch (info.type) {
      case FLOAT -> Optional.of(new Numbers(widened(tensor.getFloatBuffer()), width, shape.length));
      case DOUBLE ->
          Optional.of(new Numbers(copied(tensor.getDoubleBuffer()), width, shape.length));
      case INT64, INT32, BOOL, STRING ->
          width == 1
              ? Optional.of(
                  new Labels(
                      labels(tensor, rows), ElementType.valueOf(info.type.name()), shape.length))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static double[] widened(FloatBuffer floats) {
    double[] copy = new double[floats.remaining()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = floats.get(i);
    }
    return copy;
  }

  private static double[] copied(DoubleBuffer doubles) {
    double[] copy = new double[doubles.remaining()];
    doubles.get(copy);
    return copy;
  }

  private static List<String> labels(OnnxTensor tensor, int rows) throws OrtException {
    return switch (tensor.getInfo().type) {
      case INT64 -> {
        LongBuffer longs = tensor.getLongBuffer();
        yield IntStream.range(0, rows).mapToObj(i -> String.valueOf(longs.get(i))).toList();
      }
      case INT32 -> {
        IntBuffer ints = tensor.getIntBuffer();
        yield IntStream.range(0, rows).mapToObj(i -> String.valueOf(ints.get(i))).toList();
      }
      case BOOL -> {
        var bytes = tensor.getByteBuffer();
        yield IntStream.range(0, rows).mapToObj(i -> String.valueOf(bytes.get(i))).toList();
      }
      default -> {
        Object texts = tensor.getValue();
        yield texts instanceof String[][] matrix
            ? IntStream.range(0, rows).mapToObj(i -> matrix[i][0]).toList()
            : List.of((String[]) texts);
      }
    };
  }

  private static Maps copyMaps(OnnxSequence sequence) throws OrtException {
    List<Map<String, Double>> copies = new ArrayList<>();
    boolean integerKeys = false;
    for (OnnxValue element : sequence.getValue()) {
      try (OnnxMap map = (OnnxMap) element) {
        TreeMap<Object, Double> sorted = new TreeMap<>();
        map.getValue().forEach((key, number) -> sorted.put(key, ((Number) number).doubleValue()));
        Map<String, Double> copy = new LinkedHashMap<>();
        sorted.forEach((key, number) -> copy.put(key.toString(), number));
        integerKeys = sorted.firstKey() instanceof Long;
        copies.add(copy);
      }
    }
    return new Maps(copies, integerKeys);
  }

  /** The rows of all parts, in order; the parts come from the same output. */
  static OutputValues concatenated(List<OutputValues> parts) {
    OutputValues head = parts.get(0);
    if (head instanceof Numbers numbers) {
      int rows = parts.stream().mapToInt(OutputValues::rows).sum();
      double[] all = new double[rows * numbers.width()];
      int at = 0;
      for (OutputValues part : parts) {
        double[] values = ((Numbers) part).values();
        System.arraycopy(values, 0, all, at, values.length);
        at += values.length;
      }
      return new Numbers(all, numbers.width(), numbers.rank());
    }
    if (head instanceof Labels labels) {
      List<String> all = parts.stream().flatMap(part -> ((Labels) part).values().stream()).toList();
      return new Labels(all, labels.type(), labels.rank());
    }
    List<Map<String, Double>> all =
        parts.stream().flatMap(part -> ((Maps) part).values().stream()).toList();
    return new Maps(all, ((Maps) head).integerKeys());
  }
}
