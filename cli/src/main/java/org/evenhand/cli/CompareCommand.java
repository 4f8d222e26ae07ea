package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.evidence.Presentation;
import org.evenhand.evidence.Summary;
import org.evenhand.repair.Repair;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Under;
import org.evenhand.terminal.Usage;
import org.evenhand.workflow.CompareRequest;
import org.evenhand.workflow.CompareRun;
import org.evenhand.workflow.EvidenceFiles;
import org.evenhand.workflow.Methods;
import org.evenhand.workflow.RepairFiles;
import org.evenhand.workflow.RepairRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand compare}: every method of repair on the same rows, on one frontier. */
@Command(
    name = "compare",
    header = "Compares methods of repair on the same rows.",
    description =
        "Says what each method does to accuracy and bias, what it needs and what it costs. Nothing is written that could be served.",
    footer = {
      "Compare all methods:",
      "evenhand compare --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --max-accuracy-loss 5 --methods all --out evenhand-out/comparison.html",
      "Compare two methods, and print JSON:",
      "evenhand compare --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --json --methods erase,equal-odds",
      "Compare two models:",
      "evenhand compare --model evenhand-out/model.onnx --model evenhand-out/fused.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --methods erase"
    },
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "evenhand compare --model=FILE|URL [--model=FILE|URL] --data=FILE",
      "                        --target=COLUMN --attribute=COLUMN [--out=PAGE] [OPTIONS]"
    },
    sortOptions = false)
@Under(Heading.OUTPUT)
final class CompareCommand implements Callable<Integer> {
  @Under(Heading.MODEL)
  @Option(
      names = "--model",
      paramLabel = "FILE|URL",
      required = true,
      description =
          "The deployed model: an ONNX file, or http(s)://HOST/v2/models/NAME on a server that speaks the Open Inference Protocol. Give it twice to compare two models.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = {"--out", "--report"},
      paramLabel = "PAGE",
      description = "The page with the frontier (HTML); all numbers (JSON) are written beside it.")
  private Optional<Path> out = Optional.empty();

  @Mixin private AskingOptions asking = new AskingOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private FlipOptions flips = new FlipOptions();
  @Mixin private SearchOptions search = new SearchOptions();
  @Mixin private AimOptions aim = new AimOptions();
  @Mixin private JudgementOptions judgement = new JudgementOptions();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private OutcomeOptions outcome = new OutcomeOptions();
  @Mixin private PresentationOptions presentation = new PresentationOptions();
  @Mixin private SummaryOptions summary = new SummaryOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CompareRequest request = Usage.checked(spec, this::request);
    Presentation presented =
        Usage.checked(
            spec,
            () -> presentation.presentation(request.models().get(0).rows().roles(), flips.named()));
    Map<String, Path> files = request.files().byRole();
    summary.requireWritable(
        files.values(),
        request.models().stream().flatMap(model -> model.files().stream()).toList());
    PrintWriter err = spec.commandLine().getErr();
    CompareRun compared =
        CompareRun.of(request, Invocations.of(spec, run.seed(), presented), new TerminalNotes(err));
    summary.write(file -> Summary.append(compared.record(), files, file));
    PrintWriter terminal = spec.commandLine().getOut();
    if (outcome.json()) {
      terminal.print(EvidencePack.machineOutput(compared.record()));
    } else {
      new CompareText(terminal).print(compared.record());
      files.values().forEach(file -> terminal.printf("Written: %s%n", file));
    }
    terminal.flush();
    return ExitCode.DONE;
  }

  /** What options alone decide, so that wrong ones are refused before any work. */
  private CompareRequest request() {
    data.check(flips.named());
    data.requireTarget();
    if (flips.named().isEmpty()) {
      data.requireAttributes();
    }
    SearchOptions.requirePairs(aim.ofSearch(), flips);
    List<Repair> methods =
        search.methods("all", Methods.OF_TABLES.withPairs(!flips.named().isEmpty()));
    return new CompareRequest(
        models.stream()
            .map(
                name ->
                    new RepairRequest.BlackBox(
                        asking.source(name, run.threads(), run.seed()),
                        data.request(),
                        Optional.empty(),
                        search.blind(),
                        Methods.edit(methods),
                        flips.request(run.seed())))
            .toList(),
        methods,
        search.limits(aim.ofSearch()),
        data.weighted(judgement.settings(run.seed())),
        outcome.testFraction(),
        run.threads(),
        new EvidenceFiles(out, out.map(page -> RepairFiles.beside(page, "json"))),
        outcome.overwrite());
  }
}
