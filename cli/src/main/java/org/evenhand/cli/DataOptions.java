package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.data.Bands;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.ProbabilityColumns;
import org.evenhand.data.SecondTable;
import org.evenhand.data.Split;
import picocli.CommandLine.Option;

/** Which rows, and which of their columns say what. */
final class DataOptions {
  /** Stands for every row where a split's name is expected. */
  static final String ALL = "all";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "The rows: .csv or .csv.gz with a header, or .parquet.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Another name for --data, where the rows are labels of images.")
  private Optional<Path> labels = Optional.empty();

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      required = true,
      description = "The column of true classes.")
  private String target = "";

  @Option(
      names = "--attribute",
      paramLabel = "COLUMN",
      description =
          "A protected attribute, or several crossed, such as race,sex; may be given several times.")
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = "--attribute-probabilities",
      paramLabel = "NAME=VALUE:COLUMN,...",
      description =
          "A protected attribute of which columns hold the probability of every value, such as race=White:p_white,Black:p_black; may be given several times.")
  private List<String> probabilities = new ArrayList<>();

  @Option(
      names = "--bands",
      paramLabel = "COLUMN=NUMBER,...",
      description =
          "The values of a protected attribute of numbers are bands that begin at these, such as age=18,40,60; may be given several times.")
  private List<String> bands = new ArrayList<>();

  @Option(
      names = "--attributes-from",
      paramLabel = "FILE",
      description =
          "A second table, kept apart, with the protected attributes that --data does not have; found by --key.")
  private Optional<Path> attributesFrom = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "The column that names a row in --data and in --attributes-from.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "The rows to use, as named in the split column, or 'all'; by default audit measures 'test', erase learns from 'calibration' and train from 'train', where the table has splits.")
  private Optional<String> split = Optional.empty();

  @Option(
      names = "--split-column",
      paramLabel = "COLUMN",
      defaultValue = Split.COLUMN,
      description = "The column that names a row's split; by default '${DEFAULT-VALUE}'.")
  private String splitColumn = Split.COLUMN;

  @Option(
      names = "--weights-column",
      paramLabel = "COLUMN",
      description = "The column of the rows' weights; --weights says what they mean.")
  private Optional<String> weightsColumn = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "KIND",
      description =
          "What weights mean: 'frequency' (a row of weight 2 is two equal rows) or 'sampling' (it is one row that stands for two); required unless all are 1.")
  private Optional<WeightKind> weights = Optional.empty();

  @Option(
      names = "--separator",
      paramLabel = "CHARACTER",
      description = "Between the cells of a row of a CSV file; found in the header by default.")
  private Optional<Character> separator = Optional.empty();

  /** The file of rows; there is none where images' names hold the labels. */
  Optional<Path> file() {
    if (data.isPresent() && labels.isPresent()) {
      throw new CliException("--labels is another name for --data; give one of them.");
    }
    return data.or(() -> labels);
  }

  /** The same roles in another file. */
  DataOptions in(Path other) {
    DataOptions copy = new DataOptions();
    copy.data = Optional.of(other);
    copy.target = target;
    copy.attributes = attributes;
    copy.probabilities = probabilities;
    copy.bands = bands;
    copy.attributesFrom = attributesFrom;
    copy.key = key;
    copy.split = split;
    copy.splitColumn = splitColumn;
    copy.weightsColumn = weightsColumn;
    copy.weights = weights;
    copy.separator = separator;
    return copy;
  }

  Path data() {
    return file().orElseThrow(() -> new CliException("Missing required option: '--data=FILE'"));
  }

  String target() {
    return target;
  }

  /** The protected attributes' names, those with columns of their own first. */
  List<String> attributes() {
    return Stream.concat(
            attributes.stream(), probabilities().stream().map(ProbabilityColumns::attribute))
        .toList();
  }

  List<ProbabilityColumns> probabilities() {
    return probabilities.stream().map(ProbabilityColumns::parse).toList();
  }

  private List<Bands> bands() {
    return bands.stream().map(Bands::parse).toList();
  }

  /**
   * The columns that show a protected attribute; a crossed one has several.
   *
   * @param known the names of the columns that there are
   */
  Set<String> attributeColumns(Collection<String> known) {
    return Stream.concat(
            attributes.stream().map(name -> Labels.columns(name, known)),
            probabilities().stream().map(ProbabilityColumns::columns))
        .flatMap(List::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The table that is kept apart, if there is one. */
  Optional<SecondTable> apart() {
    return attributesFrom.map(file -> new SecondTable(file, key.orElseThrow()));
  }

  /**
   * Refuses options that do not go together.
   *
   * @param more columns of attributes beside those of the options
   */
  void check(List<String> more) {
    probabilities();
    // Whether a name with a comma is a column or crosses several is known with the table only.
    Bands.requireAmong(
        Stream.concat(attributes.stream(), more.stream())
            .flatMap(name -> Stream.concat(Stream.of(name), Arrays.stream(name.split(","))))
            .map(String::strip)
            .toList(),
        bands());
    if (attributesFrom.isPresent() != key.isPresent()) {
      throw new CliException(
          "--attributes-from and --key go together: the second table and the column by which its rows are found.");
    }
  }

  /**
   * How the rows' labels are read from them.
   *
   * @param more columns of attributes beside those of the options
   */
  Labelling labelling(List<String> more) {
    return new Labelling(
        target,
        Stream.concat(attributes.stream(), more.stream()).toList(),
        Optional.empty(),
        weightsColumn,
        probabilities(),
        bands());
  }

  /** The files that are read. */
  List<Path> files() {
    return Stream.concat(file().stream(), attributesFrom.stream()).toList();
  }

  /** The files that are read, with their hashes. */
  List<Provenance.Artefact> artefacts() {
    return Stream.concat(
            file().stream().map(file -> Artefacts.of("data", file)),
            attributesFrom.stream().map(file -> Artefacts.of("attributes", file)))
        .toList();
  }

  /**
   * For commands to which nothing else names one.
   *
   * @throws CliException if no attribute is named
   */
  void requireAttributes() {
    if (attributes().isEmpty()) {
      throw new CliException("Missing required option: '--attribute=COLUMN'");
    }
  }

  Optional<String> split() {
    return split;
  }

  String splitColumn() {
    return splitColumn;
  }

  /** Whether the user relies on a split column, so that it must be there. */
  boolean namesSplit() {
    return !splitColumn.equals(Split.COLUMN) || !split.orElse(ALL).equals(ALL);
  }

  boolean splits(Table table) {
    return table.find(splitColumn).isPresent();
  }

  /** Whether all rows of a table are asked for, or it has no splits. */
  boolean wholeOf(Table table) {
    return split.map(ALL::equals).orElseGet(() -> !splits(table));
  }

  /**
   * The indices of the rows of the split that was asked for; of the usual one where none was and
   * the table has splits.
   */
  int[] rowsOf(Table table, String usual) {
    return wholeOf(table)
        ? IntStream.range(0, table.rows()).toArray()
        : Split.rows(table, splitColumn, split.orElse(usual));
  }

  Optional<String> weightsColumn() {
    return weightsColumn;
  }

  /** Whether weights are those of a sample, of which each row has to be known. */
  boolean sampled() {
    return weights.filter(kind -> kind == WeightKind.SAMPLING).isPresent();
  }

  /**
   * The settings with what weights mean; where none are given, equal rows may have been counted.
   */
  AuditSettings weighted(AuditSettings settings) {
    return settings.toBuilder()
        .weights(weightsColumn.isPresent() ? weights : Optional.of(WeightKind.FREQUENCY))
        .build();
  }

  Optional<Character> separator() {
    return separator;
  }
}
