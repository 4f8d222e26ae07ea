package org.evenhand.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NamedClasses;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.Setting;

/**
 * Chooses the output to read by what a server declares, never by trial: a made-up row could be more
 * than a served model bears.
 *
 * @param declared outputs; may be empty
 * @param contract may name the output, what its scores are, and the classes
 */
record OutputChoice(List<TensorInfo> declared, ModelContract contract) {
  OutputReader reader() {
    if (declared.isEmpty()) {
      return undeclared();
    }
    return reader(contract.outputName(names(declared)).map(this::named).orElseGet(this::likely));
  }

  private OutputReader undeclared() {
    String name =
        contract
            .output()
            .filter(given -> contract.scale(List.of()).isEmpty())
            .orElseThrow(
                () ->
                    new HttpModelException(
                        "The server does not say what the model answers; name the output to read and the classes.",
                        Setting.OUTPUT,
                        Setting.CLASSES));
    return new OutputReader(
        new ScoreOutput(name, Layout.MATRIX, scale(name), 2),
        Optional.empty(),
        OptionalInt.empty(),
        contract.declaredClasses(name));
  }

  private TensorInfo named(String name) {
    return declared.stream().filter(output -> output.name().equals(name)).findFirst().orElseThrow();
  }

  private TensorInfo likely() {
    List<TensorInfo> scores =
        declared.stream()
            .filter(output -> output.datatype().isFloatingPoint())
            .filter(output -> output.rank() == 1 || output.rank() == 2)
            .toList();
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
    OptionalInt width =
        scores && output.width() > 0 ? OptionalInt.of(output.width()) : OptionalInt.empty();
    NamedClasses classes =
        width.isPresent()
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
