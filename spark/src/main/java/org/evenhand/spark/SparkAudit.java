package org.evenhand.spark;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Provenance;
import org.evenhand.core.Setting;
import org.evenhand.data.Bands;
import org.evenhand.data.Labelling;
import org.evenhand.data.UnknownValues;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.terminal.Arguments;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Program;
import org.evenhand.terminal.Shell;
import org.evenhand.terminal.Usage;
import org.evenhand.terminal.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Audits a table of a cluster: the program that {@code spark-submit} starts. Its options are those
 * of {@code evenhand audit} that make sense there.
 */
@Command(
    name = "evenhand-spark",
    description = "Audits a table on a cluster of Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
public final class SparkAudit extends Program implements Callable<Integer> {
  @Mixin private RowOptions rows = new RowOptions();

  @Option(names = "--target", paramLabel = "COLUMN", description = "The column of true classes.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--attribute",
      paramLabel = "COLUMN",
      required = true,
      description = "A protected attribute, or several crossed, such as race,sex. Repeatable.")
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = "--bands",
      paramLabel = "COLUMN=NUMBER,...",
      description =
          "Divide a numeric attribute into bands that begin at these numbers, such as age=18,40,60. Repeatable.")
  private List<String> bands = new ArrayList<>();

  @Option(
      names = "--unknown",
      paramLabel = "[COLUMN=]VALUE,...",
      description = "Values of attributes that stand for an unknown one. Repeatable.")
  private List<String> unknown = new ArrayList<>();

  @Mixin private AnswerOptions answers = new AnswerOptions();

  @Option(
      names = "--favourable",
      paramLabel = "CLASS",
      description = "The class whose receipt is an advantage (default: the second of two).")
  private Optional<String> favourable = Optional.empty();

  @Option(
      names = "--weights-column",
      paramLabel = "COLUMN",
      description = "A column of frequency weights: a row of weight 2 is two equal rows.")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of every random draw (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "Write all numbers with their provenance (JSON), on the driver's machine.")
  private Optional<Path> evidence = Optional.empty();

  @Option(names = "--overwrite", description = "Replace an existing file of that name.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For {@link #line}. */
  public SparkAudit() {}

  /**
   * Runs the program and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    run(SparkAudit::new, arguments);
  }

  @Override
  public Integer call() {
    Labelling labelling = Usage.checked(spec, this::labelling);
    AuditSettings settings = Usage.checked(spec, this::settings);
    Usage.checked(spec, this::requireConsistent);
    evidence.ifPresent(this::requireWritable);
    SparkSession spark =
        Failures.told(
            "Spark could not be started",
            () -> SparkSession.builder().appName("evenhand audit").getOrCreate());
    // Else a folder such as zip=01234 would be read as the number 1234.
    spark.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", false);
    try (AnswerOptions.Opened opened = answers.open()) {
      AuditResult result =
          new RowAudit(rows.rows(spark), labelling, opened.answers(), settings).described();
      write(result, opened, spark.version());
    }
    return ExitCode.DONE;
  }

  private boolean requireConsistent() {
    answers.check();
    if (target.isEmpty() && !answers.tellClasses()) {
      throw new EvenhandSparkException(
          "Without a column of true classes, name the classes.", Setting.TARGET, Setting.CLASSES);
    }
    rows.check();
    return true;
  }

  /** Before any row is read: an audit of a large table is not to be lost for its file. */
  private void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new EvenhandSparkException(
          "The output '%s' cannot be written because there is no folder '%s'; make it first."
              .formatted(file, folder));
    }
    if (Files.exists(file) && !overwrite) {
      throw new EvenhandSparkException(
          "The output '%s' exists already; name another file, or allow it to be replaced."
              .formatted(file),
          Setting.OVERWRITE);
    }
  }

  private Labelling labelling() {
    return new Labelling(
        target,
        attributes,
        answers.classes(),
        weights,
        List.of(),
        bands.stream().map(Bands::parse).toList(),
        unknown.isEmpty() ? UnknownValues.NONE : UnknownValues.parse(unknown));
  }

  private AuditSettings settings() {
    AuditSettings.Builder builder =
        AuditSettings.builder().seed(seed).favourable(favourable).weights(WeightKind.FREQUENCY);
    answers.rule().ifPresent(builder::decisionRule);
    return builder.build();
  }

  private void write(AuditResult result, AnswerOptions.Opened opened, String version) {
    Map<String, String> given = new TreeMap<>();
    spec.commandLine()
        .getParseResult()
        .matchedOptions()
        .forEach(option -> given.put(option.longestName(), option.getValue().toString()));
    given.put("spark", version);
    Provenance provenance =
        Provenance.now(
            opened.model().flatMap(ExecutorModel::artefact).stream().toList(), seed, given);
    String command =
        Shell.command(
            "spark-submit --class " + SparkAudit.class.getName(),
            "evenhand-spark.jar",
            Arguments.of(spec));
    Evidence record = new Evidence.Audit(command, result, provenance);
    Map<String, Path> outputs = evidence.map(file -> Map.of("evidence", file)).orElse(Map.of());
    evidence.ifPresent(file -> EvidencePack.writeJson(record, outputs, file));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(EvidencePack.machineOutput(record, outputs));
    } else {
      result.attributes().stream().map(SparkAudit::line).forEach(out::println);
      evidence.ifPresent(file -> out.printf("Written: %s%n", file));
    }
    out.flush();
  }

  private static String line(AttributeAudit audit) {
    return "%s: %s. %s".formatted(audit.attribute(), audit.verdict(), audit.explanation());
  }
}
