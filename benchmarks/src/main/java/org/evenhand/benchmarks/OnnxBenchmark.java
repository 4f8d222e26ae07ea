package org.evenhand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.InputColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.data.Tables;
import org.evenhand.onnx.FusedExporter;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * ONNX Runtime on one thread, asked about 8,000 rows: a deployed model, a patch for it, and both
 * fused, which should cost no more than the two together. Needs {@code EVENHAND_DATA}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OnnxBenchmark {
  private static final int ROWS = 8_000;

  /** The table's name; the model is the multilayer perceptron trained on it. */
  @Param({"lsac", "adult"})
  private String data = "";

  /** Which model is asked. */
  @Param({"deployed", "patch", "fused"})
  private String model = "";

  private Optional<OnnxClassifier> asked = Optional.empty();
  private Optional<Table> rows = Optional.empty();
  private Optional<Path> file = Optional.empty();

  /** Trains the patch on the rows that are asked about; what it predicts costs nothing. */
  @Setup
  public void open() throws IOException {
    Path folder = Path.of(System.getenv("EVENHAND_DATA"));
    Path deployedFile = folder.resolve("models").resolve(data + "-mlp.onnx");
    Path table = folder.resolve("tabular").resolve(data).resolve(data + ".csv.gz");
    Path written = Files.createTempFile("benchmark", ".onnx");
    file = Optional.of(written);
    OnnxClassifier deployed = OnnxClassifier.open(deployedFile);
    Table inputs =
        Tables.read(table)
            .slice(0, ROWS)
            .only(deployed.inputs().stream().map(InputColumn::name).toList());
    rows = Optional.of(inputs);
    asked =
        Optional.of(
            switch (model) {
              case "deployed" -> deployed;
              case "patch" -> patch(trained(deployed, inputs), written);
              default -> fused(deployed, trained(deployed, inputs), written);
            });
  }

  private static PatchNetwork trained(OnnxClassifier deployed, Table inputs) {
    double[] labels = ((Answers.Soft) deployed.answer(inputs)).logProbabilities().clone();
    Arrays.setAll(labels, i -> Math.exp(labels[i]));
    double[] weights = new double[inputs.rows()];
    Arrays.fill(weights, 1);
    return new Perceptron(PerceptronSettings.DEFAULT.withL2(1.0).withEpochs(1, 0))
        .train(inputs, labels, deployed.classes().size(), weights, 1);
  }

  private static OnnxClassifier patch(PatchNetwork network, Path file) {
    NetworkExporter.exportPatch(network, Map.of(), file);
    return OnnxClassifier.open(file);
  }

  private static OnnxClassifier fused(OnnxClassifier deployed, PatchNetwork network, Path file) {
    Removal removal = new Removal(new BiasRule.Distilled(network), new float[network.outputs()], 1);
    FusedExporter.export(deployed, removal, DecisionRule.MOST_PROBABLE, Map.of(), file);
    return OnnxClassifier.open(file);
  }

  /** Filling the tensors, running the model, reading the scores. */
  @Benchmark
  public Answers answer() {
    return asked.orElseThrow().answer(rows.orElseThrow());
  }

  /** Frees the model. */
  @TearDown
  public void close() throws IOException {
    asked.orElseThrow().close();
    Files.deleteIfExists(file.orElseThrow());
  }
}
