package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
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
import org.evenhand.core.Setting;

/** Finds out which output says what, from names, shapes and the answers to a few probe rows. */
final class OutputDiscovery {
  private final Graph graph;
  private final ClassLabels labels;
  private final Map<String, OutputValues> probe;
  private final ModelContract contract;
  private final List<String> outputs;
  private final ProbeLabels said;
  private final ScoreReader reader;

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
    this.outputs =
        graph.outputs().stream()
            .map(ValueInfoProto::getName)
            .filter(name -> probe.containsKey(name) && !ignored.contains(name))
            .filter(name -> !graph.isConstant(name))
            .filter(
                name -> contract.output().equals(Optional.of(name)) || !graph.isPassedThrough(name))
            .toList();
    this.said = new ProbeLabels(outputs, probe, labels);
    this.reader = new ScoreReader(graph, said, contract, fused);
  }

  ModelOutputs discover() {
    Optional<String> named = contract.outputName(outputs);
    List<ScoreOutput> candidates = candidates(named);
    if (candidates.isEmpty() && named.isEmpty() && said.name().isPresent()) {
      return labelsOnly(said.name().get());
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
                .filter(score -> score.scale().isLogits())
                .findFirst()
                .orElse(reference);
    Optional<LabelOutput> label =
        said.name()
            .filter(name -> said.namesClasses(name, classes.classes()))
            .map(name -> said.said(name).label(classes, expected));
    return new ModelOutputs(classes, Optional.of(source), scores, label);
  }

  private List<ScoreOutput> candidates(Optional<String> named) {
    Optional<ScoreOutput> columns = named.isPresent() ? Optional.empty() : reader.columns();
    return Stream.concat(
            columns.stream(),
            outputs.stream()
                .filter(name -> columns.filter(one -> one.outputs().contains(name)).isEmpty())
                .flatMap(name -> reader.read(name, named.equals(Optional.of(name))).stream()))
        .toList();
  }

  private String allOutputs() {
    return String.join(", ", graph.outputs().stream().map(ValueInfoProto::getName).toList());
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
    if (candidates.isEmpty() && outputs.stream().anyMatch(reader::isCoarse)) {
      throw new OnnxException(
          "The model's outputs (%s) are of type bfloat16, in which probabilities do not sum to 1; export it with outputs of type float."
              .formatted(allOutputs()));
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
      case SINGLE, BESIDE -> 2;
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
        .find(said.starts(), size)
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
        .noneMatch(i -> Math.abs(some[i] - others[i]) > ScoreReader.TOLERANCE);
  }

  private ModelOutputs labelsOnly(String name) {
    Optional<List<String>> own = labels.find(List.of(name), 0);
    NamedClasses classes =
        own.isPresent()
            ? contract.named(name, own, own.get().size())
            : contract.declaredClasses(name);
    LabelOutput label = said.said(name).label(classes, new double[0]);
    return new ModelOutputs(classes, Optional.empty(), List.of(), Optional.of(label));
  }
}
