package org.evenhand.onnx;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Classes;

/**
 * The output that names the decided class, and what it says about the probe rows.
 *
 * @param outputs those that may be answers
 * @param probe the outputs' answers to the probe rows
 * @param labels what the file calls the classes
 */
record ProbeLabels(List<String> outputs, Map<String, OutputValues> probe, ClassLabels labels) {
  /** The output that most likely names the class. */
  Optional<String> name() {
    return outputs.stream()
        .filter(
            name ->
                probe.get(name) instanceof OutputValues.Labels found
                    && (found.type() != ElementType.BOOL || isNamedLikeLabel(name)))
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

  /** Where the search for the classes' names starts: at the label, then at the other outputs. */
  List<String> starts() {
    return Stream.concat(name().stream(), outputs.stream()).toList();
  }

  /** What a label output says about the probe rows. */
  LabelDiscovery said(String output) {
    return new LabelDiscovery(
        output, (OutputValues.Labels) Objects.requireNonNull(probe.get(output), output));
  }

  /** Whether an output names classes or their positions, and nothing else, to the probe rows. */
  boolean namesClasses(String output, Classes classes) {
    List<String> said = said(output).probe().values();
    return isNamedLikeLabel(output)
        || classes.names().containsAll(said)
        || LabelOutput.numbers(classes.size()).containsAll(said);
  }

  /** Whether the label names the class with the lower score in every row of pairs. */
  boolean oppose(double[] pairs) {
    List<Integer> codes = codes();
    return !codes.isEmpty()
        && IntStream.range(0, codes.size())
            .allMatch(row -> pairs[2 * row + 1 - codes.get(row)] > pairs[2 * row + codes.get(row)]);
  }

  /** Whether the label names the second class just where a score is above zero. */
  boolean followSign(double[] scores) {
    List<Integer> codes = codes();
    return !codes.isEmpty()
        && IntStream.range(0, codes.size())
            .allMatch(row -> scores[row] == 0 || (scores[row] > 0) == (codes.get(row) == 1));
  }

  /** Whether the label names the second class for higher scores than the first. */
  boolean followOrder(double[] scores) {
    List<Integer> codes = codes();
    double highestOfFirst = Double.NEGATIVE_INFINITY;
    double lowestOfSecond = Double.POSITIVE_INFINITY;
    for (int row = 0; row < codes.size(); row++) {
      if (codes.get(row) == 0) {
        highestOfFirst = Math.max(highestOfFirst, scores[row]);
      } else {
        lowestOfSecond = Math.min(lowestOfSecond, scores[row]);
      }
    }
    return !codes.isEmpty() && highestOfFirst < lowestOfSecond;
  }

  /** The positions of the probe's labels among two classes; empty if they cannot be told. */
  private List<Integer> codes() {
    List<String> said = name().map(label -> said(label).probe().values()).orElse(List.of());
    List<String> classes =
        labels.find(starts(), 2).filter(names -> names.containsAll(said)).orElse(List.of("0", "1"));
    List<Integer> codes = said.stream().map(classes::indexOf).toList();
    return codes.contains(-1) ? List.of() : codes;
  }
}
