package org.evenhand.unlearning;

import java.io.Serializable;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;

/**
 * How a vector of parameters makes a head. The vector holds one row of {@code width} weights for
 * every output: O × D, row-major, the bias last in each row. A head of one output and two classes
 * is a softmax whose first logit is fixed at zero.
 *
 * @param classes K
 * @param outputs O, either K or 1 with K = 2
 * @param width D
 */
public record HeadShape(int classes, int outputs, int width) implements Serializable {
  /**
   * The shape of a head.
   *
   * @param head any head
   */
  public static HeadShape of(Head head) {
    return new HeadShape(
        head.classes().size(), head.layer().outputs(), head.features() + (head.biased() ? 1 : 0));
  }

  /** P = O · D, the number of parameters. */
  public int parameters() {
    return outputs * width;
  }

  /** The first class whose logit the parameters decide. */
  int fixed() {
    return classes - outputs;
  }

  /**
   * A head's weights and biases as parameters.
   *
   * @param head of this shape
   */
  public double[] parameters(Head head) {
    DenseLayer layer = head.layer();
    double[] parameters = new double[parameters()];
    for (int output = 0; output < outputs; output++) {
      for (int j = 0; j < layer.inputs(); j++) {
        parameters[output * width + j] = layer.weights()[output * layer.inputs() + j];
      }
      if (head.biased()) {
        parameters[output * width + width - 1] = layer.bias()[output];
      }
    }
    return parameters;
  }

  /**
   * The head with these parameters, rounded to 32 bits as a model file stores them.
   *
   * @param head of this shape
   * @param parameters P values
   */
  public Head head(Head head, double[] parameters) {
    int d = head.features();
    float[] weights = new float[outputs * d];
    float[] bias = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      for (int j = 0; j < d; j++) {
        weights[output * d + j] = (float) parameters[output * width + j];
      }
      if (head.biased()) {
        bias[output] = (float) parameters[output * width + width - 1];
      }
    }
    return head.with(new DenseLayer(d, outputs, weights, bias));
  }

  /** Logits of every output: rows × O. */
  double[] logits(double[] parameters, HeadRows rows) {
    return Blas.timesTransposed(rows.features(), parameters, rows.rows(), outputs, width);
  }

  /** Probabilities of all classes: rows × K. */
  double[] probabilities(double[] parameters, HeadRows rows) {
    double[] logits = logits(parameters, rows);
    double[] probabilities = new double[rows.rows() * classes];
    for (int row = 0; row < rows.rows(); row++) {
      softmax(logits, row * outputs, probabilities, row * classes);
    }
    return probabilities;
  }

  private void softmax(double[] logits, int from, double[] probabilities, int to) {
    double largest = fixed() > 0 ? 0 : Double.NEGATIVE_INFINITY;
    for (int output = 0; output < outputs; output++) {
      largest = Math.max(largest, logits[from + output]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      double logit = k < fixed() ? 0 : logits[from + k - fixed()];
      probabilities[to + k] = Math.exp(logit - largest);
      sum += probabilities[to + k];
    }
    for (int k = 0; k < classes; k++) {
      probabilities[to + k] /= sum;
    }
  }

  /** What a head of these parameters answers. */
  Answers.Soft answers(Classes names, double[] parameters, HeadRows rows) {
    return answers(names, logits(parameters, rows));
  }

  /** What a head answers whose outputs are these logits, rows × O. */
  Answers.Soft answers(Classes names, double[] free) {
    int rows = free.length / outputs;
    double[] logits = new double[rows * classes];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(free, row * outputs, logits, row * classes + fixed(), outputs);
    }
    return Answers.Soft.ofLogits(names, logits);
  }
}
