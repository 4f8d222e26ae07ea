package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Adam (Kingma and Ba 2015) with an l2 penalty in the gradient, as PyTorch's. */
final class Adam {
  private static final double MEAN_DECAY = 0.9;
  private static final double SQUARE_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  /** What stays in a processor's cache. */
  private static final long PIECE = 1 << 15;

  private final Weights weights;
  private final long piece;
  private final double weightDecay;
  private final Tensor mean;
  private final Tensor square;
  private long steps;
  private double stepSize;
  private double root;

  /**
   * @param whole whether a step is one piece, as a graphics card likes it
   */
  Adam(Weights weights, double weightDecay, boolean whole) {
    this.weights = weights;
    piece = whole ? Math.max(1, weights.allTrained().numel()) : PIECE;
    this.weightDecay = weightDecay;
    mean = torch.zeros_like(weights.allTrained());
    square = torch.zeros_like(weights.allTrained());
  }

  /**
   * Begins a step.
   *
   * @param rate the step size
   */
  void begin(double rate) {
    steps++;
    stepSize = rate / (1 - Math.pow(MEAN_DECAY, (double) steps));
    root = Math.sqrt(1 - Math.pow(SQUARE_DECAY, (double) steps));
  }

  /** In how many pieces a step is taken. */
  int pieces() {
    return Math.toIntExact((weights.allTrained().numel() + piece - 1) / piece);
  }

  /**
   * Takes some pieces of the step that has begun.
   *
   * @param slopes whose sum is gone down; used up
   */
  void move(List<Tensor> slopes, int from, int to) {
    Scalar decay = new Scalar(weightDecay);
    Scalar meanShare = new Scalar(1 - MEAN_DECAY);
    Scalar squareKept = new Scalar(SQUARE_DECAY);
    Scalar squareShare = new Scalar(1 - SQUARE_DECAY);
    // The bias of the square's root is divided out of the step instead.
    Scalar epsilon = new Scalar(EPSILON * root);
    Scalar size = new Scalar(-stepSize * root);
    for (int index = from; index < to; index++) {
      Tensor slope = piece(slopes.get(0), index);
      for (Tensor other : slopes.subList(1, slopes.size())) {
        slope.add_(piece(other, index));
      }
      Tensor numbers = piece(weights.allTrained(), index);
      Tensor means = piece(mean, index);
      Tensor squares = piece(square, index);
      slope.add_(numbers, decay);
      means.lerp_(slope, meanShare);
      squares.mul_(squareKept).addcmul_(slope, slope, squareShare);
      numbers.addcdiv_(means, torch.sqrt_out(slope, squares).add_(epsilon), size);
    }
  }

  private Tensor piece(Tensor all, int index) {
    long from = index * piece;
    return all.narrow(0, from, Math.min(piece, all.numel() - from));
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
