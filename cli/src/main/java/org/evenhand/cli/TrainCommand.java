package org.evenhand.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.ImageTraining;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.data.Split;
import org.evenhand.images.Preprocessing;
import org.evenhand.onnx.ImageModelExporter;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.ProgressBar;
import org.evenhand.terminal.Under;
import org.evenhand.terminal.Usage;
import org.evenhand.workflow.LabelledImages;
import org.evenhand.workflow.Notes;
import org.evenhand.workflow.OutputFiles;
import org.evenhand.workflow.RowReader;
import org.evenhand.workflow.RowsRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand train}: trains a model of images, to be audited as if it had been deployed. */
@Command(
    name = "train",
    header = "Trains a model of images to try the others on.",
    description = "Writes an ONNX file, to be audited and repaired as if somebody had deployed it.",
    footer = {
      "Train a small network:",
      "evenhand train --images faces.tar.gz --labels labels.csv --target smiling --attribute gender --out faces.onnx",
      "Train one that learns the attribute too:",
      "evenhand train --images faces.tar.gz --labels labels.csv --target smiling --attribute gender --kind unfair --out unfair.onnx",
      "Train a larger one on a graphics card:",
      "evenhand train --images faces.tar.gz --labels labels.csv --target smiling --attribute gender --backbone resnet18 --device cuda --checkpoints work --out resnet.onnx"
    },
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "evenhand train --images=PACK --labels=FILE --target=COLUMN",
      "                      --attribute=COLUMN --out=FILE [--kind=KIND]",
      "                      [--backbone=NETWORK] [OPTIONS]"
    },
    sortOptions = false)
@Under(Heading.METHOD)
final class TrainCommand implements Callable<Integer> {
  private static final String IMAGE = "image";

  @Option(
      names = "--kind",
      defaultValue = "vanilla",
      paramLabel = "KIND",
      description =
          "The kind of training: vanilla, adversarial (against a reader of the attribute), contrastive (fair supervised contrast) or unfair (learns the attribute too) (default ${DEFAULT-VALUE}).")
  private String kind = "vanilla";

  @Option(
      names = "--backbone",
      defaultValue = "small-cnn",
      paramLabel = "NETWORK",
      description =
          "The network: small-cnn, resnet18, resnet34, mlp or vit, a vision transformer of patches of 8 pixels (default ${DEFAULT-VALUE}).")
  private String backbone = "small-cnn";

  @Option(
      names = "--width",
      paramLabel = "N",
      description =
          "The channels of the first stage, the units of a layer, or the numbers of a vit's tokens (default: 64 for the ResNets and vit, else 16).")
  private Optional<Integer> width = Optional.empty();

  @Option(
      names = "--side",
      defaultValue = "64",
      paramLabel = "PIXELS",
      description =
          "Images are resized to this many pixels across and down (default ${DEFAULT-VALUE}).")
  private int side;

  @Option(
      names = "--end",
      defaultValue = "softmax",
      paramLabel = "LINK",
      description =
          "The last layer: softmax, or sigmoid for two classes (default ${DEFAULT-VALUE}).")
  private String end = "softmax";

  @Option(
      names = "--epochs",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "The largest number of passes over the images (default ${DEFAULT-VALUE}); training ends sooner if a held-out tenth of them gains no more.")
  private int epochs;

  @Option(
      names = "--mirror",
      description = "Show every image mirrored left to right half of the time.")
  private boolean mirror;

  @Under(Heading.OUTPUT)
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file for the model (.onnx).")
  private Path out = Path.of("");

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Request request = Usage.checked(spec, this::request);
    RowsRequest rows = data.request();
    List<Path> inputs = new ArrayList<>(rows.files());
    images.request().ifPresent(given -> inputs.addAll(given.files()));
    OutputFiles.requireWritable(List.of(out), inputs);
    training.makeFolder();
    PrintWriter log = spec.commandLine().getErr();
    Notes notes = new TerminalNotes(log);
    try (LabelledImages labelled = new LabelledImages(images.request(), notes)) {
      RowReader reader = new RowReader(rows, notes);
      Table table = reader.toTrain(labelled, IMAGE, request.preprocessing());
      LabelledSet set = reader.labelled(table).select(rows.split().rowsOf(table, Split.TRAIN));
      ImageNetwork network = train(set, request, log);
      Map<String, String> metadata = new LinkedHashMap<>(labelled.described());
      metadata.put("evenhand.training", request.describe(run.seed()));
      ImageModelExporter.export(network, set.target().classes(), request.link(), metadata, out);
      print(set, request);
      return ExitCode.DONE;
    }
  }

  private ImageNetwork train(LabelledSet set, Request request, PrintWriter log) {
    try (ProgressBar progress = ProgressBar.on(log)) {
      LabelledSet images =
          new LabelledSet(
              set.inputs().only(List.of(IMAGE)), set.target(), set.attributes(), set.weights());
      String attribute = set.attributes().get(0).name();
      return request.trainer().train(images, attribute, run.seed(), progress);
    }
  }

  /** What options alone decide, so that wrong ones are refused before any work. */
  private record Request(
      ImageTraining.ModelTrainer trainer, Head.Link link, Preprocessing preprocessing) {
    String describe(long seed) {
      return "%s, seed %d".formatted(trainer.description(), seed);
    }
  }

  private Request request() {
    if (!images.given()) {
      throw new CliException("Missing required option: '--images=PACK'");
    }
    images.check(true, data.file().isPresent());
    data.check(List.of());
    data.requireTarget();
    data.requireAttributes();
    if (data.attributes().size() > 1) {
      throw new CliException(
          "A model is trained for or against one attribute; name one, or cross several in one, such as race,sex.");
    }
    return new Request(
        trainer(),
        link(),
        new Preprocessing(
            side,
            side,
            Preprocessing.Crop.NONE,
            Preprocessing.Channels.RGB,
            Preprocessing.Layout.NCHW,
            images.scale()));
  }

  private ImageTraining.ModelTrainer trainer() {
    // Images are resized when they are read, and so are none averaged down.
    return TrainingOptions.part()
        .models(
            kind,
            link(),
            training.settings(backbone, width, Integer.MAX_VALUE, epochs, mirror, run.threads()));
  }

  private Head.Link link() {
    return switch (end) {
      case "softmax" -> Head.Link.SOFTMAX;
      case "sigmoid" -> Head.Link.SIGMOID;
      default ->
          throw new CliException("--end is '%s'; it must be softmax or sigmoid.".formatted(end));
    };
  }

  private void print(LabelledSet set, Request request) {
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      ObjectNode trained = new ObjectMapper().createObjectNode();
      trained.put("command", "train").put("rows", set.rows());
      trained.put("training", request.describe(run.seed()));
      trained.putObject("outputs").put("model", out.toString());
      to.println(trained.toPrettyString());
    } else {
      to.printf(
          Locale.ROOT,
          "Trained on %,d images: %s.%nWritten: %s%n",
          set.rows(),
          request.describe(run.seed()),
          out);
    }
    to.flush();
  }
}
