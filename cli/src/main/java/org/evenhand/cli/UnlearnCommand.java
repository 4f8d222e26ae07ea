package org.evenhand.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.terminal.Numbers;
import org.evenhand.terminal.Under;
import org.evenhand.terminal.Usage;
import org.evenhand.unlearning.HeadEdit;
import org.evenhand.unlearning.UnlearningSettings;
import org.evenhand.unlearning.Update;
import org.evenhand.workflow.RepairFiles;
import org.evenhand.workflow.RepairRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand unlearn}: edits the last layer of a model so that counterfactual bias falls. */
@Command(
    name = "unlearn",
    header = "Removes bias by editing the model's last layer.",
    description =
        "Edits the weights of the last layer so that the answers depend less on the attribute. The file that is written differs from the deployed one in these weights only.",
    footer = {
      "Edit the model, so that answers change less if only the gender changes:",
      "evenhand unlearn --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --flip gender --classes no,yes --out evenhand-out/repaired.onnx --overwrite",
      "Try all update rules:",
      "evenhand unlearn --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --flip gender --classes no,yes --update all --out evenhand-out/all.onnx",
      "Decline what costs more than two points of accuracy:",
      "evenhand unlearn --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --flip gender --classes no,yes --max-accuracy-loss 2 --out evenhand-out/limited-edit.onnx"
    },
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "evenhand unlearn --model=FILE --data=FILE --target=COLUMN",
      "                      --flip=COLUMN --out=FILE [OPTIONS]",
      "       evenhand unlearn --model=FILE --train=FILE --pairs-from=FILE",
      "                      --target=COLUMN --flip=COLUMN --out=FILE [OPTIONS]"
    },
    sortOptions = false)
@Under(Heading.METHOD)
final class UnlearnCommand implements Callable<Integer> {
  @Mixin private WhiteBoxOptions whiteBox = new WhiteBoxOptions();

  @Option(
      names = "--update",
      paramLabel = "NAME",
      defaultValue = UpdateChoice.DEFAULT,
      description =
          "The update rule: remove, replace, external, direct, joint, refit or consistency, or 'all' to show them side by side and take the best (default ${DEFAULT-VALUE}).")
  private String update = UpdateChoice.DEFAULT;

  @Option(
      names = "--max-fitting-loss",
      paramLabel = "FRACTION",
      converter = Numbers.Share.class,
      defaultValue = "0.0015",
      description =
          "How much accuracy an edit may cost while its settings are chosen, as a fraction, on rows that it was not fitted to (default ${DEFAULT-VALUE}).")
  private double maxFittingLoss;

  @Under(Heading.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The repaired model: the deployed file with new weights in its last layer.")
  private Path out = Path.of("");

  @Mixin private PageOutputs pages = new PageOutputs();
  @Mixin private JudgementOptions judgement = new JudgementOptions();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private RepairOptions repair = new RepairOptions();
  @Mixin private LossOptions loss = new LossOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return repair.run(Usage.checked(spec, this::request), run.seed(), spec);
  }

  /** What options alone decide, so that wrong ones are refused before any work. */
  private RepairRequest request() {
    whiteBox.check();
    FlipOptions flips = whiteBox.flips();
    if (flips.named().isEmpty() || flips.ranks()) {
      throw new CliException("Name the attribute to unlearn with --flip=COLUMN.");
    }
    List<Update> updates = UpdateChoice.named(update, flips);
    UnlearningSettings settings =
        new UnlearningSettings(
            updates,
            maxFittingLoss,
            UnlearningSettings.DEFAULT.folds(),
            run.seed(),
            judgement.decisionRule());
    return repair.request(
        new RepairRequest.Opened(whiteBox.request(run), UpdateChoice.needsCounterparts(updates)),
        progress -> new HeadEdit(settings),
        loss.limit(),
        false,
        whiteBox.weighted(judgement.settings(run.seed())),
        run.threads(),
        new RepairFiles(Optional.of(out), Optional.empty(), pages.report(out), pages.evidence(out)),
        spec);
  }
}
