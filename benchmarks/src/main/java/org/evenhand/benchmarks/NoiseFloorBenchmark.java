package org.evenhand.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.evenhand.audit.ConfusionTable;
import org.evenhand.audit.GroupSummary;
import org.evenhand.audit.NoiseFloor;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Target;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 1,000 resamples of Model Bias on 8 groups, which should not depend on the number of rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NoiseFloorBenchmark {
  private static final int DRAWS = 1_000;
  private static final int VALUES = 4;

  /** Rows of all groups together. */
  @Param({"10000", "1000000", "1000000000"})
  private double rows;

  private ConfusionTable table = counts(1);
  private double observed;

  /** Makes the counts; 1 G rows are 16 rows with large weights. */
  @Setup
  public void count() {
    table = counts(rows / (2 * VALUES));
    observed = GroupSummary.of(table).modelBias();
  }

  /** A row for every cell of the table, with the cell's size as its weight. */
  private static ConfusionTable counts(double rowsOfGroup) {
    int cells = 2 * VALUES * 2;
    int[] classes = new int[cells];
    int[] values = new int[cells];
    int[] decisions = new int[cells];
    double[] weights = new double[cells];
    for (int cell = 0; cell < cells; cell++) {
      classes[cell] = cell / (2 * VALUES);
      values[cell] = cell / 2 % VALUES;
      decisions[cell] = cell % 2;
      double accuracy = 0.9 - 0.05 * values[cell];
      double share = decisions[cell] == classes[cell] ? accuracy : 1 - accuracy;
      weights[cell] = Math.rint(share * rowsOfGroup);
    }
    return ConfusionTable.of(
        new Target("t", Classes.of("0", "1"), classes),
        new Attribute("b", List.of("0", "1", "2", "3"), values),
        decisions,
        weights);
  }

  /** Draws, sorts and summarises. */
  @Benchmark
  public NoiseFloor resample() {
    return NoiseFloor.of(table, observed, DRAWS, 1);
  }
}
