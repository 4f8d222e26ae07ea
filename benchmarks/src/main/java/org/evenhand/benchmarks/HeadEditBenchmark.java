package org.evenhand.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.evenhand.unlearning.CounterfactualBiasFunction;
import org.evenhand.unlearning.ExternalPairs;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.InfluenceOnBias;
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

/** Head edits of the size of Adult: 32,561 training rows, 100 features, 2 classes, 500 pairs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
public class HeadEditBenchmark {
  private static final int ROWS = 32_561;
  private static final int FEATURES = 100;
  private static final int PAIRS = 500;
  private static final double RIDGE = 1e-3;

  private final SimulatedHead simulated = SimulatedHead.of(2, FEATURES);
  private final HeadRows training = simulated.rows(ROWS, 1);
  private final PairRows pairs = simulated.pairs(PAIRS);
  private final TrainedHead head = TrainedHead.of(simulated.head(), training);
  private final InfluenceOnBias influence = new InfluenceOnBias(head, RIDGE);

  /** Hessian, its factors for three ridges, and the published update at 21 settings. */
  @Benchmark
  public List<?> update() {
    return new ExternalPairs().steps(TrainedHead.of(simulated.head(), training), pairs);
  }

  /** The influence on bias of every training row, once the Hessian is factored. */
  @Benchmark
  public double[] influence() {
    return influence.of(new CounterfactualBiasFunction(pairs), training);
  }

  /** What is published: per pair, one output's Hessian from all rows, and its inverse. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 1)
  @Measurement(iterations = 3)
  public double[] publishedRecipe() {
    return new PublishedRecipe(training, simulated.head().layer().weights(), RIDGE).update(pairs);
  }
}
