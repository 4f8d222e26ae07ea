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
import org.evenhand.onnx.ScoreOutput.Form;
import org.evenhand.onnx.ScoreOutput.Scale;

/** Finds out which output says what, from names, shapes and the answers to a few probe rows. */
final class OutputDiscovery {
  /** Rounded probabilities still sum to one, and agree with their logits, within this. */
  private static final double TOLERANCE = 1e-3;

  private static final Set<String> CONVENTIONAL =
      Set.of("probabilities", "probability", "output_probability");

  private final Graph graph;
  private final ClassLabels labels;
  private final Map<String, OutputValues> probe;
  private final OnnxOptions options;
  private final List<String> outputs;

  /**
   * @param labels what the file calls the classes
   * @param probe the outputs' answers to the probe rows
   * @param ignored outputs that are not the model's answer
   */
  OutputDiscovery(
      ClassLabels labels,
      Map<String, OutputValues> probe,
      OnnxOptions options,
      Set<String> ignored) {
    this.graph = labels.graph();
    this.labels = labels;
    this.probe = probe;
    this.options = options;
    this.outputs =
        graph.outputs().stream()
            .map(ValueInfoProto::getName)
            .filter(name -> probe.containsKey(name) && !ignored.contains(name))
            .toList();
  }

  ModelOutputs discover() {
    Optional<String> named = namedOutput();
    List<ScoreOutput> candidates =
        outputs.stream().flatMap(name -> candidate(name, named).stream()).toList();
    if (candidates.isEmpty() && named.isEmpty() && labelName().isPresent()) {
      return labelsOnly(labelName().get());
    }
    ScoreOutput reference = reference(candidates, named);
    int size = classCount(reference);
    Optional<List<String>> graphLabels = graphLabels(reference, size);
    Classes classes = classes(graphLabels, size);
    double[] expected = probabilities(reference, classes);
    List<ScoreOutput> scores =
        candidates.stream()
            .filter(score -> classCount(score) == size)
            .filter(score -> agree(probabilities(score, classes), expected))
            .toList();
    ScoreOutput source =
        named.isPresent()
            ? reference
            : scores.stream()
                .filter(score -> score.scale() == Scale.LOGITS)
                .findFirst()
                .orElse(reference);
    Optional<LabelOutput> label =
        labelName()
            .map(name -> labelDiscovery(name).label(classes, graphLabels.isPresent(), expected));
    return new ModelOutputs(classes, classesFrom(graphLabels), Optional.of(source), scores, label);
  }

  /** The output that the user chose; {@code sigmoid} is a declaration, unless also a name. */
  private Optional<String> namedOutput() {
    if (options.output().isEmpty() || outputs.contains(options.output().get())) {
      return options.output();
    }
    String name = options.output().get();
    if (name.equals(OnnxOptions.SIGMOID)) {
      return Optional.empty();
    }
    throw new OnnxException(
        "The model has no output '%s' with values for each row; its outputs are %s."
            .formatted(name, allOutputs()));
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
      return scale(name, Form.MAPS, numbers, maps.values().get(0).size(), chosen)
          .map(scale -> new ScoreOutput(name, Form.MAPS, scale, 0));
    }
    if (values instanceof OutputValues.Numbers tensor) {
      Form form = tensor.width() == 1 ? Form.SINGLE : Form.MATRIX;
      return scale(name, form, tensor.values(), tensor.width(), chosen)
          .map(scale -> new ScoreOutput(name, form, scale, tensor.rank()));
    }
    return Optional.empty();
  }

  /** What the numbers are; empty if they look like no classifier's scores. */
  private Optional<Scale> scale(
      String name, Form form, double[] numbers, int width, boolean chosen) {
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
    if (name.toLowerCase(Locale.ROOT).contains("logit")) {
      return Optional.of(Scale.LOGITS);
    }
    if (form == Form.SINGLE) {
      if (fractions) {
        return Optional.of(Scale.PROBABILITIES);
      }
      return chosen ? Optional.of(Scale.LOGITS) : Optional.empty();
    }
    if (fractions && options.output().equals(Optional.of(OnnxOptions.SIGMOID))) {
      return Optional.of(Scale.SIGMOIDS);
    }
    if (fractions && sumToOne) {
      return Optional.of(Scale.PROBABILITIES);
    }
    return fractions && !chosen ? Optional.empty() : Optional.of(Scale.LOGITS);
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
                          .formatted(named.get(), allOutputs())));
    }
    if (candidates.isEmpty()) {
      throw new OnnxException(
          ("None of the model's outputs (%s) holds probabilities that sum to 1, logits or labels; name"
                  + " the output with --output, or declare independent sigmoids with --output sigmoid.")
              .formatted(allOutputs()));
    }
    int best = candidates.stream().mapToInt(OutputDiscovery::preference).min().orElseThrow();
    List<ScoreOutput> rivals =
        candidates.stream().filter(candidate -> preference(candidate) == best).toList();
    Optional<ScoreOutput> conventional =
        rivals.stream().filter(rival -> CONVENTIONAL.contains(rival.name())).findFirst();
    if (conventional.isPresent() || rivals.size() == 1) {
      return conventional.orElse(rivals.get(0));
    }
    throw new OnnxException(
        "The outputs %s could each be the model's answer; choose one with --output."
            .formatted(
                String.join(
                    " and ", rivals.stream().map(rival -> "'" + rival.name() + "'").toList())));
  }

  private static int preference(ScoreOutput score) {
    boolean logits = score.scale() == Scale.LOGITS;
    return switch (score.form()) {
      case MATRIX -> logits ? 2 : 0;
      case MAPS -> logits ? 2 : 1;
      case SINGLE -> logits ? 4 : 3;
    };
  }

  private int classCount(ScoreOutput score) {
    return switch (score.form()) {
      case SINGLE -> 2;
      case MATRIX -> ((OutputValues.Numbers) values(score.name())).width();
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
    List<String> starts = Stream.concat(labelName().stream(), outputs.stream()).toList();
    return labels
        .find(starts, size)
        .or(
            () ->
                reference.form() == Form.MAPS
                    ? Optional.of(List.copyOf(firstMap(reference).keySet()))
                    : Optional.empty());
  }

  private Classes classes(Optional<List<String>> graphLabels, int size) {
    List<String> given = options.classes();
    if (graphLabels.isPresent()) {
      if (!given.isEmpty() && !given.equals(graphLabels.get())) {
        throw new OnnxException(
            "--classes says %s, but the model's own class labels are %s; leave --classes out."
                .formatted(String.join(", ", given), String.join(", ", graphLabels.get())));
      }
      return new Classes(graphLabels.get());
    }
    if (given.isEmpty()) {
      return new Classes(LabelOutput.numbers(size));
    }
    if (given.size() != size) {
      throw new OnnxException(
          "--classes names %d classes, but the model has scores for %d."
              .formatted(given.size(), size));
    }
    return new Classes(given);
  }

  private String classesFrom(Optional<List<String>> graphLabels) {
    if (graphLabels.isPresent()) {
      return "named by the model";
    }
    return options.classes().isEmpty() ? "numbered, since the model names none" : "from --classes";
  }

  /** The probe's probabilities; empty of meaning where the model answers NaN. */
  private double[] probabilities(ScoreOutput score, Classes classes) {
    double[] matrix = score.matrix(values(score.name()), classes.names());
    int size = classes.size();
    double[] probabilities = new double[matrix.length];
    for (int start = 0; start < matrix.length; start += size) {
      double[] row = Arrays.copyOfRange(matrix, start, start + size);
      if (Arrays.stream(row).allMatch(Double::isFinite)) {
        double[] logs = score.answers(classes, row).logProbabilities();
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
                    && labels.type() != ElementType.BOOL)
        .min(Comparator.comparing(name -> !name.toLowerCase(Locale.ROOT).contains("label")));
  }

  private LabelDiscovery labelDiscovery(String name) {
    return new LabelDiscovery(
        name, (OutputValues.Labels) values(name), !options.classes().isEmpty());
  }

  private ModelOutputs labelsOnly(String name) {
    Optional<List<String>> graphLabels = labels.find(List.of(name), 0);
    if (graphLabels.isEmpty() && options.classes().isEmpty()) {
      throw new OnnxException(
          "The model's only answer is the label '%s', and it does not list its classes; name them with --classes."
              .formatted(name));
    }
    Classes classes =
        classes(graphLabels, graphLabels.map(List::size).orElse(options.classes().size()));
    LabelOutput label = labelDiscovery(name).label(classes, graphLabels.isPresent(), new double[0]);
    return new ModelOutputs(
        classes, classesFrom(graphLabels), Optional.empty(), List.of(), Optional.of(label));
  }
}
