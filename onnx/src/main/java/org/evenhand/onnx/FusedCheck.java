package org.evenhand.onnx;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.Table;

/** Proves that a fused model says one thing in all its outputs, and the same as the library. */
public final class FusedCheck {
  /** Logits of 16 bits, below 8, are rounded by up to 0.004, and so by 0.001 in probability. */
  private static final double TOLERANCE_OF_HALVES = 1e-3;

  private final OnnxClassifier fused;
  private final double tolerance;

  private FusedCheck(OnnxClassifier fused, double tolerance) {
    this.fused = fused;
    this.tolerance = halfPrecision(fused) ? Math.max(tolerance, TOLERANCE_OF_HALVES) : tolerance;
  }

  private static boolean halfPrecision(OnnxClassifier fused) {
    return fused.graph().outputs().stream()
        .anyMatch(
            output -> output.getType().getTensorType().getElemType() == ElementType.FLOAT16.code());
  }

  /**
   * Asks a fused model about rows and compares every output that we changed or added.
   *
   * @param file the fused model
   * @param options by which the deployed model was asked
   * @param rows real rows with the model's columns
   * @param before the deployed decisions, one per row
   * @param corrected the corrected answers to the rows
   * @param rule by which they become decisions; a row that is nearer to the rule's border than the
   *     tolerance may be decided either way, but its label and its flag must agree
   * @param tolerance of probabilities
   * @throws OnnxException if an output contradicts the library or another output
   */
  public static void requireConsistent(
      Path file,
      OnnxOptions options,
      Table rows,
      int[] before,
      Answers.Soft corrected,
      DecisionRule rule,
      double tolerance) {
    if (rows.rows() == 0) {
      return;
    }
    try (OnnxClassifier fused = OnnxClassifier.open(file, options)) {
      new FusedCheck(fused, tolerance).require(rows, before, corrected, rule);
    }
  }

  private void require(Table rows, int[] before, Answers.Soft corrected, DecisionRule rule) {
    FusedOutputs added =
        fused.fusedOutputs().orElseThrow(() -> new OnnxException("The model is not a fused one."));
    ModelOutputs outputs = fused.modelOutputs();
    Map<String, OutputValues> answered =
        fused.ask(
            rows,
            Stream.of(
                    outputs.scores().stream().flatMap(score -> score.outputs().stream()),
                    outputs.label().map(LabelOutput::name).stream(),
                    Stream.of(added.flipped()))
                .flatMap(names -> names)
                .collect(Collectors.toSet()));
    for (ScoreOutput score : outputs.scores()) {
      requireScores(score, answered, corrected);
    }
    boolean[] near = near(corrected, rule);
    int[] after = corrected.decisions(rule);
    List<String> flipped = ((OutputValues.Labels) perRow(added.flipped(), answered)).values();
    for (int row = 0; row < after.length; row++) {
      boolean flag = flipped.get(row).equals("1");
      if (!near[row] && flag != (before[row] != after[row])) {
        throw contradiction(added.flipped(), row, flipped.get(row), "another decision");
      }
    }
    outputs.label().ifPresent(label -> requireLabels(label, answered, after, near));
  }

  private static OutputValues perRow(String output, Map<String, OutputValues> answered) {
    return OnnxClassifier.perRow(output, answered);
  }

  private void requireScores(
      ScoreOutput score, Map<String, OutputValues> answered, Answers.Soft corrected) {
    double[] matrix = Scores.matrix(score, answered, fused.classes().names());
    double[] logs = score.scale().answers(fused.classes(), matrix).logProbabilities();
    for (int i = 0; i < logs.length; i++) {
      double served = Math.exp(logs[i]);
      double expected = Math.exp(corrected.logProbabilities()[i]);
      if (!(Math.abs(served - expected) <= tolerance)) {
        throw contradiction(
            score.name(), i / fused.classes().size(), String.valueOf(served), "" + expected);
      }
    }
  }

  private void requireLabels(
      LabelOutput label, Map<String, OutputValues> answered, int[] after, boolean[] near) {
    int[] codes = label.codes(perRow(label.name(), answered));
    for (int row = 0; row < codes.length; row++) {
      if (!near[row] && codes[row] != after[row]) {
        throw contradiction(
            label.name(), row, label.values().get(codes[row]), label.values().get(after[row]));
      }
    }
  }

  /** Rows whose decision a difference within the tolerance may change. */
  private boolean[] near(Answers.Soft corrected, DecisionRule rule) {
    int size = corrected.classes().size();
    double[] logs = corrected.logProbabilities();
    boolean[] near = new boolean[corrected.rows()];
    for (int row = 0; row < near.length; row++) {
      double[] p =
          Arrays.stream(logs, row * size, (row + 1) * size).map(Math::exp).sorted().toArray();
      double margin =
          rule.threshold().isPresent()
              ? Math.abs(Math.exp(logs[row * size + 1]) - rule.threshold().getAsDouble())
              : p[size - 1] - p[size - 2];
      near[row] = margin <= 2 * tolerance;
    }
    return near;
  }

  private static OnnxException contradiction(
      String output, int row, String served, String expected) {
    return new OnnxException(
        "The fused model's output '%s' says %s in row %d, where %s was measured, so it is not written."
            .formatted(output, served, row, expected));
  }
}
