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
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.Provenance;
import org.evenhand.onnx.OnnxHeadedClassifier;
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
  @Mixin private WhiteBoxOptions whiteBox = new WhiteBoxOptions();

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
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private RepairOptions repair = new RepairOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * What options alone decide, so that wrong ones are refused before any work.
   *
   * @param model the deployed model's file
   * @param files where the outputs go, by role
   * @param settings of the edit
   * @param judgement of the audits before and after
   */
  record Request(
      ModelSource.File model,
      Map<String, Path> files,
      UnlearningSettings settings,
      AuditSettings judgement) {}

  private Request request() {
    whiteBox.check();
    FlipOptions flips = whiteBox.flips();
    if (flips.named().isEmpty() || flips.ranks()) {
      throw new CliException("Name the attribute to unlearn with --flip=COLUMN.");
    }
    repair.check();
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("model", out);
    files.put("report", pages.report(out));
    files.put("evidence", pages.evidence(out));
    return new Request(
        whiteBox.file(run),
        files,
        new UnlearningSettings(
            UpdateChoice.named(update, flips),
            maxAccuracyLoss,
            UnlearningSettings.DEFAULT.folds(),
            run.seed(),
            judgement.decisionRule()),
        whiteBox.rows().weighted(judgement.settings(run.seed())));
  }

  @Override
  public Integer call() {
    Request request = Usage.checked(spec, this::request);
    Output.requireWritable(request.files().values(), whiteBox.inputs(request.model()));
    DataOptions rows = whiteBox.rows();
    FlipOptions flips = whiteBox.flips();
    PrintWriter log = spec.commandLine().getErr();
    try (LabelledImages labelled = new LabelledImages(whiteBox.images(), log);
        OnnxHeadedClassifier deployed = whiteBox.head().open(request.model())) {
      HeadedClassifier asked = new RememberedFeatures(deployed);
      AnsweredRows all = new RowReader(rows, flips, log).answeredBy(asked, labelled);
      Division division = Division.of(all, rows, repair.testFraction(), run.seed());
      WhiteBox box = WhiteBox.of(asked, whiteBox, all, division.fittedRows(), log);
      WhiteBox.Fitted fitted =
          box.fitted(division.fittedRows(), whiteBox.head().maxPairs(), run.seed());
      TrainedHead trained = trained(box, request.settings().updates());
      UnlearningProposal proposal = propose(trained, fitted, request.settings());
      UnlearnRun edited =
          new UnlearnRun(
              deployed, asked, all, division, box.training(), fitted, proposal, flips, request);
      return deliver(deployed, edited.measured(log), request);
    }
  }

  private TrainedHead trained(WhiteBox box, List<Update> updates) {
    return UpdateChoice.needsCounterparts(updates)
        ? box.headWithCounterparts(whiteBox.flips().named().get(0), run.seed())
        : box.head();
  }

  private UnlearningProposal propose(
      TrainedHead trained, WhiteBox.Fitted fitted, UnlearningSettings settings) {
    try (ProgressBar progress = ProgressBar.on(spec.commandLine().getErr())) {
      return Unlearning.propose(trained, fitted.pairs(), fitted.check(), settings, progress);
    }
  }

  private int deliver(OnnxHeadedClassifier deployed, UnlearnRun.Measured edited, Request request) {
    Optional<String> declined = edited.proposal().declined();
    boolean write = repair.writes(declined);
    String output =
        write
            ? edited.write(commandLine(), provenance(deployed))
            : edited.decline(commandLine(), provenance(deployed));
    PrintWriter terminal = spec.commandLine().getOut();
    if (repair.json()) {
      terminal.print(output);
    } else {
      new UnlearnText(terminal).print(edited, write ? request.files() : Map.of());
    }
    terminal.flush();
    return repair.conclude(declined, spec.commandLine().getErr());
  }

  private String commandLine() {
    return Shell.command("evenhand", "unlearn", Arguments.of(spec));
  }

  private Provenance provenance(OnnxHeadedClassifier deployed) {
    List<Provenance.Artefact> artefacts = new ArrayList<>(List.of(deployed.artefact()));
    artefacts.addAll(whiteBox.artefacts());
    return Provenance.now(artefacts, run.seed(), Settings.of(spec));
  }
}
