package org.evenhand.benchmarks;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Locale;
import java.util.stream.IntStream;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.TrainedHead;

/**
 * The speed of forming the large Hessian as a share of that of matrix products on all processors,
 * taken by turns, so that other work on the machine slows both: by the clock and by processor time.
 *
 * <p>Only the operations that the Hessian needs at least are counted: its 45 distinct blocks, each
 * symmetric.
 */
public final class HessianShare {
  private static final int ROWS = 60_000;
  private static final int FEATURES = 100;
  private static final int CLASSES = 10;
  private static final int SIZE = 1000;
  private static final int PRODUCTS = 8;
  private static final int WARM_UP = 3;
  private static final double FLOOR =
      CLASSES * (CLASSES - 1) / 2.0 * FEATURES * (FEATURES + 1) * ROWS;

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private HessianShare() {}

  /** Seconds that something took, by the clock and of all processors. */
  private record Taken(double clock, double processors) {
    static Taken by(Runnable task) {
      long clock = System.nanoTime();
      long processors = MACHINE.getProcessCpuTime();
      task.run();
      return new Taken(
          (System.nanoTime() - clock) / 1e9, (MACHINE.getProcessCpuTime() - processors) / 1e9);
    }
  }

  /**
   * Prints one line a turn, in GFLOP/s.
   *
   * @param arguments the number of turns
   */
  public static void main(String[] arguments) {
    int turns = Integer.parseInt(arguments[0]);
    int threads = Runtime.getRuntime().availableProcessors();
    SimulatedHead simulated = SimulatedHead.of(CLASSES, FEATURES);
    HeadRows training = simulated.rows(ROWS, 1);
    double products = threads * PRODUCTS * 2.0 * SIZE * SIZE * SIZE;
    for (int turn = -WARM_UP; turn < turns; turn++) {
      double load = MACHINE.getSystemLoadAverage();
      Taken product =
          Taken.by(() -> IntStream.range(0, threads).parallel().forEach(i -> multiply()));
      Taken hessian = Taken.by(() -> TrainedHead.of(simulated.head(), training));
      if (turn >= 0) {
        System.out.printf(
            Locale.ROOT,
            "load %.1f | clock: Hessian %.2f s, %.1f of %.1f, %.0f %% | processors: %.2f s, %.1f of %.1f, %.0f %%%n",
            load,
            hessian.clock,
            FLOOR / hessian.clock / 1e9,
            products / product.clock / 1e9,
            100 * FLOOR / hessian.clock / (products / product.clock),
            hessian.processors,
            FLOOR / hessian.processors / 1e9,
            products / product.processors / 1e9,
            100 * FLOOR / hessian.processors / (products / product.processors));
      }
    }
  }

  private static void multiply() {
    DoubleBuffer left = zeros();
    DoubleBuffer right = zeros();
    DoubleBuffer product = zeros();
    for (int i = 0; i < PRODUCTS; i++) {
      cblas_dgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasNoTrans,
          SIZE,
          SIZE,
          SIZE,
          1,
          left,
          SIZE,
          right,
          SIZE,
          0,
          product,
          SIZE);
    }
  }

  private static DoubleBuffer zeros() {
    return ByteBuffer.allocateDirect(SIZE * SIZE * Double.BYTES)
        .order(ByteOrder.nativeOrder())
        .asDoubleBuffer();
  }
}
