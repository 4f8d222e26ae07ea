package org.evenhand.training;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How much two kinds of features of the same images depend on each other: the Hilbert–Schmidt
 * independence criterion by its unbiased estimator (Song et al. 2012). With kernel matrices K and L
 * whose diagonals are set to 0, and n images,
 *
 * <pre>{@code
 * (tr KL + ΣK·ΣL / ((n − 1)(n − 2)) − 2/(n − 2) · ΣKL) / (n(n − 3))
 * }</pre>
 *
 * <p>Kernels are Gaussian, {@code exp(−d²/2σ²)}, with σ² the mean of all d², so that neither the
 * size nor the direction of features counts.
 */
final class Dependence {
  /** With fewer images the estimator divides by zero. */
  static final int FEWEST = 4;

  private Dependence() {}

  /**
   * The criterion, about 0 for independent features and possibly below.
   *
   * @param one n × any
   * @param other n × any
   */
  static Tensor of(Tensor one, Tensor other) {
    long n = one.size(0);
    Tensor k = withoutDiagonal(kernel(one));
    Tensor l = withoutDiagonal(kernel(other));
    Tensor product = k.mul(l).sum();
    Tensor sums = k.sum().mul(l.sum()).div(new Scalar((n - 1.0) * (n - 2.0)));
    Tensor cross = k.sum(0).mul(l.sum(0)).sum().mul(new Scalar(2 / (n - 2.0)));
    return product.add(sums).sub(cross).div(new Scalar((double) n * (n - 3)));
  }

  private static Tensor kernel(Tensor features) {
    Tensor products = torch.matmul(features, features.t());
    Tensor lengths = products.diagonal();
    Tensor squares =
        lengths
            .unsqueeze(1)
            .add(lengths.unsqueeze(0))
            .sub(products.mul(new Scalar(2)))
            .clamp_min(new Scalar(0));
    // Images that do not differ at all depend on nothing: then all numbers of the kernel are 1.
    Tensor width = squares.detach().mean().clamp_min(new Scalar(Float.MIN_NORMAL));
    return squares.div(width.mul(new Scalar(-2))).exp();
  }

  private static Tensor withoutDiagonal(Tensor kernel) {
    return kernel.sub(torch.diag(kernel.diagonal()));
  }
}
