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

/**
 * Proves that a fused model says one thing in all its outputs, and the same as the library.
 *
 * <pre>{@code
 * try (FusedCheck check = FusedCheck.open(fused, options, rule, 1e-5)) {
 *   check.require(rows, deployed, correction.apply(deployed, rows));
 * }
 * }</pre>
 */
public final class FusedCheck implements AutoCloseable {
  /** Logits below 8 are rounded by up to 0.004, and so by 0.001 in probability. */
  private static final double TOLERANCE_OF_FLOAT16 = 1e-3;

  /** Logits below 8 are rounded by up to 0.016, and so by 0.004 in probability. */
  private static final double TOLERANCE_OF_BFLOAT16 = 5e-3;

  private final OnnxClassifier fused;
  private final DecisionRule rule;
  private final double tolerance;

  private FusedCheck(OnnxClassifier fused, DecisionRule rule, double tolerance) {
    this.fused = fused;
    this.rule = rule;
    this.tolerance = Math.max(tolerance, rounding(fused));
  }

  private static double rounding(OnnxClassifier fused) {
    return fused.graph().outputs().stream()
        .flatMap(
            output -> ElementType.ofCode(output.getType().getTensorType().getElemType()).stream())
        .mapToDouble(
            type ->
                switch (type) {
                  case FLOAT16 -> TOLERANCE_OF_FLOAT16;
                  case BFLOAT16 -> TOLERANCE_OF_BFLOAT16;
                  default -> 0;
                })
        .reduce(0, Math::max);
  }

  /**
   * Opens a fused model.
   *
   * @param file the fused model
   * @param options by which the deployed model was asked
   * @param rule by which probabilities become decisions
   * @param tolerance of probabilities
   * @throws OnnxException if the file cannot be opened
   */
  public static FusedCheck open(
      Path file, OnnxOptions options, DecisionRule rule, double tolerance) {
    return new FusedCheck(OnnxClassifier.open(file, options), rule, tolerance);
  }

  /**
   * Asks the fused model about rows and compares every output that we changed or added. A row that
   * is nearer to the rule's border than twice the tolerance may be decided either way, but its
   * label and its flag must agree.
   *
   * @param rows real rows with the model's columns
   * @param deployed the deployed model's answers to them
   * @param corrected the corrected answers to them
   * @throws OnnxException if an output contradicts the library or another output
   */
  public void require(Table rows, Answers.Soft deployed, Answers.Soft corrected) {
    if (rows.rows() == 0) {
      return;
    }
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
    int[] before = deployed.decisions(rule);
    int[] after = corrected.decisions(rule);
    boolean[] nearAfter = near(corrected);
    outputs.label().ifPresent(label -> requireLabels(label, answered, after, nearAfter));
    // What the file decides itself where either decision is right.
    int[] decided =
        outputs.label().map(label -> label.codes(perRow(label.name(), answered))).orElse(after);
    boolean[] nearBefore = near(deployed);
    List<String> flipped = ((OutputValues.Labels) perRow(added.flipped(), answered)).values();
    for (int row = 0; row < after.length; row++) {
      boolean open = nearBefore[row] || (nearAfter[row] && outputs.label().isEmpty());
      if (!open && flipped.get(row).equals("1") != (before[row] != decided[row])) {
        throw contradiction(added.flipped(), row, flipped.get(row), "another decision");
      }
    }
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
  private boolean[] near(Answers.Soft answers) {
    int size = answers.classes().size();
    double[] logs = answers.logProbabilities();
    boolean[] near = new boolean[answers.rows()];
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

  @Override
  public void close() {
    fused.close();
  }
}
