package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Artefacts;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.Provenance;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.unlearning.LinearAlgebra;
import org.evenhand.unlearning.TrainedHead;
import org.evenhand.unlearning.Unlearning;
import org.evenhand.unlearning.UnlearningProposal;
import org.evenhand.unlearning.UnlearningSettings;
import org.evenhand.unlearning.Update;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand unlearn}: edits the last layer of a model so that counterfactual bias falls. */
@Command(
    name = "unlearn",
    description =
        "Removes counterfactual bias by editing the weights of a model's last layer: writes the same ONNX file with other numbers in that layer.",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "evenhand unlearn --model=FILE --data=FILE --target=COLUMN",
      "                      --flip=COLUMN --out=FILE [OPTIONS]",
      "       evenhand unlearn --model=FILE --train=FILE --pairs-from=FILE",
      "                      --target=COLUMN --flip=COLUMN --out=FILE [OPTIONS]"
    },
    sortOptions = false)
final class UnlearnCommand implements Callable<Integer> {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private HeadOptions head = new HeadOptions();
  @Mixin private FlipOptions flips = new FlipOptions();

  @Option(
      names = "--update",
      paramLabel = "NAME",
      defaultValue = UpdateChoice.DEFAULT,
      description =
          "The rule: remove, replace, external, direct, joint, refit or consistency; 'all' prints them side by side and takes the best (default ${DEFAULT-VALUE}).")
  private String update = UpdateChoice.DEFAULT;

  @Option(
      names = "--max-accuracy-loss",
      paramLabel = "FRACTION",
      defaultValue = "0.0015",
      description =
          "How much accuracy the edit may cost on rows that it was not fitted to (default ${DEFAULT-VALUE}).")
  private double maxAccuracyLoss;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The repaired model: the deployed file with other weights in its last layer.")
  private Path out = Path.of("");

  @Mixin private PageOutputs pages = new PageOutputs();
  @Mixin private JudgementOptions judgement = new JudgementOptions();

  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description =
          "Share of the rows held out to measure on, where the table has no test split (default ${DEFAULT-VALUE}).")
  private double testFraction;

  @Option(names = "--force", description = "Write the model even if the edit is declined.")
  private boolean force;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * What options alone decide, so that wrong ones are refused before any work.
   *
   * @param model the deployed model's file
   * @param data the rows
   * @param files where the outputs go, by role
   * @param settings of the edit
   * @param judgement of the audits before and after
   */
  record Request(
      ModelSource.File model,
      DataOptions data,
      Map<String, Path> files,
      UnlearningSettings settings,
      AuditSettings judgement) {}

  private Request request() {
    DataOptions rows = head.rows(data);
    images.check(true, rows.file().isPresent());
    rows.check();
    flips.requireConsistent();
    if (flips.named().isEmpty() || flips.ranks()) {
      throw new CliException("Name the attribute to unlearn with --flip=COLUMN.");
    }
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new CliException(
          "--test-fraction is %s; it must lie strictly between 0 and 1.".formatted(testFraction));
    }
    head.maxPairs();
    int threads = judgement.threads();
    LinearAlgebra.useThreads(threads);
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("model", out);
    files.put("report", pages.report(out));
    files.put("evidence", pages.evidence(out));
    return new Request(
        head.file(model.source(threads, judgement.seed())),
        rows,
        files,
        new UnlearningSettings(
            UpdateChoice.named(update, flips),
            maxAccuracyLoss,
            UnlearningSettings.DEFAULT.folds(),
            judgement.seed(),
            judgement.decisionRule()),
        judgement.settings());
  }

  @Override
  public Integer call() {
    Request request = Usage.checked(spec, this::request);
    Output.requireWritable(request.files().values(), inputs(request));
    DataOptions rows = request.data();
    PrintWriter log = spec.commandLine().getErr();
    try (LabelledImages labelled = new LabelledImages(images, log);
        OnnxHeadedClassifier deployed = head.open(request.model())) {
      HeadedClassifier asked = new RememberedFeatures(deployed);
      AnsweredRows all = new RowReader(rows, flips, log).answeredBy(asked, labelled);
      Division division = Division.of(all, rows, testFraction, judgement.seed());
      WhiteBox box = WhiteBox.of(asked, rows, flips, head, all, division.fittedRows(), log);
      WhiteBox.Fitted fitted = box.fitted(division.fittedRows(), head.maxPairs(), judgement.seed());
      TrainedHead trained = trained(box, request.settings().updates());
      UnlearningProposal proposal = propose(trained, fitted, request.settings());
      UnlearnRun run =
          new UnlearnRun(
              deployed, asked, all, division, box.training(), fitted, proposal, flips, request);
      return deliver(deployed, run.measured(log), request);
    }
  }

  private List<Path> inputs(Request request) {
    List<Path> inputs = new ArrayList<>(request.model().files());
    inputs.addAll(request.data().files());
    head.train().ifPresent(inputs::add);
    inputs.addAll(images.files());
    inputs.addAll(flips.files());
    return inputs;
  }

  private TrainedHead trained(WhiteBox box, List<Update> updates) {
    return UpdateChoice.needsCounterparts(updates)
        ? box.headWithCounterparts(flips.named().get(0), judgement.seed())
        : box.head();
  }

  private UnlearningProposal propose(
      TrainedHead trained, WhiteBox.Fitted fitted, UnlearningSettings settings) {
    try (ProgressBar progress = ProgressBar.on(spec.commandLine().getErr())) {
      return Unlearning.propose(trained, fitted.pairs(), fitted.check(), settings, progress);
    }
  }

  private int deliver(OnnxHeadedClassifier deployed, UnlearnRun.Measured run, Request request) {
    Optional<String> declined = run.proposal().declined();
    boolean write = declined.isEmpty() || force;
    String output =
        write
            ? run.write(commandLine(), provenance(deployed, request.data()))
            : run.decline(commandLine(), provenance(deployed, request.data()));
    PrintWriter terminal = spec.commandLine().getOut();
    if (json) {
      terminal.print(output);
    } else {
      new UnlearnText(terminal).print(run, write ? request.files() : Map.of());
    }
    terminal.flush();
    declined.ifPresent(
        reason -> {
          PrintWriter err = spec.commandLine().getErr();
          err.printf(
              "evenhand: repair declined: %s%s%n",
              reason, force ? " Written all the same, as --force asks." : " Nothing was written.");
          err.flush();
        });
    return write ? ExitCode.DONE : ExitCode.DECLINED;
  }

  private String commandLine() {
    return Shell.command("evenhand", "unlearn", Arguments.of(spec));
  }

  private Provenance provenance(OnnxHeadedClassifier deployed, DataOptions rows) {
    List<Provenance.Artefact> artefacts = new ArrayList<>(List.of(deployed.artefact()));
    artefacts.addAll(rows.artefacts());
    head.train().ifPresent(file -> artefacts.add(Artefacts.of("train", file)));
    artefacts.addAll(images.artefacts());
    flips.files().forEach(file -> artefacts.add(Artefacts.of("pairs", file)));
    return Provenance.now(artefacts, judgement.seed(), Settings.of(spec));
  }
}
