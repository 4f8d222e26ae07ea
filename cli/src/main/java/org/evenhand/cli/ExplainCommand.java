package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Split;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.terminal.Arguments;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Shell;
import org.evenhand.terminal.Usage;
import org.evenhand.unlearning.Explanation;
import org.evenhand.unlearning.ExplanationSettings;
import org.evenhand.unlearning.TrainedHead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand explain}: which training rows put counterfactual bias into a model. */
@Command(
    name = "explain",
    description =
        "Says which training rows put counterfactual bias into a model's last layer, and which keep it out.",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "evenhand explain --model=FILE --data=FILE --target=COLUMN",
      "                      --flip=COLUMN [OPTIONS]",
      "       evenhand explain --model=FILE --train=FILE --pairs-from=FILE",
      "                      --target=COLUMN --flip=COLUMN [OPTIONS]"
    },
    sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private WhiteBoxOptions whiteBox = new WhiteBoxOptions();

  @Option(
      names = "--bias",
      paramLabel = "NAME",
      defaultValue = "counterfactual",
      description =
          "What is explained: counterfactual, or the gap of demographic-parity, equal-opportunity or equalized-odds (default ${DEFAULT-VALUE}).")
  private String bias = "counterfactual";

  @Option(
      names = "--favourable",
      paramLabel = "CLASS",
      description = "For gaps: the class whose receipt is an advantage; by default the last.")
  private Optional<String> favourable = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many rows of each kind to show (default ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--ridge",
      paramLabel = "X",
      defaultValue = "0.001",
      description =
          "Damping of the Hessian, in mean squares of a feature a row (default ${DEFAULT-VALUE}).")
  private double ridge;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the influence of every training row (CSV).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--report", paramLabel = "FILE", description = "Write a report page (HTML).")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--pictures",
      description =
          "Show the images of the rows in the report. It then contains pictures, and faces are personal data; by default there are none.")
  private boolean pictures;

  @Mixin private RunOptions run = new RunOptions();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * What options alone decide, so that wrong ones are refused before any work.
   *
   * @param model the deployed model's file
   * @param bias what is explained
   * @param settings of the explanation
   */
  private record Request(ModelSource.File model, BiasChoice bias, ExplanationSettings settings) {}

  private Request request() {
    whiteBox.check();
    if (whiteBox.flips().named().size() != 1 || whiteBox.flips().ranks()) {
      throw new CliException("Name the one attribute to explain with --flip=COLUMN.");
    }
    if (top < 1) {
      throw new CliException("--top is %d; it must be at least 1.".formatted(top));
    }
    if (pictures && (report.isEmpty() || !whiteBox.images().given())) {
      throw new CliException(
          "--pictures puts the images of a model of images into a report; name both with --images and --report.");
    }
    return new Request(
        whiteBox.file(run),
        BiasChoice.named(bias, favourable),
        new ExplanationSettings(ridge, ExplanationSettings.DEFAULT.draws(), run.seed()));
  }

  @Override
  public Integer call() {
    Request request = Usage.checked(spec, this::request);
    Output.requireWritable(outputs(), whiteBox.inputs(request.model()));
    PrintWriter log = spec.commandLine().getErr();
    try (LabelledImages labelled = new LabelledImages(whiteBox.images(), log);
        OnnxHeadedClassifier deployed = whiteBox.head().open(request.model())) {
      requireRead(request.bias(), deployed);
      HeadedClassifier asked = new RememberedFeatures(deployed);
      AnsweredRows all =
          new RowReader(whiteBox.rows(), whiteBox.flips(), log).answeredBy(asked, labelled);
      int[] paired = whiteBox.rows().rowsOf(all.table(), Split.CALIBRATION);
      WhiteBox box = WhiteBox.of(asked, whiteBox, all, paired, log);
      BiasSource source = explain(request, asked, all, box, paired);
      write(source, box, labelled, deployed);
      print(source);
    }
    return ExitCode.DONE;
  }

  private List<Path> outputs() {
    return Stream.concat(out.stream(), report.stream()).toList();
  }

  private void write(
      BiasSource source, WhiteBox box, LabelledImages labelled, OnnxHeadedClassifier deployed) {
    Table rows = box.training().set().inputs();
    try (StagedFiles files = new StagedFiles()) {
      out.ifPresent(path -> files.write(path, file -> CsvFile.write(source.table(), file)));
      report.ifPresent(
          path ->
              files.write(
                  path,
                  file ->
                      EvidencePack.writeReport(
                          source.record(
                              Shell.command("evenhand", "explain", Arguments.of(spec)),
                              row ->
                                  pictures
                                      ? Optional.of(labelled.thumbnail(rows, row))
                                      : Optional.empty(),
                              provenance(deployed)),
                          file)));
      files.moveIntoPlace();
    }
  }

  private Provenance provenance(OnnxHeadedClassifier deployed) {
    List<Provenance.Artefact> artefacts = new ArrayList<>(List.of(deployed.artefact()));
    artefacts.addAll(whiteBox.artefacts());
    return Provenance.now(artefacts, run.seed(), Settings.of(spec));
  }

  private BiasSource explain(
      Request request, HeadedClassifier asked, AnsweredRows all, WhiteBox box, int[] paired) {
    TrainedHead trained = box.head();
    String attribute = whiteBox.flips().named().get(0);
    Explanation explanation =
        request.bias().isCounterfactual()
            ? Explanation.of(
                trained,
                box.fitted(paired, whiteBox.head().maxPairs(), run.seed()).pairs(),
                request.settings())
            : Explanation.of(
                trained,
                request.bias().gap(asked, attribute, all.set(), paired),
                request.settings());
    return new BiasSource(
        explanation, box.training(), attribute, whiteBox.rows().splitColumn(), top);
  }

  private void requireRead(BiasChoice bias, OnnxHeadedClassifier deployed) {
    String attribute = whiteBox.flips().named().get(0);
    if (bias.isCounterfactual() && !whiteBox.flips().reaches(attribute, deployed.inputs())) {
      throw new CliException(
          "The model does not read '%s', so that its counterfactual bias is 0 and no row put it there; explain the gap between groups with --bias."
              .formatted(attribute));
    }
  }

  private void print(BiasSource source) {
    PrintWriter terminal = spec.commandLine().getOut();
    if (json) {
      terminal.print(source.json());
    } else {
      source.print(terminal);
      if (!outputs().isEmpty()) {
        terminal.println();
        outputs().forEach(file -> terminal.printf("Written: %s%n", file));
      }
    }
    terminal.flush();
  }
}
