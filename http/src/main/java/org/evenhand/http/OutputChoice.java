package org.evenhand.http;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.Classes;

/**
 * Chooses the output to read by what a server declares, never by trial: a made-up row could be more
 * than a served model bears.
 *
 * @param declared outputs; may be empty
 * @param options may name the output, what its scores are, and the classes
 */
record OutputChoice(List<TensorInfo> declared, HttpOptions options) {
  private static final Set<String> CONVENTIONAL =
      Set.of("probabilities", "probability", "output_probability", "predict_proba");

  OutputReader reader() {
    Optional<String> named = named();
    if (named.isPresent()) {
      Optional<TensorInfo> info =
          declared.stream().filter(output -> output.name().equals(named.get())).findFirst();
      return info.map(this::reader).orElseGet(() -> undeclared(named.get()));
    }
    if (declared.isEmpty()) {
      throw new HttpModelException(
          "The server does not say what the model answers; name the output to read with --output and the classes with --classes.");
    }
    List<TensorInfo> scores =
        declared.stream()
            .filter(output -> output.datatype().isFloatingPoint())
            .filter(output -> output.rank() == 1 || output.rank() == 2)
            .toList();
    if (!scores.isEmpty()) {
      return reader(best(scores, Comparator.comparingInt(this::preference)));
    }
    return reader(best(declared, Comparator.comparing(output -> !contains(output, "label"))));
  }

  /**
   * The output that the user named; {@code sigmoid} and {@code logits} are, unless also names, not.
   */
  private Optional<String> named() {
    return options.output().filter(name -> isDeclared(name) || !isDeclaration(name));
  }

  private boolean isDeclared(String name) {
    return declared.stream().anyMatch(output -> output.name().equals(name));
  }

  private static boolean isDeclaration(String name) {
    return name.equals(HttpOptions.SIGMOID) || name.equals(HttpOptions.LOGITS);
  }

  private OutputReader undeclared(String name) {
    if (!declared.isEmpty()) {
      throw new HttpModelException(
          "The model has no output '%s'; its outputs are %s.".formatted(name, names(declared)));
    }
    if (options.classes().isEmpty()) {
      throw new HttpModelException(
          "The server does not say how many classes output '%s' decides between; name them with --classes."
              .formatted(name));
    }
    return new OutputReader(
        name, Optional.empty(), OptionalInt.empty(), scale(name), new Classes(options.classes()));
  }

  private TensorInfo best(List<TensorInfo> rivals, Comparator<TensorInfo> order) {
    TensorInfo first = rivals.stream().min(order).orElseThrow();
    List<TensorInfo> equals =
        rivals.stream().filter(rival -> order.compare(rival, first) == 0).toList();
    if (equals.size() > 1) {
      throw new HttpModelException(
          "The outputs %s could each be the model's answer; choose one with --output."
              .formatted(names(equals)));
    }
    return first;
  }

  /** Logits first: they lose nothing to rounding near 0 and 1. */
  private int preference(TensorInfo output) {
    boolean single = output.width() == 1;
    if (contains(output, "logit")) {
      // Independent sigmoids are not what a model's logits usually stand for.
      return options.output().equals(Optional.of(HttpOptions.SIGMOID)) ? 5 : 0;
    }
    if (CONVENTIONAL.contains(output.name().toLowerCase(Locale.ROOT))) {
      return 1;
    }
    return contains(output, "prob") ? 2 : single ? 4 : 3;
  }

  private static boolean contains(TensorInfo output, String part) {
    return output.name().toLowerCase(Locale.ROOT).contains(part);
  }

  private static String names(List<TensorInfo> outputs) {
    return String.join(", ", outputs.stream().map(output -> "'" + output.name() + "'").toList());
  }

  private OutputReader reader(TensorInfo output) {
    boolean scores = output.datatype().isFloatingPoint();
    OptionalInt width =
        scores && output.width() > 0 ? OptionalInt.of(output.width()) : OptionalInt.empty();
    return new OutputReader(
        output.name(),
        Optional.of(output.datatype()),
        width,
        scale(output.name()),
        classes(output, width));
  }

  private Scale scale(String output) {
    if (options.output().equals(Optional.of(HttpOptions.SIGMOID))) {
      return Scale.SIGMOIDS;
    }
    boolean logits =
        options.output().equals(Optional.of(HttpOptions.LOGITS))
            || output.toLowerCase(Locale.ROOT).contains("logit");
    return logits ? Scale.LOGITS : Scale.PROBABILITIES;
  }

  private Classes classes(TensorInfo output, OptionalInt width) {
    List<String> given = options.classes();
    if (width.isEmpty()) {
      if (given.isEmpty()) {
        throw new HttpModelException(
            "The server does not say how many classes output '%s' decides between; name them with --classes."
                .formatted(output.name()));
      }
      return new Classes(given);
    }
    int size = Math.max(2, width.getAsInt());
    if (given.isEmpty()) {
      return new Classes(IntStream.range(0, size).mapToObj(String::valueOf).toList());
    }
    if (given.size() != size) {
      throw new HttpModelException(
          "--classes names %d classes, but output '%s' has scores for %d."
              .formatted(given.size(), output.name(), size));
    }
    return new Classes(given);
  }
}
