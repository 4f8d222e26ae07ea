package org.evenhand.training;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Adam (Kingma and Ba 2015) with an l2 penalty in the gradient, as PyTorch's. */
final class Adam {
  private static final double MEAN_DECAY = 0.9;
  private static final double SQUARE_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  private final Weights weights;
  private final double weightDecay;
  private final Tensor mean;
  private final Tensor square;
  private long steps;

  Adam(Weights weights, double weightDecay) {
    this.weights = weights;
    this.weightDecay = weightDecay;
    mean = torch.zeros_like(weights.allTrained());
    square = torch.zeros_like(weights.allTrained());
  }

  /** Goes down a slope, which is used up. */
  void step(Tensor slope, double rate) {
    Engine.withoutGradients(() -> move(slope, rate));
  }

  private Tensor move(Tensor slope, double rate) {
    steps++;
    slope.add_(weights.allTrained(), new Scalar(weightDecay));
    mean.mul_(new Scalar(MEAN_DECAY)).add_(slope, new Scalar(1 - MEAN_DECAY));
    square.mul_(new Scalar(SQUARE_DECAY)).addcmul_(slope, slope, new Scalar(1 - SQUARE_DECAY));
    double meanBias = 1 - Math.pow(MEAN_DECAY, (double) steps);
    double squareBias = 1 - Math.pow(SQUARE_DECAY, (double) steps);
    Tensor size = square.sqrt().div_(new Scalar(Math.sqrt(squareBias))).add_(new Scalar(EPSILON));
    return weights.allTrained().addcdiv_(mean, size, new Scalar(-rate / meanBias));
  }

  long steps() {
    return steps;
  }

  float[] mean() {
    return Engine.values(mean);
  }

  float[] square() {
    return Engine.values(square);
  }

  /** Goes on from a state. */
  void restore(long stepsDone, float[] means, float[] squares) {
    steps = stepsDone;
    Engine.withoutGradients(
        () -> {
          mean.copy_(weights.engine().tensor(means, means.length));
          return square.copy_(weights.engine().tensor(squares, squares.length));
        });
  }
}
