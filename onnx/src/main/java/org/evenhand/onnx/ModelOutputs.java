package org.evenhand.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.core.Classes;
import org.evenhand.core.NamedClasses;
import org.evenhand.core.ScoreOutput;

/**
 * Which outputs of a model say what.
 *
 * @param named the classes decided between and who named them
 * @param source the scores that are read; empty if the model only names classes
 * @param scores every output that holds the same scores in some form, the source among them
 * @param label the output that names the decided class, if there is one
 */
record ModelOutputs(
    NamedClasses named,
    Optional<ScoreOutput> source,
    List<ScoreOutput> scores,
    Optional<LabelOutput> label) {
  ModelOutputs {
    scores = List.copyOf(scores);
  }

  Classes classes() {
    return named.classes();
  }

  String describe() {
    String read =
        source.isPresent()
            ? source.get().describe()
            : "'%s' (class labels only)".formatted(label.orElseThrow().name());
    String others =
        scores.stream()
            .filter(score -> !source.equals(Optional.of(score)))
            .map(score -> "'" + score.name() + "'")
            .collect(Collectors.joining(", "));
    return "Answers are read from output %s%s; %s."
        .formatted(read, others.isEmpty() ? "" : ", which agrees with " + others, named.describe());
  }
}
