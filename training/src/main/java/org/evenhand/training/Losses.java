package org.evenhand.training;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What training makes small. */
final class Losses {
  private Losses() {}

  /**
   * Weighted cross-entropy to soft labels, a row: {@code −1/n Σᵢ wᵢ Σⱼ yᵢⱼ log softmax(zᵢ)ⱼ}
   * (equation 19 of Rule Eraser up to the labels' entropy).
   *
   * @param logits n × K; n × 1 are the logits of the second of two classes
   * @param labels n × K, every row a distribution
   * @param weights n
   */
  static Tensor crossEntropy(Tensor logits, Tensor labels, Tensor weights) {
    Tensor all =
        logits.size(1) < labels.size(1)
            ? torch.cat(new TensorVector(torch.zeros_like(logits), logits), 1)
            : logits;
    Tensor rows = torch.log_softmax(all, 1).mul(labels).sum(1).mul(weights);
    return rows.mean().neg();
  }

  /**
   * The value itself, whose gradient goes back reversed and times lambda (Ganin et al. 2016):
   * {@code z·(1 + λ) − λ·z} with the first z held constant.
   */
  static Tensor reverseGradient(Tensor value, double lambda) {
    return value.detach().mul(new Scalar(1 + lambda)).sub(value.mul(new Scalar(lambda)));
  }
}
