package org.evenhand.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.training.Backbone;
import org.evenhand.training.Device;
import org.evenhand.training.ImagePatchTrainer;
import org.evenhand.training.TrainingSettings;

/**
 * Images a second in training, with 1 and 2 threads: by default a ResNet-18 of width 64 on 3 × 64 ×
 * 64 pixels in batches of 32. {@code src/main/python/training_throughput.py} does the same in
 * Python. The images are noise and lie in memory.
 *
 * <pre>{@code
 * java -cp 'benchmarks/target/benchmarks.jar' org.evenhand.benchmarks.TrainingThroughput \
 *     [backbone width pixels batch]
 * }</pre>
 */
public final class TrainingThroughput {
  private static final int EPOCHS = 6;
  private static final int STEPS_AN_EPOCH = 10;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private TrainingThroughput() {}

  /**
   * Prints a line a number of threads.
   *
   * @param arguments backbone, width, pixels across and batch size; none for the default
   */
  public static void main(String[] arguments) {
    String[] shape =
        arguments.length == 4 ? arguments : new String[] {"resnet18", "64", "64", "32"};
    Backbone backbone = Backbone.of(shape[0], Integer.parseInt(shape[1]));
    int side = Integer.parseInt(shape[2]);
    int batch = Integer.parseInt(shape[3]);
    for (int threads = 1; threads <= 2; threads++) {
      Rates rates = rates(backbone, side, batch, threads);
      System.out.printf(
          Locale.ROOT,
          "%s, width %s, %d pixels, batch %d, %d threads: %.1f images/s, %.1f a processor second%n",
          shape[0],
          shape[1],
          side,
          batch,
          threads,
          rates.images,
          rates.imagesAProcessorSecond);
    }
  }

  /**
   * Images a second.
   *
   * @param images by the clock
   * @param imagesAProcessorSecond by the time of all processors, which other work disturbs less
   */
  private record Rates(double images, double imagesAProcessorSecond) {}

  /** The median over all epochs but the first, in which all is still cold. */
  private static Rates rates(Backbone backbone, int side, int batch, int threads) {
    int rows = batch * STEPS_AN_EPOCH;
    TrainingSettings settings =
        TrainingSettings.of(backbone)
            .withEpochs(EPOCHS, EPOCHS)
            .withSteps(batch, 1e-3, 1e-4)
            .withHeldOut(0)
            .withDevice(Device.CPU, threads);
    List<Long> ends = new ArrayList<>();
    List<Long> processors = new ArrayList<>();
    double[] labels = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      labels[2 * row + row % 2] = 1;
    }
    double[] weights = new double[rows];
    Arrays.fill(weights, 1);
    new ImagePatchTrainer(
            settings,
            (task, done, total) -> {
              if (done % STEPS_AN_EPOCH == 0) {
                ends.add(System.nanoTime());
                processors.add(PROCESS.getProcessCpuTime());
              }
            })
        .train(Table.of(List.of(noise(rows, side))), labels, 2, weights, 1);
    return new Rates(median(rows, ends), median(rows, processors));
  }

  private static double median(int rows, List<Long> ends) {
    double[] rates = new double[EPOCHS - 1];
    for (int epoch = 1; epoch < EPOCHS; epoch++) {
      rates[epoch - 1] = rows / ((ends.get(epoch) - ends.get(epoch - 1)) * 1e-9);
    }
    Arrays.sort(rates);
    return rates[rates.length / 2];
  }

  private static TensorColumn noise(int rows, int side) {
    return TensorColumn.of(
        "image",
        List.of(3, side, side),
        rows,
        (index, into, offset) -> {
          SplittableRandom random = new SplittableRandom(index);
          for (int i = 0; i < 3 * side * side; i++) {
            into[offset + i] = (float) random.nextDouble();
          }
        });
  }
}
