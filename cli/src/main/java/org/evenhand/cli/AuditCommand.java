package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.VerdictPlan;
import org.evenhand.core.DecisionRule;
import org.evenhand.data.ScoreReading;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.evidence.Presentation;
import org.evenhand.evidence.Summary;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Under;
import org.evenhand.terminal.Usage;
import org.evenhand.workflow.AuditRequest;
import org.evenhand.workflow.AuditRequest.AnswerSource;
import org.evenhand.workflow.AuditRun;
import org.evenhand.workflow.EvidenceFiles;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.Notes;
import org.evenhand.workflow.PlanRequest;
import org.evenhand.workflow.RecordedAnswers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evenhand audit}: measures a deployed model's bias. */
@Command(
    name = "audit",
    header = "Measures how a model's decisions treat different groups.",
    description =
        "Compares accuracies, selection rates and error rates between the values of protected attributes, each with its interval, and gives a verdict. The decisions come from a model, or were recorded in a column.",
    footer = {
      "Measure a model, after 'evenhand demo' has made one:",
      "evenhand audit --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes",
      "Ask what changes if only the gender changes, and write a page and a summary:",
      "evenhand audit --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --flip gender --classes no,yes --report evenhand-out/flipped.html --summary evenhand-out/summary.md",
      "Stop a build if there is bias:",
      "evenhand audit --model evenhand-out/model.onnx --data evenhand-out/people.csv --target repaid --attribute gender --classes no,yes --tolerance 0.1 --fail-on-bias"
    },
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
      "       evenhand audit --predictions-column=COLUMN --data=FILE",
      "                      [--target=COLUMN] --attribute=COLUMN... [OPTIONS]",
      "       evenhand audit --plan=VALUE=SHARE,... [OPTIONS]"
    },
    sortOptions = false)
@Under(Heading.ANSWERS)
final class AuditCommand implements Callable<Integer> {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ImageOptions images = new ImageOptions();
  @Mixin private FlipOptions flips = new FlipOptions();
  @Mixin private JudgementOptions judgement = new JudgementOptions();
  @Mixin private TableOptions tables = new TableOptions();
  @Mixin private PlanOptions plan = new PlanOptions();
  @Mixin private PresentationOptions presentation = new PresentationOptions();
  @Mixin private OverwriteOption overwrite = new OverwriteOption();
  @Mixin private SummaryOptions summary = new SummaryOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--scores-column",
      paramLabel = "COLUMN",
      description = "A column of scores (default: probabilities of the second class).")
  private Optional<String> scoresColumn = Optional.empty();

  @Option(
      names = "--score-scale",
      paramLabel = "SCALE",
      description =
          "What the recorded scores are: probability, percent, logit or points (default probability). --threshold is in the same unit.")
  private Optional<ScoreReading.Scale> scoreScale = Optional.empty();

  @Option(
      names = "--score-class",
      paramLabel = "CLASS",
      description =
          "The class that a higher recorded score speaks for (default: the second of two).")
  private Optional<String> scoreClass = Optional.empty();

  @Option(
      names = "--predictions-column",
      paramLabel = "COLUMN",
      description = "A column of decided classes.")
  private Optional<String> predictionsColumn = Optional.empty();

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Under(Heading.OUTPUT)
  @Option(names = "--report", paramLabel = "FILE", description = "Write a report page (HTML).")
  private Optional<Path> report = Optional.empty();

  @Under(Heading.OUTPUT)
  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "Write all numbers with their provenance (JSON).")
  private Optional<Path> evidenceFile = Optional.empty();

  @Under(Heading.OUTPUT)
  @Option(names = "--fail-on-bias", description = "Exit with code 1 if an attribute is BIASED.")
  private boolean failOnBias;

  @Under(Heading.OUTPUT)
  @Option(
      names = "--fail-on",
      paramLabel = "FINDING,...",
      split = ",",
      description =
          "Exit with code 1 if an attribute is found to be: biased, insufficient, impact-ratio (below four fifths) or open-ratio (not certain to reach four fifths).")
  private List<String> failOn = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (plan.given()) {
      return plan();
    }
    AuditRequest request = Usage.checked(spec, this::request);
    Presentation presented =
        Usage.checked(spec, () -> presentation.presentation(request.rows().roles(), flips.named()));
    EvidenceFiles files = new EvidenceFiles(report, evidenceFile);
    overwrite.check(files.byRole().values(), request.files());
    summary.requireWritable(files.byRole().values(), request.files());
    Notes notes = new TerminalNotes(spec.commandLine().getErr());
    AuditRun audit = AuditRun.of(request, notes);
    PresentationOptions.warnOfUnused(presented, audit.result(), notes);
    Evidence evidence = audit.evidence(Invocations.of(spec, run.seed(), presented));
    files.write(evidence);
    summary.write(file -> Summary.append(evidence, files.byRole(), file));
    print(evidence, audit.result(), files.byRole());
    return failed(audit.result());
  }

  private int plan() {
    PlanRequest request =
        Usage.checked(
            spec,
            () ->
                plan.request(
                    spec.commandLine().getParseResult(),
                    data,
                    data.weighted(judgement.settings(run.seed()))));
    List<VerdictPlan> plans = request.plans(new TerminalNotes(spec.commandLine().getErr()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(EvidencePack.planOutput(plans));
    } else {
      new PlanText(out).print(plans);
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** Names what the exit code is about. */
  private int failed(AuditResult audit) {
    List<String> kinds = new ArrayList<>(failOn);
    if (failOnBias) {
      kinds.add(FailOn.BIASED.code());
    }
    List<String> failures = FailOn.failures(audit, kinds);
    failures.forEach(
        failure -> spec.commandLine().getErr().println("evenhand: failed: " + failure));
    spec.commandLine().getErr().flush();
    return failures.isEmpty() ? ExitCode.DONE : ExitCode.BIASED;
  }

  /** What options alone decide, so that wrong ones are refused before any work. */
  private AuditRequest request() {
    plan.requireNone();
    FailOn.check(failOn);
    images.check(model.given(), data.file().isPresent());
    data.within(tables.within());
    data.check(flips.named());
    List<RecordedAnswers> columns = new ArrayList<>();
    scoresColumn.ifPresent(column -> columns.add(recorded(column, Optional.of(reading()))));
    predictionsColumn.ifPresent(column -> columns.add(recorded(column, Optional.empty())));
    if (columns.size() + (model.given() ? 1 : 0) != 1) {
      throw new CliException(
          "Name exactly one source of answers: --model, --scores-column or --predictions-column.");
    }
    if (scoresColumn.isEmpty() && (scoreScale.isPresent() || scoreClass.isPresent())) {
      throw new CliException(
          "--score-scale and --score-class say what recorded scores are; name their column with --scores-column.");
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
    AnswerSource answers =
        columns.stream()
            .findFirst()
            .<AnswerSource>map(AnswerSource.Recorded::new)
            .orElseGet(this::asked);
    AuditSettings settings =
        scoresColumn.isPresent()
            ? judgement.settings(run.seed(), DecisionRule.MOST_PROBABLE)
            : judgement.settings(run.seed());
    return new AuditRequest(
        answers,
        data.request(),
        data.weighted(settings),
        tables.request(judgement.threshold().isPresent()));
  }

  private ScoreReading reading() {
    if (scoreScale.equals(Optional.of(ScoreReading.Scale.POINTS))
        && judgement.threshold().isEmpty()
        && !tables.prescribed()) {
      throw new CliException(
          "Points have no natural threshold; name with --threshold the score from which on the class is decided.");
    }
    return new ScoreReading(
        scoreScale.orElse(ScoreReading.Scale.PROBABILITY), scoreClass, judgement.threshold());
  }

  private RecordedAnswers recorded(String column, Optional<ScoreReading> scores) {
    return new RecordedAnswers(column, scores, model.classes());
  }

  private AnswerSource asked() {
    ModelSource source = model.source(run.threads(), run.seed());
    images.requireFile(source);
    return new AnswerSource.Model(source, images.request(), flips.request(run.seed()));
  }

  private void print(Evidence evidence, AuditResult result, Map<String, Path> outputs) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(EvidencePack.machineOutput(evidence, outputs));
    } else {
      new AuditText(out, evidence.presentation()).print(result);
      outputs.values().forEach(path -> out.printf("Written: %s%n", path));
    }
    out.flush();
  }
}
