package org.evenhand.core;

/**
 * The last dense layer of a model and what turns its outputs into probabilities: all that an
 * unlearning repair may change.
 *
 * @param classes the K classes
 * @param layer from d features to K logits, or to one
 * @param biased whether the layer adds a bias; if not, its bias is zero and must stay so
 * @param link how logits become probabilities
 */
public record Head(Classes classes, DenseLayer layer, boolean biased, Link link) {
  /** How logits become probabilities. */
  public enum Link {
    /** One logit a class; probabilities are their softmax. */
    SOFTMAX,
    /** One logit; its sigmoid is the probability of the second of two classes. */
    SIGMOID
  }

  /**
   * @throws CoreException if the layer's outputs do not fit the classes, or a layer without bias
   *     has one
   */
  public Head {
    int expected = link == Link.SIGMOID ? 1 : classes.size();
    if (layer.outputs() != expected || (link == Link.SIGMOID && classes.size() != 2)) {
      throw new CoreException(
          "A %s head over %d classes does not fit a layer of %d outputs."
              .formatted(link, classes.size(), layer.outputs()));
    }
    for (float value : layer.bias()) {
      if (!biased && value != 0) {
        throw new CoreException("A head without bias must have a bias of zero.");
      }
    }
  }

  /** d, the number of features that the head reads. */
  public int features() {
    return layer.inputs();
  }

  /** The number of weights and biases that may change. */
  public int parameters() {
    return layer.outputs() * (layer.inputs() + (biased ? 1 : 0));
  }

  /**
   * The head with another layer of the same shape.
   *
   * @param edited the weights and biases to use
   * @throws CoreException if the shape differs
   */
  public Head with(DenseLayer edited) {
    if (edited.inputs() != layer.inputs()) {
      throw new CoreException(
          "The head reads %d features, but the edited layer reads %d."
              .formatted(layer.inputs(), edited.inputs()));
    }
    return new Head(classes, edited, biased, link);
  }

  /**
   * What the model answers to rows of these features, computed in 64 bits.
   *
   * @param features rows × d, row-major
   * @throws CoreException if the length is not a multiple of d
   */
  public Answers.Soft answers(double[] features) {
    int d = layer.inputs();
    if (features.length % d != 0) {
      throw new CoreException(
          "%d numbers are not rows of %d features.".formatted(features.length, d));
    }
    int rows = features.length / d;
    // A sigmoid of z is the softmax of (0, z): the first class's logit is then a constant zero.
    int fixed = classes.size() - layer.outputs();
    double[] logits = new double[rows * classes.size()];
    for (int row = 0; row < rows; row++) {
      for (int output = 0; output < layer.outputs(); output++) {
        double logit = layer.bias()[output];
        for (int j = 0; j < d; j++) {
          logit += layer.weights()[output * d + j] * features[row * d + j];
        }
        logits[row * classes.size() + fixed + output] = logit;
      }
    }
    return Answers.Soft.ofLogits(classes, logits);
  }
}
