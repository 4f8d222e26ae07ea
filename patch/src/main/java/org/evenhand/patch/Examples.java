package org.evenhand.patch;

import java.util.stream.IntStream;
import org.evenhand.core.TableEncoder;

/**
 * Rows to learn from: encoded inputs, soft labels and weights.
 *
 * @param encoded the inputs in sparse form
 * @param labels rows × outputs, row-major
 * @param outputs the number of outputs
 * @param weights one per row, positive, with mean 1
 */
record Examples(TableEncoder.Encoded encoded, float[] labels, int outputs, float[] weights) {

  /**
   * The examples of a training call.
   *
   * @param encoded the inputs of the rows that are present
   * @param present their indices in the call's arrays
   */
  static Examples of(
      TableEncoder.Encoded encoded,
      int[] present,
      double[] softLabels,
      int outputs,
      double[] weights) {
    double mean = IntStream.of(present).mapToDouble(row -> weights[row]).average().orElseThrow();
    float[] labels = new float[present.length * outputs];
    float[] normalized = new float[present.length];
    for (int i = 0; i < present.length; i++) {
      normalized[i] = (float) (weights[present[i]] / mean);
      for (int k = 0; k < outputs; k++) {
        labels[i * outputs + k] = (float) softLabels[present[i] * outputs + k];
      }
    }
    return new Examples(encoded, labels, outputs, normalized);
  }

  int rows() {
    return weights.length;
  }

  /** Inputs of a row that may differ from zero: one per column. */
  int columns() {
    return encoded.numberColumns() + encoded.textColumns();
  }

  void read(int row, SparseVector input) {
    input.clear();
    int numbers = encoded.numberColumns();
    for (int j = 0; j < numbers; j++) {
      input.add(j, encoded.numbers()[row * numbers + j]);
    }
    // None is unknown: the encoder was fitted to these very rows.
    int texts = encoded.textColumns();
    for (int j = 0; j < texts; j++) {
      input.add(encoded.hot()[row * texts + j], 1);
    }
  }
}
