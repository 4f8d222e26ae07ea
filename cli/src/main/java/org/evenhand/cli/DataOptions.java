package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.WeightKind;
import org.evenhand.data.Bands;
import org.evenhand.data.ProbabilityColumns;
import org.evenhand.data.SecondTable;
import org.evenhand.data.Split;
import org.evenhand.data.UnknownValues;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.Roles;
import org.evenhand.workflow.RowsRequest;
import org.evenhand.workflow.SplitChoice;
import picocli.CommandLine.Option;

/** Which rows, and which of their columns say what. */
@Under(Heading.ROWS)
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "The table of rows: .csv or .csv.gz with a header, .parquet, or a folder of Parquet files.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Another name for --data, for labels of images.")
  private Optional<Path> labels = Optional.empty();

  @Under(Heading.JUDGED)
  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "The column of true classes. Without it, audit measures selection rates alone.")
  private Optional<String> target = Optional.empty();

  @Under(Heading.JUDGED)
  @Option(
      names = "--attribute",
      paramLabel = "COLUMN",
      description = "A protected attribute, or several crossed, such as race,sex. Repeatable.")
  private List<String> attributes = new ArrayList<>();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--attribute-probabilities",
      paramLabel = "NAME=VALUE:COLUMN,...",
      description =
          "A protected attribute known by probabilities only: for each value, the column that holds its probability, such as race=White:p_white,Black:p_black. Repeatable.")
  private List<String> probabilities = new ArrayList<>();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--bands",
      paramLabel = "COLUMN=NUMBER,...",
      description =
          "Divide a numeric attribute into bands that begin at these numbers, such as age=18,40,60. Repeatable.")
  private List<String> bands = new ArrayList<>();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--unknown",
      paramLabel = "[COLUMN=]VALUE,...",
      description =
          "Values that stand for an unknown one, such as Unknown,N/A. Their rows are counted, but belong to no group. Repeatable.")
  private List<String> unknown = new ArrayList<>();

  private Optional<String> control = Optional.empty();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--attributes-from",
      paramLabel = "FILE",
      description =
          "A second table with the protected attributes that --data does not have; rows are matched by --key.")
  private Optional<Path> attributesFrom = Optional.empty();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "The column that identifies a row both in --data and in --attributes-from.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "The split to use, or 'all'. By default, if the table has splits, audit uses 'test', train uses 'train', and all other commands use 'calibration'.")
  private Optional<String> split = Optional.empty();

  @Option(
      names = "--split-column",
      paramLabel = "COLUMN",
      defaultValue = Split.COLUMN,
      description = "The column that names a row's split (default ${DEFAULT-VALUE}).")
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
          "What weights mean: 'frequency' (a row of weight 2 is two equal rows) or 'sampling' (it is one row that stands for two). Required unless all weights are 1.")
  private Optional<WeightKind> weights = Optional.empty();

  @Option(
      names = "--separator",
      paramLabel = "CHARACTER",
      description = "The character between the cells of a CSV file (default: found in the header).")
  private Optional<Character> separator = Optional.empty();

  /** Compares selection rates within the levels of a column. */
  void within(Optional<String> column) {
    control = column;
  }

  /** The file of rows; there is none where images' names hold the labels. */
  Optional<Path> file() {
    if (data.isPresent() && labels.isPresent()) {
      throw new CliException("--labels is another name for --data; give one of them.");
    }
    return data.or(() -> labels);
  }

  /** What the options say. */
  RowsRequest request() {
    return new RowsRequest(
        file(),
        roles(),
        attributesFrom.map(file -> new SecondTable(file, key.orElseThrow())),
        new SplitChoice(split, splitColumn),
        separator);
  }

  private Roles roles() {
    return new Roles(
        target,
        attributes,
        probabilities.stream().map(ProbabilityColumns::parse).toList(),
        bands.stream().map(Bands::parse).toList(),
        UnknownValues.parse(unknown),
        control,
        weightsColumn);
  }

  /** The protected attributes' names, those with columns of their own first. */
  List<String> attributes() {
    return roles().attributeNames();
  }

  /**
   * Refuses options that do not go together.
   *
   * @param more columns of attributes beside those of the options
   */
  void check(List<String> more) {
    roles().requireBandsOfAttributes(more);
    if (attributesFrom.isPresent() != key.isPresent()) {
      throw new CliException(
          "--attributes-from and --key go together: the second table and the column by which its rows are found.");
    }
  }

  /**
   * For commands that learn from true classes.
   *
   * @throws CliException if their column is not named
   */
  void requireTarget() {
    if (target.isEmpty()) {
      throw new CliException("Missing required option: '--target=COLUMN'");
    }
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

  /**
   * The settings with what weights mean; where none are given, equal rows may have been counted.
   */
  AuditSettings weighted(AuditSettings settings) {
    return settings.toBuilder()
        .weights(weightsColumn.isPresent() ? weights : Optional.of(WeightKind.FREQUENCY))
        .build();
  }
}
