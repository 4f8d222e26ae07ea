package org.evenhand.benchmarks;

import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotri;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dsymv;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.PairRows;

/**
 * The update as the paper's authors published it, to compare with: pair after pair, the logistic
 * Hessian of one output is formed from all training features and inverted. Only its cost matters.
 */
final class PublishedRecipe {
  /** LAPACK counts by columns: its lower half is our upper one. */
  private static final byte LOWER = 'L';

  private final HeadRows training;
  private final int width;
  private final double[] weights;
  private final double ridge;
  private final double[] scaled;
  private final DoubleBuffer rows;
  private final DoubleBuffer hessian;

  PublishedRecipe(HeadRows training, float[] weights, double ridge) {
    this.training = training;
    this.width = training.width();
    this.weights = new double[width];
    for (int j = 0; j < width; j++) {
      this.weights[j] = weights[j];
    }
    this.ridge = ridge * training.rows();
    this.scaled = new double[training.features().length];
    this.rows = direct(scaled.length);
    this.hessian = direct(width * width);
  }

  private static DoubleBuffer direct(int size) {
    return ByteBuffer.allocateDirect(size * Double.BYTES)
        .order(ByteOrder.nativeOrder())
        .asDoubleBuffer();
  }

  /** The first output's weights after all pairs. */
  double[] update(PairRows pairs) {
    DoubleBuffer change = direct(width);
    DoubleBuffer gradient = direct(width);
    for (int pair = 0; pair < pairs.size(); pair++) {
      invertHessian();
      double[] factual = gradient(pairs.factual(), pair);
      double[] counterpart = gradient(pairs.counterfactual(), pair);
      for (int j = 0; j < width; j++) {
        gradient.put(j, factual[j] - counterpart[j]);
      }
      cblas_dsymv(CblasRowMajor, CblasUpper, width, 1, hessian, width, gradient, 1, 0, change, 1);
      for (int j = 0; j < width; j++) {
        weights[j] += change.get(j);
      }
    }
    return weights;
  }

  private void invertHessian() {
    double[] features = training.features();
    for (int row = 0; row < training.rows(); row++) {
      double p = probability(training, row);
      double root = Math.sqrt(p * (1 - p));
      for (int j = 0; j < width; j++) {
        scaled[row * width + j] = root * features[row * width + j];
      }
    }
    rows.put(0, scaled);
    cblas_dsyrk(
        CblasRowMajor,
        CblasUpper,
        CblasTrans,
        width,
        training.rows(),
        1,
        rows,
        width,
        0,
        hessian,
        width);
    for (int i = 0; i < width; i++) {
      hessian.put(i * width + i, hessian.get(i * width + i) + ridge);
    }
    LAPACKE_dpotrf(LAPACK_COL_MAJOR, LOWER, width, hessian, width);
    LAPACKE_dpotri(LAPACK_COL_MAJOR, LOWER, width, hessian, width);
  }

  private double[] gradient(HeadRows members, int row) {
    double residual = probability(members, row) - (members.targets()[row] == 0 ? 1 : 0);
    double[] gradient = new double[width];
    for (int j = 0; j < width; j++) {
      gradient[j] = residual * members.features()[row * width + j];
    }
    return gradient;
  }

  private double probability(HeadRows of, int row) {
    double logit = 0;
    for (int j = 0; j < width; j++) {
      logit += weights[j] * of.features()[row * width + j];
    }
    return 1 / (1 + Math.exp(-logit));
  }
}
