package org.evenhand.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Table;

/**
 * What a fused model did to one row.
 *
 * @param original the deployed model's probabilities, K
 * @param subtracted what the correction took from each class, K, in nats with mean zero: a positive
 *     number means that the rule favoured the class
 * @param corrected the fused model's probabilities, K
 * @param flipped whether the decision changed
 */
public record DecisionTrace(
    double[] original, double[] subtracted, double[] corrected, boolean flipped) {

  /**
   * Traces rows through a fused model.
   *
   * @param fused a model that {@link FusedExporter} wrote
   * @param rows the rows
   * @return one trace a row
   * @throws OnnxException if the model is not fused, or cannot answer the rows
   */
  public static List<DecisionTrace> of(OnnxClassifier fused, Table rows) {
    FusedOutputs outputs =
        fused
            .fusedOutputs()
            .orElseThrow(
                () ->
                    new OnnxException(
                        "The model '%s' is not a fused one; name a file that 'evenhand erase' wrote."
                            .formatted(fused.path())));
    double[] corrected = logProbabilities(fused, rows);
    double[] flipped = fused.rawOutput(outputs.flipped(), rows);
    OnnxOptions asDeployed =
        OnnxOptions.of(
            fused
                .options()
                .contract()
                .withClasses(fused.classes().names())
                .withOutput(outputs.originalProbabilities()));
    try (OnnxClassifier original = OnnxClassifier.open(fused.path(), asDeployed)) {
      double[] before = logProbabilities(original, rows);
      int classes = fused.classes().size();
      List<DecisionTrace> traces = new ArrayList<>();
      for (int row = 0; row < rows.rows(); row++) {
        traces.add(
            trace(
                Arrays.copyOfRange(before, row * classes, (row + 1) * classes),
                Arrays.copyOfRange(corrected, row * classes, (row + 1) * classes),
                flipped[row] != 0));
      }
      return traces;
    }
  }

  private static double[] logProbabilities(OnnxClassifier model, Table rows) {
    return ((Answers.Soft) model.answer(rows)).logProbabilities();
  }

  private static DecisionTrace trace(double[] before, double[] after, boolean flipped) {
    double[] subtracted = new double[before.length];
    Arrays.setAll(subtracted, k -> before[k] - after[k]);
    double mean = Arrays.stream(subtracted).average().orElseThrow();
    Arrays.setAll(subtracted, k -> subtracted[k] - mean);
    return new DecisionTrace(exp(before), subtracted, exp(after), flipped);
  }

  private static double[] exp(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }
}
