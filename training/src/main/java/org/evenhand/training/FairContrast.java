package org.evenhand.training;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Fair supervised contrast (FSCL, Park et al. 2022) with group normalisation. An anchor's loss,
 * over the others p of its class, is {@code −1/|P| Σₚ log(exp(zᵢ·zₚ/τ) / Σₙ exp(zᵢ·zₙ/τ))}, where n
 * are of other classes but have the anchor's attribute. Anchors are averaged within their group (t,
 * b), and groups among each other; anchors without any p or n do not count.
 */
final class FairContrast {
  /** Taken from logits that do not count: far more than any similarity, yet finite. */
  private static final float EXCLUDED = 1e4f;

  private final int[] targets;
  private final int[] attributes;
  private final int rows;

  /**
   * @param targets one code a row
   * @param attributes one code a row
   */
  FairContrast(int[] targets, int[] attributes) {
    this.targets = targets;
    this.attributes = attributes;
    rows = targets.length;
  }

  /**
   * The loss.
   *
   * @param projected rows × d, every row of length 1
   * @param temperature τ
   */
  Tensor loss(Engine engine, Tensor projected, double temperature) {
    Tensor similar = torch.matmul(projected, projected.t()).div(new Scalar(temperature));
    Tensor negatives = similar.sub(engine.tensor(exclusions(), rows, rows));
    Tensor terms = similar.sub(torch.logsumexp(negatives, new long[] {1}, true));
    return terms.mul(engine.tensor(shares(), rows, rows)).sum().neg();
  }

  private boolean positive(int anchor, int other) {
    return anchor != other && targets[anchor] == targets[other];
  }

  private boolean negative(int anchor, int other) {
    return targets[anchor] != targets[other] && attributes[anchor] == attributes[other];
  }

  private float[] exclusions() {
    float[] excluded = new float[rows * rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        excluded[i * rows + j] = negative(i, j) ? 0 : EXCLUDED;
      }
    }
    return excluded;
  }

  /** What every pair of an anchor and a positive counts; all together count 1. */
  private float[] shares() {
    int[] positives = new int[rows];
    boolean[] counts = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        positives[i] += positive(i, j) ? 1 : 0;
        counts[i] |= negative(i, j);
      }
      counts[i] &= positives[i] > 0;
    }
    int[] sizes = new int[rows];
    double groups = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        boolean sameGroup = targets[i] == targets[j] && attributes[i] == attributes[j];
        sizes[i] += counts[j] && sameGroup ? 1 : 0;
      }
      groups += counts[i] ? 1.0 / sizes[i] : 0;
    }
    float[] shares = new float[rows * rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        if (counts[i] && positive(i, j)) {
          shares[i * rows + j] = (float) (1 / (groups * sizes[i] * positives[i]));
        }
      }
    }
    return shares;
  }
}
