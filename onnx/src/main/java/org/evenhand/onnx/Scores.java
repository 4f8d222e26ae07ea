package org.evenhand.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.evenhand.core.ScoreOutput;

/** Scores as a matrix, however a model lays them out. */
final class Scores {
  private Scores() {}

  /**
   * The scores of every row for every class, rows × K, row-major, K ≥ 2.
   *
   * @param score how they are laid out
   * @param answered every output that holds them
   * @param classes their names, in order
   * @throws OnnxException if an output has no entry per row
   */
  static double[] matrix(
      ScoreOutput score, Map<String, OutputValues> answered, List<String> classes) {
    OutputValues values = OnnxClassifier.perRow(score.outputs().get(0), answered);
    return switch (score.layout()) {
      case MATRIX -> numbers(values);
      case REVERSED -> reversed(numbers(values));
      case SINGLE -> bothClasses(score, Arrays.stream(numbers(values)));
      case BESIDE -> bothClasses(score, secondColumn(numbers(values)));
      case MAPS ->
          ((OutputValues.Maps) values)
              .values().stream()
                  .flatMapToDouble(
                      row ->
                          classes.stream().mapToDouble(name -> row.getOrDefault(name, Double.NaN)))
                  .toArray();
      case COLUMNS -> sideBySide(score, answered);
    };
  }

  private static double[] bothClasses(ScoreOutput score, DoubleStream ofSecond) {
    return ofSecond.flatMap(second -> Arrays.stream(score.scale().bothClasses(second))).toArray();
  }

  private static DoubleStream secondColumn(double[] pairs) {
    return IntStream.range(0, pairs.length / 2).mapToDouble(row -> pairs[2 * row + 1]);
  }

  private static double[] numbers(OutputValues values) {
    return ((OutputValues.Numbers) values).values();
  }

  private static double[] reversed(double[] pairs) {
    double[] reversed = new double[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      reversed[i] = pairs[i ^ 1];
    }
    return reversed;
  }

  private static double[] sideBySide(ScoreOutput score, Map<String, OutputValues> answered) {
    List<String> columns = score.columns();
    int size = columns.size();
    double[] matrix = new double[0];
    for (int k = 0; k < size; k++) {
      double[] column = numbers(OnnxClassifier.perRow(columns.get(k), answered));
      matrix = k == 0 ? new double[column.length * size] : matrix;
      for (int row = 0; row < column.length; row++) {
        matrix[row * size + k] = column[row];
      }
    }
    return matrix;
  }
}
