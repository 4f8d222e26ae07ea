package org.evenhand.onnx;

import java.io.Serializable;
import org.evenhand.core.ModelContract;

/**
 * How a model is opened and asked. Neither the batch size nor the number of threads changes an
 * answer. Options can be sent to other processes, as in a closure of Spark.
 *
 * @param contract what is declared of the model
 * @param batchSize rows per call of ONNX Runtime, at least 1; fewer are asked at once where the
 *     images of so many rows take more than 4 MiB
 * @param threads how many batches are computed at once, each on one thread, at least 1; more than
 *     the machine has are not used
 * @param strict whether a category that the model's encoder does not know is an error
 */
public record OnnxOptions(ModelContract contract, int batchSize, int threads, boolean strict)
    implements Serializable {
  /**
   * @throws OnnxException if the batch size or the number of threads is below 1
   */
  public OnnxOptions {
    if (batchSize < 1) {
      throw new OnnxException("The batch size is %d; it must be at least 1.".formatted(batchSize));
    }
    if (threads < 1) {
      throw new OnnxException(
          "The number of threads is %d; it must be at least 1.".formatted(threads));
    }
  }

  /** Batches of 8192 rows on one thread, everything else found in the file. */
  public static OnnxOptions defaults() {
    return of(ModelContract.none());
  }

  /**
   * Batches of 8192 rows on one thread.
   *
   * @param contract what is declared of the model
   */
  public static OnnxOptions of(ModelContract contract) {
    return new OnnxOptions(contract, 8192, 1, false);
  }

  /**
   * The same with another batch size.
   *
   * @param rows see {@link #batchSize}
   * @throws OnnxException if it is below 1
   */
  public OnnxOptions withBatchSize(int rows) {
    return new OnnxOptions(contract, rows, threads, strict);
  }

  /**
   * The same with another number of threads.
   *
   * @param count see {@link #threads}
   * @throws OnnxException if it is below 1
   */
  public OnnxOptions withThreads(int count) {
    return new OnnxOptions(contract, batchSize, count, strict);
  }

  /**
   * The same, strict or not.
   *
   * @param errorOnUnknown see {@link #strict}
   */
  public OnnxOptions withStrict(boolean errorOnUnknown) {
    return new OnnxOptions(contract, batchSize, threads, errorOnUnknown);
  }
}
