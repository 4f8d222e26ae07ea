package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Provenance;
import org.evenhand.data.Split;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.OnnxClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand audit}: measures a deployed model's bias. */
@Command(
    name = "audit",
    description = "Measures bias of a model, or of answers recorded in a column, per attribute.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AuditCommand implements Callable<Integer> {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private JudgementOptions judgement = new JudgementOptions();

  @Option(
      names = "--scores-column",
      paramLabel = "COLUMN",
      description = "No model: probabilities of the second class, recorded in this column.")
  private Optional<String> scoresColumn = Optional.empty();

  @Option(
      names = "--predictions-column",
      paramLabel = "COLUMN",
      description = "No model: decided classes, recorded in this column.")
  private Optional<String> predictionsColumn = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(names = "--report", paramLabel = "FILE", description = "Write a report page (HTML).")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "Write all numbers with their provenance (JSON).")
  private Optional<Path> evidenceFile = Optional.empty();

  @Option(names = "--fail-on-bias", description = "Exit with 1 if an attribute is BIASED.")
  private boolean failOnBias;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Path> inputs = new ArrayList<>(List.of(data.data()));
    model.model().ifPresent(inputs::add);
    report.ifPresent(path -> Output.requireWritable(path, inputs));
    evidenceFile.ifPresent(path -> Output.requireWritable(path, inputs));

    PrintWriter err = spec.commandLine().getErr();
    AnsweredRows rows = answeredRows(new RowReader(data, err)).split(data, Split.TEST);
    AuditResult result =
        Audit.of(rows.set(), rows.answers(), judgement.settings())
            .withScoreBinWidth(rows.scoreBinWidth());
    Evidence evidence = new Evidence.Audit(commandLine(), result, provenance());

    Map<String, Path> outputs = new LinkedHashMap<>();
    report.ifPresent(path -> outputs.put("report", path));
    evidenceFile.ifPresent(path -> outputs.put("evidence", path));
    report.ifPresent(path -> EvidencePack.writeReport(evidence, path));
    evidenceFile.ifPresent(path -> EvidencePack.writeJson(evidence, outputs, path));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(EvidencePack.machineOutput(evidence, outputs));
    } else {
      new AuditText(out).print(result);
      outputs.values().forEach(path -> out.printf("Written: %s%n", path));
    }
    out.flush();
    boolean biased =
        result.attributes().stream().anyMatch(audit -> audit.verdict() == Verdict.BIASED);
    return failOnBias && biased ? ExitCode.BIASED : ExitCode.DONE;
  }

  private AnsweredRows answeredRows(RowReader reader) {
    long sources =
        List.of(model.model().isPresent(), scoresColumn.isPresent(), predictionsColumn.isPresent())
            .stream()
            .filter(present -> present)
            .count();
    if (sources != 1) {
      throw new CliException(
          "Name exactly one source of answers: --model, --scores-column or --predictions-column.");
    }
    if (model.model().isEmpty()) {
      RowReader.Recorded recorded =
          new RowReader.Recorded(
              scoresColumn.or(() -> predictionsColumn).orElseThrow(), scoresColumn.isPresent());
      return reader.recorded(recorded, model.classes(), judgement.decisionRule());
    }
    try (OnnxClassifier classifier =
        OnnxClassifier.open(model.required(), model.onnx(judgement.threads()))) {
      return reader.answeredBy(classifier);
    }
  }

  private String commandLine() {
    return Shell.command("evenhand", "audit", Arguments.of(spec));
  }

  private Provenance provenance() {
    List<Provenance.Artefact> artefacts = new ArrayList<>();
    model.model().ifPresent(path -> artefacts.add(Artefacts.of("model", path)));
    artefacts.add(Artefacts.of("data", data.data()));
    return Provenance.now(artefacts, judgement.seed(), Settings.of(spec));
  }
}
