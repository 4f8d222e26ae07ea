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
    return crossEntropies(logits, labels).mul(weights).mean();
  }

  /**
   * Cross-entropy to soft labels of every row: {@code −Σⱼ yⱼ log softmax(z)ⱼ}.
   *
   * @param logits n × K; n × 1 are the logits of the second of two classes
   * @param labels n × K, every row a distribution
   * @return n
   */
  static Tensor crossEntropies(Tensor logits, Tensor labels) {
    Tensor all =
        logits.size(1) < labels.size(1)
            ? torch.cat(new TensorVector(torch.zeros_like(logits), logits), 1)
            : logits;
    return torch.log_softmax(all, 1).mul(labels).sum(1).neg();
  }

  /**
   * Generalised cross-entropy (Zhang and Sabuncu 2018), {@code (1 − pᵠ)/q} with p = exp(−CE), the
   * probability of a row's class. Its gradient is pᵠ times that of the cross-entropy: rows that a
   * network already answers well count more, so that it keeps to what is easy.
   *
   * @param crossEntropies n
   * @param q from 0, exclusive, where it is the cross-entropy, to 1, where it is the probability of
   *     an error
   * @return n
   */
  static Tensor generalized(Tensor crossEntropies, double q) {
    return crossEntropies.mul(new Scalar(-q)).expm1().div(new Scalar(-q));
  }

  /**
   * The value itself, whose gradient goes back reversed and times lambda (Ganin et al. 2016):
   * {@code z·(1 + λ) − λ·z} with the first z held constant.
   */
  static Tensor reverseGradient(Tensor value, double lambda) {
    return value.detach().mul(new Scalar(1 + lambda)).sub(value.mul(new Scalar(lambda)));
  }
}
