package org.evenhand.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.evenhand.core.Classes;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NamedClasses;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.Setting;

/**
 * Chooses the output to read by what a server declares or has answered about real rows, never by
 * trial: a made-up row could be more than a served model bears.
 *
 * @param declared outputs; may be empty
 * @param contract may name the output, what its scores are, and the classes
 */
record OutputChoice(List<TensorInfo> declared, ModelContract contract) {
  /**
   * Whether only a reply can tell what is read: the server declares no output, or another one is
   * asked for and its classes are named.
   */
  boolean undeclared() {
    return declared.isEmpty() || (namesAnother() && !contract.classes().isEmpty());
  }

  private boolean namesAnother() {
    return contract.output().isPresent()
        && contract.scale(names(declared)).isEmpty()
        && !names(declared).contains(contract.output().get());
  }

  /** Those of an output that is not declared. */
  Classes declaredClasses() {
    Optional<String> name = contract.output().filter(given -> contract.scale(List.of()).isEmpty());
    if (name.isEmpty() && contract.classes().isEmpty()) {
      throw new HttpModelException(
          "The server does not say what the model answers; name the classes, and the output if it has several.",
          Setting.OUTPUT,
          Setting.CLASSES);
    }
    return contract.declaredClasses(name.orElse("")).classes();
  }

  OutputReader reader(Reply reply) {
    if (declared.isEmpty()) {
      throw reply
          .question()
          .failure(
              "answered no output with values for each of %d rows".formatted(reply.rows()),
              "check that the model is a classifier, and that it takes several rows at once",
              Setting.BATCH_SIZE);
    }
    return reader();
  }

  OutputReader reader() {
    if (namesAnother() && contract.classes().isEmpty()) {
      throw new HttpModelException(
          "The server declares no output '%s' but '%s'; if it answers that one all the same, name the classes too."
              .formatted(contract.output().orElseThrow(), String.join("', '", names(declared))),
          Setting.OUTPUT,
          Setting.CLASSES);
    }
    Optional<String> named = contract.outputName(names(declared));
    return named.isEmpty() && isColumnPerClass()
        ? columns()
        : reader(named.map(this::named).orElseGet(this::likely));
  }

  /** One output per class, none of which is called what a score is usually called. */
  private boolean isColumnPerClass() {
    List<TensorInfo> scores = scores();
    return scores.size() > 1
        && scores.size() == contract.classes().size()
        && scores.stream().allMatch(output -> output.width() == 1)
        && scores.stream()
            .map(output -> output.name().toLowerCase(Locale.ROOT))
            .noneMatch(name -> name.contains("prob") || name.contains("logit"));
  }

  private OutputReader columns() {
    List<String> names = names(scores());
    List<String> classes = contract.classes();
    List<String> ordered = Set.copyOf(names).equals(new HashSet<>(classes)) ? classes : names;
    return new OutputReader(
        new ScoreOutput(ordered.get(0), Layout.COLUMNS, scale(ordered.get(0)), 2, ordered),
        Optional.of(scores().get(0).datatype()),
        OptionalInt.of(ordered.size()),
        contract.declaredClasses(ordered.get(0)));
  }

  private TensorInfo named(String name) {
    return declared.stream().filter(output -> output.name().equals(name)).findFirst().orElseThrow();
  }

  private List<TensorInfo> scores() {
    return declared.stream()
        .filter(output -> output.datatype().isFloatingPoint())
        .filter(output -> output.rank() == 1 || output.rank() == 2)
        .toList();
  }

  private TensorInfo likely() {
    List<TensorInfo> scores = scores();
    return scores.isEmpty() ? likelyLabel() : likelyScores(scores);
  }

  private TensorInfo likelyLabel() {
    List<TensorInfo> labels =
        declared.stream()
            .filter(output -> output.name().toLowerCase(Locale.ROOT).contains("label"))
            .toList();
    return only(labels.isEmpty() ? declared : labels);
  }

  /** Logits of the same classes lose nothing to rounding near 0 and 1. */
  private TensorInfo likelyScores(List<TensorInfo> scores) {
    TensorInfo usual =
        named(ScoreOutput.mostUsual(scores.stream().map(this::scoreOutput).toList()).name());
    List<TensorInfo> logits =
        scores.stream()
            .filter(output -> scale(output.name()) == ScoreScale.LOGITS)
            .filter(output -> output.width() == usual.width())
            .toList();
    return logits.isEmpty() || contract.scale(names(declared)).isPresent() ? usual : only(logits);
  }

  private static TensorInfo only(List<TensorInfo> rivals) {
    ModelContract.requireOne(names(rivals));
    return rivals.get(0);
  }

  private static List<String> names(List<TensorInfo> outputs) {
    return outputs.stream().map(TensorInfo::name).toList();
  }

  private ScoreOutput scoreOutput(TensorInfo output) {
    Layout layout = output.width() == 1 ? Layout.SINGLE : Layout.MATRIX;
    return new ScoreOutput(output.name(), layout, scale(output.name()), output.rank());
  }

  private OutputReader reader(TensorInfo output) {
    boolean scores = output.datatype().isFloatingPoint();
    // Triton's FIL backend writes the number of the class as a floating-point number.
    boolean numbered = scores && output.width() == 1 && contract.classes().size() > 2;
    OptionalInt width =
        scores && output.width() > 0 ? OptionalInt.of(output.width()) : OptionalInt.empty();
    NamedClasses classes =
        width.isPresent() && !numbered
            ? contract.named(output.name(), Optional.empty(), Math.max(2, width.getAsInt()))
            : contract.declaredClasses(output.name());
    return new OutputReader(scoreOutput(output), Optional.of(output.datatype()), width, classes);
  }

  /** What the scores are declared to be, else what the output's name says. */
  private ScoreScale scale(String output) {
    return contract
        .scale(names(declared))
        .orElse(ScoreOutput.namesLogits(output) ? ScoreScale.LOGITS : ScoreScale.PROBABILITIES);
  }
}
