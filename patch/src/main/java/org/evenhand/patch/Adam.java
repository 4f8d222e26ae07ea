package org.evenhand.patch;

/** One step of Adam (Kingma and Ba 2015, algorithm 1, in the order of its section 2). */
final class Adam {
  private static final float DECAY_OF_MEAN = 0.9f;
  private static final float DECAY_OF_SQUARE = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final double learningRate;
  private int steps;
  private float stepSize;
  private float epsilon;

  Adam(double learningRate) {
    this.learningRate = learningRate;
  }

  /**
   * Begins the next step; its size corrects both averages for having begun at zero.
   *
   * @param share of the learning rate that this step takes
   */
  void nextStep(double share) {
    steps++;
    double meanCorrection = 1 - Math.pow(DECAY_OF_MEAN, steps);
    double squareCorrection = Math.sqrt(1 - Math.pow(DECAY_OF_SQUARE, steps));
    stepSize = (float) (share * learningRate * squareCorrection / meanCorrection);
    epsilon = (float) (EPSILON * squareCorrection);
  }

  /**
   * Moves weights against their gradient, and clears the gradient.
   *
   * @param weights changed
   * @param gradient sum over a batch; zero afterwards
   * @param scale one over the batch's size
   * @param l2 adds {@code l2 · weight} to the gradient
   * @param mean running average of the gradient, changed
   * @param square running average of its square, changed
   */
  void update(
      float[] weights, float[] gradient, float scale, float l2, float[] mean, float[] square) {
    float size = stepSize;
    float floor = epsilon;
    for (int i = 0; i < weights.length; i++) {
      float slope = scale * gradient[i] + l2 * weights[i];
      float m = DECAY_OF_MEAN * mean[i] + (1 - DECAY_OF_MEAN) * slope;
      float v = DECAY_OF_SQUARE * square[i] + (1 - DECAY_OF_SQUARE) * (slope * slope);
      mean[i] = m;
      square[i] = v;
      gradient[i] = 0;
      weights[i] -= size * m / ((float) Math.sqrt(v) + floor);
    }
  }
}
