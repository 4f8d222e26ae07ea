package org.evenhand.spark;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.ModelContract;
import org.evenhand.core.Provenance;
import org.evenhand.core.Setting;
import org.evenhand.data.Bands;
import org.evenhand.data.Labelling;
import org.evenhand.data.UnknownValues;
import org.evenhand.evidence.Evidence;
import org.evenhand.evidence.EvidencePack;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.terminal.Arguments;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Program;
import org.evenhand.terminal.Shell;
import org.evenhand.terminal.Usage;
import org.evenhand.terminal.Version;
import picocli.CommandLine.Command;
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
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      required = true,
      description = "The table of rows: a folder or file that the executors can read.")
  private String data = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description =
          "What --data and --attributes-from are: parquet, orc, csv, json, or another format that Spark reads (default ${DEFAULT-VALUE}).")
  private String format = "";

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

  @Option(
      names = "--attributes-from",
      paramLabel = "FOLDER",
      description =
          "A second table with protected attributes that --data does not have; rows are matched by --key.")
  private Optional<String> apart = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "The column that names a row both in --data and in --attributes-from.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--scores-column",
      paramLabel = "COLUMN",
      description = "A column of probabilities of the second class.")
  private Optional<String> scores = Optional.empty();

  @Option(
      names = "--predictions-column",
      paramLabel = "COLUMN",
      description = "A column of decided classes.")
  private Optional<String> predictions = Optional.empty();

  @Option(
      names = "--probabilities-column",
      paramLabel = "COLUMN",
      description =
          "A column with a probability for each of --classes: a vector of Spark ML or an array.")
  private Optional<String> probabilities = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "An ONNX file, at the same place for the driver and every executor.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "NAME,...",
      split = ",",
      description = "The classes in the model's order.")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--threshold",
      paramLabel = "P",
      description = "Decide the second of two classes from this probability on.")
  private Optional<Double> threshold = Optional.empty();

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
    SparkSession spark =
        Failures.told(
            "Spark could not be started",
            () -> SparkSession.builder().appName("evenhand audit").getOrCreate());
    // Else a folder such as zip=01234 would be read as the number 1234.
    spark.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", false);
    try (ModelOfRun opened = ModelOfRun.of(model, options())) {
      AuditResult result =
          new RowAudit(rows(spark), labelling, answers(opened), settings).described();
      write(result, opened, spark.version());
    }
    return ExitCode.DONE;
  }

  private boolean requireConsistent() {
    long sources =
        Stream.of(scores, predictions, probabilities, model).filter(Optional::isPresent).count();
    if (sources != 1) {
      throw new EvenhandSparkException(
          "Name exactly one source of answers: --model, --scores-column, --predictions-column or --probabilities-column.");
    }
    if (probabilities.isPresent() && classes.isEmpty()) {
      throw new EvenhandSparkException(
          "Nothing says which class which probability is of; name the classes in their order.",
          Setting.CLASSES);
    }
    if (target.isEmpty() && classes.isEmpty() && model.isEmpty()) {
      throw new EvenhandSparkException(
          "Without a column of true classes, name the classes.", Setting.TARGET, Setting.CLASSES);
    }
    if (apart.isPresent() != key.isPresent()) {
      throw new EvenhandSparkException("--attributes-from and --key need each other.");
    }
    return true;
  }

  private Labelling labelling() {
    return new Labelling(
        target,
        attributes,
        classes.isEmpty() ? Optional.empty() : Optional.of(new Classes(classes)),
        weights,
        List.of(),
        bands.stream().map(Bands::parse).toList(),
        unknown.isEmpty() ? UnknownValues.NONE : UnknownValues.parse(unknown));
  }

  private AuditSettings settings() {
    AuditSettings.Builder builder =
        AuditSettings.builder().seed(seed).favourable(favourable).weights(WeightKind.FREQUENCY);
    threshold.map(DecisionRule::threshold).ifPresent(builder::decisionRule);
    return builder.build();
  }

  private OnnxOptions options() {
    return classes.isEmpty()
        ? OnnxOptions.defaults()
        : OnnxOptions.of(ModelContract.none().withClasses(classes));
  }

  private Dataset<Row> rows(SparkSession spark) {
    Dataset<Row> rows = table(spark, data);
    return apart
        .map(other -> EvenhandSpark.joined(rows, key.orElseThrow(), table(spark, other)))
        .orElse(rows);
  }

  private Dataset<Row> table(SparkSession spark, String folder) {
    return Failures.told(
        "'%s' could not be read as %s".formatted(folder, format),
        () ->
            spark
                .read()
                .format(format)
                // To a format with types of its own these say nothing.
                .option("header", true)
                .option("inferSchema", true)
                .load(folder));
  }

  private RowAnswers answers(ModelOfRun opened) {
    return opened
        .model()
        .<RowAnswers>map(RowAnswers.OfModel::new)
        .or(() -> scores.map(RowAnswers.Scores::new))
        .or(() -> predictions.map(RowAnswers.Decisions::new))
        .orElseGet(
            () -> new RowAnswers.Probabilities(probabilities.orElseThrow(), new Classes(classes)));
  }

  private void write(AuditResult result, ModelOfRun opened, String version) {
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

  /**
   * The model of a run, if it has one.
   *
   * @param model is closed with this
   */
  private record ModelOfRun(Optional<ExecutorModel> model) implements AutoCloseable {
    static ModelOfRun of(Optional<String> file, OnnxOptions options) {
      return new ModelOfRun(file.map(path -> ExecutorModel.onnx(path, options)));
    }

    @Override
    public void close() {
      model.ifPresent(ExecutorModel::close);
    }
  }
}
