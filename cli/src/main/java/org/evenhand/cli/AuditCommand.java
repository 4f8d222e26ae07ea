package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Artefacts;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.Provenance;
import org.evenhand.data.Split;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
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
    customSynopsis = {
      "evenhand audit --model=FILE --data=FILE --target=COLUMN",
      "                      --attribute=COLUMN... [OPTIONS]",
      "       evenhand audit --model=FILE --images=PACK --labels=FILE --target=COLUMN",
      "                      --attribute=COLUMN... [OPTIONS]",
      "       evenhand audit --model=FILE --data=FILE --target=COLUMN",
      "                      --flip=COLUMN... [OPTIONS]",
      "       evenhand audit --scores-column=COLUMN --data=FILE --target=COLUMN",
      "                      --attribute=COLUMN... [OPTIONS]",
      "       evenhand audit --predictions-column=COLUMN --data=FILE --target=COLUMN",
      "                      --attribute=COLUMN... [OPTIONS]"
    },
    sortOptions = false)
final class AuditCommand implements Callable<Integer> {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private FlipOptions flips = new FlipOptions();
  @Mixin private JudgementOptions judgement = new JudgementOptions();
  @Mixin private RunOptions run = new RunOptions();

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
    Request request = Usage.checked(spec, this::request);
    Map<String, Path> outputs = outputs();
    List<Path> inputs = new ArrayList<>(data.files());
    inputs.addAll(images.files());
    request.model().ifPresent(source -> inputs.addAll(source.files()));
    inputs.addAll(flips.files());
    Output.requireWritable(outputs.values(), inputs);

    List<Provenance.Artefact> artefacts = new ArrayList<>();
    AuditResult result = audited(request, artefacts);
    artefacts.addAll(data.artefacts());
    artefacts.addAll(images.artefacts());
    flips.files().forEach(file -> artefacts.add(Artefacts.of("pairs", file)));
    Evidence evidence = new Evidence.Audit(commandLine(), result, provenance(artefacts));
    write(evidence, outputs);
    print(evidence, result, outputs);
    boolean biased = result.attributes().stream().anyMatch(AttributeAudit::isBiased);
    return failOnBias && biased ? ExitCode.BIASED : ExitCode.DONE;
  }

  /**
   * What options alone decide, so that wrong ones are refused before any work.
   *
   * @param recorded the column of answers, if there is no model
   * @param model the model, if there is one
   * @param settings of the audit
   */
  private record Request(
      Optional<RowReader.Recorded> recorded, Optional<ModelSource> model, AuditSettings settings) {}

  private Request request() {
    images.check(model.given(), data.file().isPresent());
    data.check(flips.named());
    List<RowReader.Recorded> columns = new ArrayList<>();
    scoresColumn.ifPresent(column -> columns.add(new RowReader.Recorded(column, true)));
    predictionsColumn.ifPresent(column -> columns.add(new RowReader.Recorded(column, false)));
    if (columns.size() + (model.given() ? 1 : 0) != 1) {
      throw new CliException(
          "Name exactly one source of answers: --model, --scores-column or --predictions-column.");
    }
    flips.requireConsistent();
    if (flips.given() && !model.given()) {
      throw new CliException(
          "--flip asks the model about changed rows, which recorded answers cannot tell; name the model with --model.");
    }
    if (data.attributes().isEmpty() && flips.named().isEmpty()) {
      throw new CliException(
          "Name what to audit: a protected attribute with --attribute, or a column to flip with --flip ('all' only ranks columns).");
    }
    Optional<ModelSource> source =
        model.given() ? Optional.of(model.source(run.threads(), run.seed())) : Optional.empty();
    source.ifPresent(images::requireFile);
    return new Request(
        columns.stream().findFirst(), source, data.weighted(judgement.settings(run.seed())));
  }

  private Map<String, Path> outputs() {
    Map<String, Path> outputs = new LinkedHashMap<>();
    report.ifPresent(path -> outputs.put("report", path));
    evidenceFile.ifPresent(path -> outputs.put("evidence", path));
    return outputs;
  }

  /** Names the model among the artefacts, if there is one. */
  private AuditResult audited(Request request, List<Provenance.Artefact> artefacts) {
    PrintWriter log = spec.commandLine().getErr();
    AuditSettings settings = request.settings();
    if (request.recorded().isPresent()) {
      AnsweredRows all =
          new RowReader(data, flips, log)
              .recorded(request.recorded().get(), model.classes(), settings.decisionRule());
      return audited(all.split(data, Split.TEST), settings);
    }
    try (ProgressBar progress = ProgressBar.on(log);
        LabelledImages labelled = new LabelledImages(images, log);
        DeployedModel deployed = request.model().orElseThrow().open(progress)) {
      artefacts.add(deployed.artefact());
      AnsweredRows all = new RowReader(data, flips, log).answeredBy(deployed, labelled);
      AuditResult result = audited(all.split(data, Split.TEST), settings);
      return new FlipAudit(flips, deployed, settings, log)
          .extend(result, all.set(), data.rowsOf(all.table(), Split.TEST));
    }
  }

  private static AuditResult audited(AnsweredRows rows, AuditSettings settings) {
    return Audit.of(rows.set(), rows.answers(), settings).withScoreBinWidth(rows.scoreBinWidth());
  }

  private void write(Evidence evidence, Map<String, Path> outputs) {
    try (StagedFiles files = new StagedFiles()) {
      report.ifPresent(path -> files.write(path, file -> EvidencePack.writeReport(evidence, file)));
      evidenceFile.ifPresent(
          path -> files.write(path, file -> EvidencePack.writeJson(evidence, outputs, file)));
      files.moveIntoPlace();
    }
  }

  private void print(Evidence evidence, AuditResult result, Map<String, Path> outputs) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(EvidencePack.machineOutput(evidence, outputs));
    } else {
      new AuditText(out).print(result);
      outputs.values().forEach(path -> out.printf("Written: %s%n", path));
    }
    out.flush();
  }

  private String commandLine() {
    return Shell.command("evenhand", "audit", Arguments.of(spec));
  }

  private Provenance provenance(List<Provenance.Artefact> artefacts) {
    return Provenance.now(artefacts, run.seed(), Settings.of(spec));
  }
}
