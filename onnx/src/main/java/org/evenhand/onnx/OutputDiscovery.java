package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Classes;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NamedClasses;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.Setting;

/** Finds out which output says what, from names, shapes and the answers to a few probe rows. */
final class OutputDiscovery {
  /** Rounded probabilities still sum to one, and agree with their logits, within this. */
  private static final double TOLERANCE = 1e-3;

  private final Graph graph;
  private final ClassLabels labels;
  private final Map<String, OutputValues> probe;
  private final ModelContract contract;
  private final FusedScores fused;
  private final List<String> outputs;

  /**
   * @param labels what the file calls the classes
   * @param probe the outputs' answers to the probe rows
   * @param contract what the user declares
   * @param fused what the file says of the scores, if we wrote it
   * @param ignored outputs that are not the model's answer
   */
  OutputDiscovery(
      ClassLabels labels,
      Map<String, OutputValues> probe,
      ModelContract contract,
      Set<String> ignored,
      FusedScores fused) {
    this.graph = labels.graph();
    this.labels = labels;
    this.probe = probe;
    this.contract = contract;
    this.fused = fused;
    this.outputs =
        graph.outputs().stream()
            .map(ValueInfoProto::getName)
            .filter(name -> probe.containsKey(name) && !ignored.contains(name))
            .filter(name -> !graph.isConstant(name))
            .filter(
                name -> contract.output().equals(Optional.of(name)) || !graph.isPassedThrough(name))
            .toList();
  }

  ModelOutputs discover() {
    Optional<String> named = contract.outputName(outputs);
    List<ScoreOutput> candidates = candidates(named);
    if (candidates.isEmpty() && named.isEmpty() && labelName().isPresent()) {
      return labelsOnly(labelName().get());
    }
    ScoreOutput reference = reference(candidates, named);
    int size = classCount(reference);
    NamedClasses classes = contract.named(reference.name(), graphLabels(reference, size), size);
    double[] expected = probabilities(reference, classes.classes());
    List<ScoreOutput> scores =
        candidates.stream()
            .filter(score -> classCount(score) == size)
            .filter(score -> agree(probabilities(score, classes.classes()), expected))
            .toList();
    ScoreOutput source =
        named.isPresent()
            ? reference
            : scores.stream()
                .filter(score -> score.scale() == ScoreScale.LOGITS)
                .findFirst()
                .orElse(reference);
    Optional<LabelOutput> label =
        labelName()
            .filter(name -> namesClasses(name, classes.classes()))
            .map(name -> labelDiscovery(name).label(classes, expected));
    return new ModelOutputs(classes, Optional.of(source), scores, label);
  }

  private List<ScoreOutput> candidates(Optional<String> named) {
    Optional<ScoreOutput> columns = named.isPresent() ? Optional.empty() : columns();
    return Stream.concat(
            columns.stream(),
            outputs.stream()
                .filter(name -> columns.filter(one -> one.outputs().contains(name)).isEmpty())
                .flatMap(name -> candidate(name, named).stream()))
        .toList();
  }

  /** One output per class, named after it, as exporters with {@code zipmap='columns'} write. */
  private Optional<ScoreOutput> columns() {
    Optional<List<String>> classes = labels.find(labelStarts(), 0);
    if (classes.isEmpty()) {
      return Optional.empty();
    }
    String first = classes.get().get(0);
    return outputs.stream()
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
    return probe.get(output) instanceof OutputValues.Numbers numbers && numbers.width() == 1;
  }

  private boolean fits(ScoreOutput score, List<String> classes) {
    double[] matrix = Scores.matrix(score, probe, classes);
    int size = classes.size();
    return IntStream.range(0, matrix.length / size)
        .allMatch(
            row -> score.scale().fits(Arrays.copyOfRange(matrix, row * size, (row + 1) * size)));
  }

  private String allOutputs() {
    return String.join(", ", graph.outputs().stream().map(ValueInfoProto::getName).toList());
  }

  private Optional<ScoreOutput> candidate(String name, Optional<String> named) {
    OutputValues values = values(name);
    boolean chosen = named.equals(Optional.of(name));
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

  private Layout layout(String name, OutputValues.Numbers tensor) {
    if (tensor.width() == 1) {
      return Layout.SINGLE;
    }
    if (fused.reversed().contains(name)) {
      return Layout.REVERSED;
    }
    // ONNX Runtime gives the scores of a support vector machine in the order of its votes.
    boolean votes =
        graph.maker(name).filter(node -> node.getOpType().equals("SVMClassifier")).isPresent();
    return votes && tensor.width() == 2 && labelIsOpposite(tensor.values())
        ? Layout.REVERSED
        : Layout.MATRIX;
  }

  private boolean labelIsOpposite(double[] pairs) {
    List<Integer> codes = labelCodes();
    return !codes.isEmpty()
        && IntStream.range(0, codes.size())
            .allMatch(row -> pairs[2 * row + 1 - codes.get(row)] > pairs[2 * row + codes.get(row)]);
  }

  /** Whether the label names the second class just where a score is above zero. */
  private boolean labelFollowsSign(double[] scores) {
    List<Integer> codes = labelCodes();
    return !codes.isEmpty()
        && IntStream.range(0, codes.size())
            .allMatch(row -> scores[row] == 0 || (scores[row] > 0) == (codes.get(row) == 1));
  }

  /** The positions of the probe's labels among two classes; empty if they cannot be told. */
  private List<Integer> labelCodes() {
    Optional<String> label = labelName();
    if (label.isEmpty()) {
      return List.of();
    }
    List<String> said = ((OutputValues.Labels) values(label.get())).values();
    List<String> classes =
        labels
            .find(labelStarts(), 2)
            .filter(names -> names.containsAll(said))
            .orElse(List.of("0", "1"));
    List<Integer> codes = said.stream().map(classes::indexOf).toList();
    return codes.contains(-1) ? List.of() : codes;
  }

  private List<String> labelStarts() {
    return Stream.concat(labelName().stream(), outputs.stream()).toList();
  }

  /** What the numbers are; empty if they look like no classifier's scores. */
  private Optional<ScoreScale> scale(
      String name, Layout form, double[] numbers, int width, boolean chosen) {
    boolean fractions = true;
    boolean sumToOne = true;
    for (int start = 0; start < numbers.length; start += width) {
      double sum = 0;
      for (int k = 0; k < width; k++) {
        double value = numbers[start + k];
        // A model may well answer NaN to made-up rows; that says nothing about its scale.
        fractions &= Double.isNaN(value) || (value >= 0 && value <= 1);
        sum += value;
      }
      sumToOne &= Double.isNaN(sum) || Math.abs(sum - 1) <= TOLERANCE;
    }
    if (ScoreOutput.namesLogits(name)
        || fused.logits().contains(name)
        || declared(ScoreScale.LOGITS)) {
      return Optional.of(ScoreScale.LOGITS);
    }
    if (form == Layout.SINGLE) {
      if (fractions && !ScoreOrigin.isLinear(graph, name)) {
        return Optional.of(ScoreScale.PROBABILITIES);
      }
      // A lone number may well be an amount; the label tells.
      return chosen || labelFollowsSign(numbers)
          ? Optional.of(ScoreScale.LOGITS)
          : Optional.empty();
    }
    if (fractions && declared(ScoreScale.SIGMOIDS)) {
      return Optional.of(ScoreScale.SIGMOIDS);
    }
    if (fractions && sumToOne) {
      return Optional.of(ScoreScale.PROBABILITIES);
    }
    return fractions && !chosen ? Optional.empty() : Optional.of(ScoreScale.LOGITS);
  }

  private boolean declared(ScoreScale scale) {
    return contract.scale(outputs).equals(Optional.of(scale));
  }

  private ScoreOutput reference(List<ScoreOutput> candidates, Optional<String> named) {
    if (named.isPresent()) {
      return candidates.stream()
          .filter(candidate -> candidate.name().equals(named.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  new OnnxException(
                      "The model's output '%s' holds no probabilities or logits; its outputs are %s."
                          .formatted(named.get(), allOutputs()),
                      Setting.OUTPUT));
    }
    if (candidates.isEmpty()) {
      throw new OnnxException(
          "None of the model's outputs (%s) holds probabilities that sum to 1, logits or labels; choose one, or declare independent sigmoids as 'sigmoid'."
              .formatted(allOutputs()),
          Setting.OUTPUT);
    }
    return ScoreOutput.mostUsual(candidates);
  }

  private int classCount(ScoreOutput score) {
    return switch (score.layout()) {
      case SINGLE -> 2;
      case MATRIX, REVERSED -> ((OutputValues.Numbers) values(score.name())).width();
      case COLUMNS -> score.columns().size();
      case MAPS -> firstMap(score).size();
    };
  }

  private OutputValues values(String output) {
    return Objects.requireNonNull(probe.get(output), output);
  }

  private Map<String, Double> firstMap(ScoreOutput score) {
    return ((OutputValues.Maps) values(score.name())).values().get(0);
  }

  private Optional<List<String>> graphLabels(ScoreOutput reference, int size) {
    return labels
        .find(labelStarts(), size)
        .or(
            () ->
                reference.layout() == Layout.MAPS
                    ? Optional.of(List.copyOf(firstMap(reference).keySet()))
                    : Optional.empty());
  }

  /** The probe's probabilities; empty of meaning where the model answers NaN. */
  private double[] probabilities(ScoreOutput score, Classes classes) {
    double[] matrix = Scores.matrix(score, probe, classes.names());
    int size = classes.size();
    double[] probabilities = new double[matrix.length];
    for (int start = 0; start < matrix.length; start += size) {
      double[] row = Arrays.copyOfRange(matrix, start, start + size);
      if (Arrays.stream(row).allMatch(Double::isFinite)) {
        double[] logs = score.scale().answers(classes, row).logProbabilities();
        for (int k = 0; k < size; k++) {
          probabilities[start + k] = Math.exp(logs[k]);
        }
      } else {
        Arrays.fill(probabilities, start, start + size, Double.NaN);
      }
    }
    return probabilities;
  }

  private static boolean agree(double[] some, double[] others) {
    return IntStream.range(0, some.length)
        .noneMatch(i -> Math.abs(some[i] - others[i]) > TOLERANCE);
  }

  private Optional<String> labelName() {
    return outputs.stream()
        .filter(
            name ->
                values(name) instanceof OutputValues.Labels labels
                    && (labels.type() != ElementType.BOOL || isNamedLikeLabel(name)))
        .min(
            Comparator.comparing((String name) -> !contains(name, "label"))
                .thenComparing(name -> !isNamedLikeLabel(name)));
  }

  private static boolean isNamedLikeLabel(String output) {
    return contains(output, "label") || contains(output, "pred") || contains(output, "class");
  }

  private static boolean contains(String output, String part) {
    return output.toLowerCase(Locale.ROOT).contains(part);
  }

  /** Whether an output names classes or their positions, and nothing else, to the probe rows. */
  private boolean namesClasses(String output, Classes classes) {
    List<String> said = ((OutputValues.Labels) values(output)).values();
    return isNamedLikeLabel(output)
        || classes.names().containsAll(said)
        || LabelOutput.numbers(classes.size()).containsAll(said);
  }

  private LabelDiscovery labelDiscovery(String name) {
    return new LabelDiscovery(name, (OutputValues.Labels) values(name));
  }

  private ModelOutputs labelsOnly(String name) {
    Optional<List<String>> own = labels.find(List.of(name), 0);
    NamedClasses classes =
        own.isPresent()
            ? contract.named(name, own, own.get().size())
            : contract.declaredClasses(name);
    LabelOutput label = labelDiscovery(name).label(classes, new double[0]);
    return new ModelOutputs(classes, Optional.empty(), List.of(), Optional.of(label));
  }
}
