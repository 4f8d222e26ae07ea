package org.evenhand.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.evenhand.audit.ConfusionTable;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Target;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Counting rows into groups, on all processors, in rows a second. The floor is what merely reading
 * the same three arrays, 12 bytes per row, takes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CountingBenchmark {
  private static final int ROWS = 20_000_000;
  private static final int CHUNK = 1 << 16;

  private Target target = new Target("t", Classes.of("0", "1"), new int[0]);
  private Attribute attribute = new Attribute("b", List.of("0", "1", "2", "3"), new int[0]);
  private int[] decisions = {};

  /** Draws 8 groups of equal size, a decision in eight wrong. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    int[] classes = new int[ROWS];
    int[] values = new int[ROWS];
    decisions = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      int bits = random.nextInt(64);
      classes[row] = bits & 1;
      values[row] = bits >> 1 & 3;
      decisions[row] = bits >> 3 == 0 ? 1 - classes[row] : classes[row];
    }
    target = new Target(target.name(), target.classes(), classes);
    attribute = new Attribute(attribute.name(), attribute.values(), values);
  }

  /** What an audit does first. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public ConfusionTable count() {
    return ConfusionTable.of(target, attribute, decisions);
  }

  /** The floor. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int readOnly() {
    int chunks = (ROWS + CHUNK - 1) / CHUNK;
    return IntStream.range(0, chunks)
        .parallel()
        .map(chunk -> sum(chunk * CHUNK, Math.min(ROWS, (chunk + 1) * CHUNK)))
        .sum();
  }

  /** Sums that may overflow, in 32 bits for the compiler to turn into vector instructions. */
  private int sum(int from, int to) {
    return sum(target.codes(), from, to)
        + sum(attribute.codes(), from, to)
        + sum(decisions, from, to);
  }

  private static int sum(int[] numbers, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += numbers[i];
    }
    return sum;
  }
}
