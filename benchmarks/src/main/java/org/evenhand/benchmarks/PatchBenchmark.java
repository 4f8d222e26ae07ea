package org.evenhand.benchmarks;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Split;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The plain-Java perceptron on one thread: 6 columns (4 numbers, 2 texts of 7 categories together),
 * one hidden layer of 32, two outputs; in rows a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PatchBenchmark {
  private static final int ROWS = 10_000;
  private static final int EPOCHS = 20;
  private static final Perceptron TRAINER =
      new Perceptron(PerceptronSettings.DEFAULT.withL2(1.0).withEpochs(EPOCHS, 0));

  private final Table people = SimulatedLending.table(ROWS, 1);
  private final Table inputs =
      people.without(Set.of(SimulatedLending.TARGET, SimulatedLending.ATTRIBUTE, Split.COLUMN));
  private final double[] labels =
      PatchTrainer.certainLabels(
          ((TextColumn) people.column(SimulatedLending.ATTRIBUTE)).codes(), 2);
  private final double[] weights = ones();
  private final PatchNetwork network = TRAINER.train(inputs, labels, 2, weights, 1);

  private static double[] ones() {
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Training with the default steps: every row counts once an epoch. */
  @Benchmark
  @OperationsPerInvocation(ROWS * EPOCHS)
  public PatchNetwork train() {
    return TRAINER.train(inputs, labels, 2, weights, 1);
  }

  /** Answers of a trained network. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double[] answer() {
    return network.logProbabilities(inputs);
  }
}
