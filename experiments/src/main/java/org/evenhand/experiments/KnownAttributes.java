package org.evenhand.experiments;

import java.util.Arrays;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * Trains patches that know the attribute for certain, because it is among their inputs: an erasure
 * by them tells what the deployed model's answers no longer hold from what a patch reads wrongly.
 */
final class KnownAttributes implements PatchTrainer {
  /** Of what is not so. */
  private static final double NEVER = Math.log(1e-12);

  /**
   * {@inheritDoc}
   *
   * @param inputs of {@link ImageRows#withAttributes}
   * @param softLabels certain values of one of the attributes
   * @throws ExperimentException if they are of no attribute
   */
  @Override
  public Patch train(Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    return inputs.columns().stream()
        .filter(column -> column instanceof TextColumn text && tells(text, softLabels, outputs))
        .findFirst()
        .map(column -> new Known(column.name(), outputs))
        .orElseThrow(
            () ->
                new ExperimentException("A patch was to learn something else than an attribute."));
  }

  private static boolean tells(TextColumn column, double[] softLabels, int outputs) {
    if (column.dictionary().size() != outputs) {
      return false;
    }
    for (int row = 0; row < column.rows(); row++) {
      if (softLabels[row * outputs + column.codes()[row]] != 1) {
        return false;
      }
    }
    return true;
  }

  private record Known(String column, int outputs) implements Patch {
    @Override
    public double[] logProbabilities(Table inputs) {
      int[] codes = ((TextColumn) inputs.column(column)).codes();
      double[] logs = new double[codes.length * outputs];
      Arrays.fill(logs, NEVER);
      for (int row = 0; row < codes.length; row++) {
        logs[row * outputs + codes[row]] = 0;
      }
      return logs;
    }
  }
}
