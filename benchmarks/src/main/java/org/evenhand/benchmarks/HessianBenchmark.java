package org.evenhand.benchmarks;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.evenhand.unlearning.Consistency;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.PairRows;
import org.evenhand.unlearning.TrainedHead;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Heads of the size of Colored MNIST, 60,000 training rows, 100 features, 10 classes, and the speed
 * of matrix products to compare with.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 3)
public class HessianBenchmark {
  private static final int ROWS = 60_000;
  private static final int FEATURES = 100;
  private static final int PAIRS = 400;
  private static final int PRODUCT = 1000;

  private final SimulatedHead simulated = SimulatedHead.of(10, FEATURES);
  private final HeadRows training = simulated.rows(ROWS, 1);
  private final PairRows pairs = simulated.pairs(PAIRS);
  private final TrainedHead head = TrainedHead.of(simulated.head(), training);
  private final DoubleBuffer left = ones();
  private final DoubleBuffer right = ones();
  private final DoubleBuffer product = ones();

  private static DoubleBuffer ones() {
    DoubleBuffer buffer =
        ByteBuffer.allocateDirect(PRODUCT * PRODUCT * Double.BYTES)
            .order(ByteOrder.nativeOrder())
            .asDoubleBuffer();
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, 1);
    }
    return buffer;
  }

  /** The Hessian of 1,000 parameters; its 45 distinct blocks need 27 GFLOP at least. */
  @Benchmark
  public TrainedHead hessian() {
    return TrainedHead.of(simulated.head(), training);
  }

  /** A product of 1000 × 1000 matrices, on one thread: 2 GFLOP. */
  @Benchmark
  public DoubleBuffer matrixProduct() {
    cblas_dgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        PRODUCT,
        PRODUCT,
        PRODUCT,
        1,
        left,
        PRODUCT,
        right,
        PRODUCT,
        0,
        product,
        PRODUCT);
    return product;
  }

  /** All settings of the default rule, fitted to 400 pairs. */
  @Benchmark
  public List<?> consistency() {
    return new Consistency().steps(head, pairs);
  }
}
