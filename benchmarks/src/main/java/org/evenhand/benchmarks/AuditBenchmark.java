package org.evenhand.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole audit of 1,000,000 rows in memory, two classes and an attribute of eight values. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AuditBenchmark {
  private static final SimulatedAnswers SIMULATED =
      new SimulatedAnswers(1_000_000, List.of("a", "b", "c", "d", "e", "f", "g", "h"), 1);

  private final LabelledSet set = SIMULATED.set();
  private final Answers.Soft scores = SIMULATED.answers();
  private final Answers.Hard labels =
      new Answers.Hard(scores.classes(), scores.decisions(AuditSettings.DEFAULT.decisionRule()));

  /** Every metric. */
  @Benchmark
  public AuditResult all() {
    return Audit.of(set, scores, AuditSettings.DEFAULT);
  }

  /** Without AUC and calibration error, which need the rows sorted by score. */
  @Benchmark
  public AuditResult decisionsOnly() {
    return Audit.of(set, labels, AuditSettings.DEFAULT);
  }
}
