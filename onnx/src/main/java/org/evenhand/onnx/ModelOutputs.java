package org.evenhand.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenhand.core.Classes;

/**
 * Which outputs of a model say what.
 *
 * @param classes the classes decided between
 * @param classesFrom where their names come from, for the user
 * @param source the scores that are read; empty if the model only names classes
 * @param scores every output that holds the same scores in some form, the source among them
 * @param label the output that names the decided class, if there is one
 */
record ModelOutputs(
    Classes classes,
    String classesFrom,
    Optional<ScoreOutput> source,
    List<ScoreOutput> scores,
    Optional<LabelOutput> label) {
  ModelOutputs {
    scores = List.copyOf(scores);
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
    return "Answers are read from output %s%s; classes %s (%s)."
        .formatted(
            read,
            others.isEmpty() ? "" : ", which agrees with " + others,
            String.join(", ", classes.names()),
            classesFrom);
  }
}
