package org.evenhand.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.ModelContract;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;

/**
 * Tells what the numbers of an output are: first from the operator that made them, then from the
 * numbers that it gives the probe rows.
 *
 * @param graph the model's graph
 * @param labels what its label says about the probe rows
 * @param contract what the user declares
 * @param fused what the file says of the scores, if we wrote it
 */
record ScoreReader(Graph graph, ProbeLabels labels, ModelContract contract, FusedScores fused) {
  /** Rounded probabilities still sum to one within this. */
  static final double TOLERANCE = 1e-3;

  /**
   * The scores in an output; empty if it holds none.
   *
   * @param chosen whether the user named the output
   */
  Optional<ScoreOutput> read(String name, boolean chosen) {
    OutputValues values = labels.probe().get(name);
    if (values instanceof OutputValues.Maps maps) {
      double[] numbers =
          maps.values().stream()
              .flatMap(row -> row.values().stream())
              .mapToDouble(Double::doubleValue)
              .toArray();
      return scale(name, Layout.MAPS, numbers, maps.values().get(0).size(), chosen)
          .map(scale -> new ScoreOutput(name, Layout.MAPS, scale, 0));
    }
    if (values instanceof OutputValues.Numbers tensor) {
      Layout form = layout(name, tensor);
      return scale(name, form, tensor.values(), tensor.width(), chosen)
          .map(scale -> new ScoreOutput(name, form, scale, tensor.rank()));
    }
    return Optional.empty();
  }

  /** One output per class, named after it, as exporters with {@code zipmap='columns'} write. */
  Optional<ScoreOutput> columns() {
    Optional<List<String>> classes = labels.labels().find(labels.starts(), 0);
    if (classes.isEmpty()) {
      return Optional.empty();
    }
    String first = classes.get().get(0);
    return labels.outputs().stream()
        .filter(output -> output.endsWith(first))
        .map(output -> output.substring(0, output.length() - first.length()))
        .map(prefix -> classes.get().stream().map(name -> prefix + name).toList())
        .filter(names -> names.stream().allMatch(this::holdsOneNumber))
        .map(
            names ->
                new ScoreOutput(names.get(0), Layout.COLUMNS, ScoreScale.PROBABILITIES, 1, names))
        .filter(score -> fits(score, classes.get()))
        .findFirst();
  }

  private boolean holdsOneNumber(String output) {
    return labels.probe().get(output) instanceof OutputValues.Numbers numbers
        && numbers.width() == 1;
  }

  private boolean fits(ScoreOutput score, List<String> classes) {
    double[] matrix = Scores.matrix(score, labels.probe(), classes);
    int size = classes.size();
    return IntStream.range(0, matrix.length / size)
        .allMatch(
            row -> score.scale().fits(Arrays.copyOfRange(matrix, row * size, (row + 1) * size)));
  }

  private Layout layout(String name, OutputValues.Numbers tensor) {
    if (tensor.width() == 1) {
      return Layout.SINGLE;
    }
    if (fused.reversed().contains(name)) {
      return Layout.REVERSED;
    }
    if (fused.beside().contains(name) || standsBesideNothing(name, tensor)) {
      return Layout.BESIDE;
    }
    // ONNX Runtime gives the scores of a support vector machine in the order of its votes.
    boolean votes =
        graph.maker(name).filter(node -> node.getOpType().equals("SVMClassifier")).isPresent();
    return votes && tensor.width() == 2 && labels.oppose(tensor.values())
        ? Layout.REVERSED
        : Layout.MATRIX;
  }

  /** Whether trees left the first of two columns empty of meaning, stretched since or not. */
  private boolean standsBesideNothing(String name, OutputValues.Numbers tensor) {
    if (ScoreOrigin.treeScore(graph, name).filter(TreeScore::standsBeside).isPresent()) {
      return true;
    }
    double[] numbers = tensor.values();
    return ScoreOrigin.standsBeside(graph, name)
        && areFractions(numbers)
        && labels.followOrder(
            IntStream.range(0, tensor.rows()).mapToDouble(row -> numbers[2 * row + 1]).toArray());
  }

  /** Whether an output is of a type in which probabilities do not sum to one. */
  boolean isCoarse(String output) {
    return graph
        .output(output)
        .filter(
            declared ->
                declared.getType().getTensorType().getElemType() == ElementType.BFLOAT16.code())
        .isPresent();
  }

  /** What the numbers are; empty if they look like no classifier's scores. */
  private Optional<ScoreScale> scale(
      String name, Layout form, double[] numbers, int width, boolean chosen) {
    if (declared(ScoreScale.LOGITS)) {
      return Optional.of(ScoreScale.LOGITS);
    }
    if (ScoreOutput.namesLogits(name)
        || fused.logits().contains(name)
        || ScoreOrigin.treeScore(graph, name).filter(TreeScore::isMargin).isPresent()) {
      return Optional.of(logits(numbers, width));
    }
    boolean fractions = areFractions(numbers);
    if (form == Layout.BESIDE) {
      return fractions ? Optional.of(ScoreScale.PROBABILITIES) : Optional.empty();
    }
    if (form == Layout.SINGLE) {
      if (fractions && !ScoreOrigin.isLinear(graph, name)) {
        return Optional.of(ScoreScale.PROBABILITIES);
      }
      // A lone number may well be an amount; the label tells.
      return chosen || labels.followSign(numbers)
          ? Optional.of(ScoreScale.LOGITS)
          : Optional.empty();
    }
    if (fractions && isCoarse(name)) {
      return Optional.empty();
    }
    if (fractions && declared(ScoreScale.SIGMOIDS)) {
      return Optional.of(ScoreScale.SIGMOIDS);
    }
    if (fractions && sumToOne(numbers, width)) {
      return Optional.of(ScoreScale.PROBABILITIES);
    }
    return fractions && !chosen ? Optional.empty() : Optional.of(logits(numbers, width));
  }

  private static ScoreScale logits(double[] numbers, int width) {
    return width == 2 && ScoreScale.areMirrored(numbers) ? ScoreScale.MIRRORED : ScoreScale.LOGITS;
  }

  private boolean declared(ScoreScale scale) {
    return contract.scale(labels.outputs()).equals(Optional.of(scale));
  }

  /** A model may well answer NaN to made-up rows; that says nothing about its scale. */
  private static boolean areFractions(double[] numbers) {
    return Arrays.stream(numbers)
        .allMatch(value -> Double.isNaN(value) || (value >= 0 && value <= 1));
  }

  private static boolean sumToOne(double[] numbers, int width) {
    return IntStream.range(0, numbers.length / width)
        .mapToDouble(row -> Arrays.stream(numbers, row * width, (row + 1) * width).sum())
        .allMatch(sum -> Double.isNaN(sum) || Math.abs(sum - 1) <= TOLERANCE);
  }
}
