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
      description = "The rows: .csv or .csv.gz with a header, or .parquet.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Another name for --data, where the rows are labels of images.")
  private Optional<Path> labels = Optional.empty();

  @Under(Heading.JUDGED)
  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description =
          "The column of true classes; audit measures selection rates alone where there is none.")
  private Optional<String> target = Optional.empty();

  @Under(Heading.JUDGED)
  @Option(
      names = "--attribute",
      paramLabel = "COLUMN",
      description =
          "A protected attribute, or several crossed, such as race,sex; may be given several times.")
  private List<String> attributes = new ArrayList<>();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--attribute-probabilities",
      paramLabel = "NAME=VALUE:COLUMN,...",
      description =
          "A protected attribute of which columns hold the probability of every value, such as race=White:p_white,Black:p_black; may be given several times.")
  private List<String> probabilities = new ArrayList<>();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--bands",
      paramLabel = "COLUMN=NUMBER,...",
      description =
          "The values of a protected attribute of numbers are bands that begin at these, such as age=18,40,60; may be given several times.")
  private List<String> bands = new ArrayList<>();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--unknown",
      paramLabel = "[COLUMN=]VALUE,...",
      description =
          "Values of protected attributes that stand for an unknown one, such as Unknown,N/A; their rows are counted and in no group; may be given several times.")
  private List<String> unknown = new ArrayList<>();

  private Optional<String> control = Optional.empty();

  @Under(Heading.ATTRIBUTES)
  @Option(
      names = "--attributes-from",
      paramLabel = "FILE",
      description =
          "A second table, kept apart, with the protected attributes that --data does not have; found by --key.")
  private Optional<Path> attributesFrom = Optional.empty();

  @Under(Heading.ATTRIBUTES)
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
