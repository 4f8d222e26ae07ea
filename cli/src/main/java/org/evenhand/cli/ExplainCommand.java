package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.evidence.ExplanationRecord;
import org.evenhand.evidence.Presentation;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Under;
import org.evenhand.terminal.Usage;
import org.evenhand.unlearning.ExplanationSettings;
import org.evenhand.unlearning.GroupGap;
import org.evenhand.workflow.BiasChoice;
import org.evenhand.workflow.ExplainRequest;
import org.evenhand.workflow.ExplainRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand explain}: which training rows put counterfactual bias into a model. */
@Command(
    name = "explain",
    header = "Shows which training rows put bias into a model.",
    description =
        "Estimates for every training row how much it adds to, or takes from, the bias in the model's last layer.",
    footer = {
      "Write a page and the influence of every row:",
      "evenhand explain --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --flip gender --classes no,yes --top 5 --out evenhand-out/influence.csv --report evenhand-out/explanation.html",
      "Explain a gap between groups:",
      "evenhand explain --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --flip gender --classes no,yes --bias equal-opportunity --favourable yes",
      "Print JSON:",
      "evenhand explain --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --flip gender --classes no,yes --json --top 3"
    },
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "evenhand explain --model=FILE --data=FILE --target=COLUMN",
      "                      --flip=COLUMN [OPTIONS]",
      "       evenhand explain --model=FILE --train=FILE --pairs-from=FILE",
      "                      --target=COLUMN --flip=COLUMN [OPTIONS]"
    },
    sortOptions = false)
@Under(Heading.OUTPUT)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private WhiteBoxOptions whiteBox = new WhiteBoxOptions();

  @Under(Heading.METHOD)
  @Option(
      names = "--bias",
      paramLabel = "NAME",
      defaultValue = "counterfactual",
      description =
          "The bias to explain: counterfactual, or the gap in demographic-parity, equal-opportunity or equalized-odds (default ${DEFAULT-VALUE}).")
  private String bias = "counterfactual";

  @Under(Heading.JUDGED)
  @Option(
      names = {"--favourable", "--favorable"},
      paramLabel = "CLASS",
      description = "For gaps: the class that people want to be given (default: the last).")
  private Optional<String> favourable = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How many of the most harmful and the most helpful rows to look at (default ${DEFAULT-VALUE}).")
  private int top;

  @Under(Heading.METHOD)
  @Option(
      names = "--rows",
      description =
          "Show these rows one by one, each the record of a person; by default only their groups are shown.")
  private boolean rows;

  @Option(
      names = "--ridge",
      paramLabel = "X",
      defaultValue = "0.001",
      description =
          "The damping of the Hessian, in mean squares of a feature per row (default ${DEFAULT-VALUE}).")
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
          "Show the rows in the report with their images. It then contains pictures, and faces are personal data; by default there are none.")
  private boolean pictures;

  @Mixin private OverwriteOption overwrite = new OverwriteOption();
  @Mixin private PresentationOptions presentation = new PresentationOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What options alone decide, so that wrong ones are refused before any work. */
  private ExplainRequest request() {
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
    return new ExplainRequest(
        whiteBox.request(run),
        new BiasChoice(criterion(), favourable),
        top,
        rows || pictures,
        pictures,
        new ExplanationSettings(ridge, ExplanationSettings.DEFAULT.draws(), run.seed()));
  }

  private Optional<GroupGap.Criterion> criterion() {
    return switch (bias) {
      case "counterfactual" -> Optional.empty();
      case "demographic-parity" -> Optional.of(GroupGap.Criterion.DEMOGRAPHIC_PARITY);
      case "equal-opportunity" -> Optional.of(GroupGap.Criterion.EQUAL_OPPORTUNITY);
      case "equalized-odds" -> Optional.of(GroupGap.Criterion.EQUALIZED_ODDS);
      default ->
          throw new CliException(
              "--bias is '%s'; expected counterfactual, demographic-parity, equal-opportunity or equalized-odds."
                  .formatted(bias));
    };
  }

  @Override
  public Integer call() {
    ExplainRequest request = Usage.checked(spec, this::request);
    ExplainRun.Files files = new ExplainRun.Files(out, report);
    overwrite.check(files.all(), request.whiteBox().files());
    Presentation presented =
        Usage.checked(
            spec,
            () ->
                presentation.presentation(
                    request.whiteBox().rows().roles(), whiteBox.flips().named()));
    ExplainRun explained =
        ExplainRun.of(
            request,
            Invocations.of(spec, run.seed(), presented),
            new TerminalNotes(spec.commandLine().getErr()));
    explained.write(files);
    print(explained.record(), files.all());
    return ExitCode.DONE;
  }

  private void print(ExplanationRecord explanation, List<Path> written) {
    PrintWriter terminal = spec.commandLine().getOut();
    if (json) {
      terminal.print(EvidencePack.machineOutput(explanation));
    } else {
      new ExplainText(terminal).print(explanation);
      if (!written.isEmpty()) {
        terminal.println();
        written.forEach(file -> terminal.printf("Written: %s%n", file));
      }
    }
    terminal.flush();
  }
}
