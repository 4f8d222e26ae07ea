package org.evenhand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Progress;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.evenhand.images.BadImages;
import org.evenhand.images.ImagePack;
import org.evenhand.images.ImageTable;
import org.evenhand.images.Preprocessing;
import org.evenhand.onnx.FusedExporter;
import org.evenhand.onnx.ImagePatch;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.training.Backbone;
import org.evenhand.training.Device;
import org.evenhand.training.ImagePatchTrainer;
import org.evenhand.training.TrainingSettings;
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
 * One thread, asked about faces that lie in memory: a deployed convolutional network, a patch for
 * it, and both fused, which should cost no more than the two together; and what decoding the same
 * faces costs. Needs {@code EVENHAND_DATA}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ImageBenchmark {
  /** The patch: a backbone and its width. */
  @Param({"small-cnn 16", "resnet18 16", "resnet18 64"})
  private String patch = "";

  /** How many faces are asked about at once. */
  @Param({"1", "64"})
  private int images;

  private Optional<ImagePack> pack = Optional.empty();
  private Optional<OnnxClassifier> deployed = Optional.empty();
  private Optional<OnnxClassifier> patched = Optional.empty();
  private Optional<OnnxClassifier> fused = Optional.empty();
  private Optional<Path> folder = Optional.empty();
  private TensorColumn onDisk = TensorColumn.of("", List.of(1), 0, (index, into, at) -> {});
  private Table inMemory = Table.of(List.of(onDisk));
  private float[] decoded = {};

  /** Trains the patch for a moment; what it predicts costs nothing. */
  @Setup
  public void open() throws IOException {
    Path data = Path.of(System.getenv("EVENHAND_DATA"));
    OnnxClassifier model =
        OnnxClassifier.open(data.resolve("models").resolve("face-api-age-gender.onnx"));
    ImagePack faces = ImagePack.open(data.resolve("images").resolve("utkface-64.tar.gz"));
    pack = Optional.of(faces);
    deployed = Optional.of(model);
    List<String> names = faces.names().stream().limit(images).toList();
    Preprocessing how = Preprocessing.of(model.inputs().get(0), Preprocessing.Scale.BYTES);
    String column = model.inputs().get(0).name();
    Table table =
        ImageTable.of(
                Table.of(List.of(TextColumn.of("file", names))),
                "file",
                faces,
                column,
                how,
                BadImages.REFUSE)
            .table();
    onDisk = (TensorColumn) table.column(column);
    int size = onDisk.size();
    decoded = new float[images * size];
    decode();
    float[] pixels = decoded.clone();
    inMemory =
        Table.of(
            List.of(
                TensorColumn.of(
                    column,
                    onDisk.shape(),
                    images,
                    (index, into, at) -> System.arraycopy(pixels, index * size, into, at, size))));
    Path written = Files.createTempDirectory("benchmark");
    folder = Optional.of(written);
    ImagePatch network = trained();
    patched = Optional.of(exported(network, written.resolve("patch.onnx")));
    fused = Optional.of(fused(model, network, written.resolve("fused.onnx")));
  }

  private ImagePatch trained() {
    String[] shape = patch.split(" ", 2);
    TrainingSettings settings =
        TrainingSettings.of(Backbone.of(shape[0], Integer.parseInt(shape[1])))
            .withLargestSide(64)
            .withEpochs(1, 1)
            .withHeldOut(0)
            .withDevice(Device.CPU, 1);
    Table few = inMemory.select(new int[] {0, 0, 0, 0});
    double[] weights = {1, 1, 1, 1};
    double[] labels = {1, 0, 0, 1, 1, 0, 0, 1};
    return new ImagePatchTrainer(settings, Progress.NONE).train(few, labels, 2, weights, 1);
  }

  private static OnnxClassifier exported(ImagePatch network, Path file) {
    NetworkExporter.exportPatch(network, Map.of(), file);
    return OnnxClassifier.open(file);
  }

  private static OnnxClassifier fused(OnnxClassifier model, ImagePatch network, Path file) {
    Removal removal = new Removal(new BiasRule.Distilled(network), new float[2], 1);
    FusedExporter.export(model, removal, DecisionRule.MOST_PROBABLE, Map.of(), file);
    return OnnxClassifier.open(file);
  }

  /** The deployed model alone. */
  @Benchmark
  public Answers deployed() {
    return deployed.orElseThrow().answer(inMemory);
  }

  /** The patch alone. */
  @Benchmark
  public Answers patch() {
    return patched.orElseThrow().answer(inMemory);
  }

  /** Both as one model. */
  @Benchmark
  public Answers fused() {
    return fused.orElseThrow().answer(inMemory);
  }

  /** From JPEG files of 64 × 64 pixels to what the deployed model reads. */
  @Benchmark
  public float[] decode() {
    for (int image = 0; image < images; image++) {
      onDisk.read(image, decoded, image * onDisk.size());
    }
    return decoded;
  }

  /** Frees the models and the files. */
  @TearDown
  public void close() throws IOException {
    for (OnnxClassifier model :
        Arrays.asList(deployed.orElseThrow(), patched.orElseThrow(), fused.orElseThrow())) {
      model.close();
    }
    pack.orElseThrow().close();
    for (String name : List.of("patch.onnx", "fused.onnx")) {
      Files.deleteIfExists(folder.orElseThrow().resolve(name));
    }
    Files.deleteIfExists(folder.orElseThrow());
  }
}
