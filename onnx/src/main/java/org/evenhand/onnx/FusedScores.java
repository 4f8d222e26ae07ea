package org.evenhand.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;

/**
 * How the outputs of a fused model were read in the deployed one. The file's metadata keep it: the
 * operators that told it are no longer the last ones.
 *
 * @param logits outputs that hold logits
 * @param reversed outputs with the second class first
 * @param beside outputs whose first column says nothing
 */
record FusedScores(Set<String> logits, Set<String> reversed, Set<String> beside) {
  private static final String LOGITS_KEY = "evenhand.logits";
  private static final String REVERSED_KEY = "evenhand.reversed";
  private static final String BESIDE_KEY = "evenhand.beside";

  static FusedScores of(Map<String, String> metadata) {
    return new FusedScores(
        lines(Optional.ofNullable(metadata.get(LOGITS_KEY))),
        lines(Optional.ofNullable(metadata.get(REVERSED_KEY))),
        lines(Optional.ofNullable(metadata.get(BESIDE_KEY))));
  }

  private static Set<String> lines(Optional<String> text) {
    return text.stream().flatMap(String::lines).collect(Collectors.toSet());
  }

  /** What a fused model's file is to say of its scores. */
  static Map<String, String> metadata(List<ScoreOutput> scores) {
    return Map.of(
        LOGITS_KEY, names(scores, score -> score.scale().isLogits()),
        REVERSED_KEY, names(scores, score -> score.layout() == Layout.REVERSED),
        BESIDE_KEY, names(scores, score -> score.layout() == Layout.BESIDE));
  }

  private static String names(List<ScoreOutput> scores, Predicate<ScoreOutput> which) {
    return scores.stream().filter(which).map(ScoreOutput::name).collect(Collectors.joining("\n"));
  }
}
