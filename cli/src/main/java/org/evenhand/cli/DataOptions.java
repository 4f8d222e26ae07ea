package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      names = "--split",
      paramLabel = "NAME",
      description =
          "The rows to use, as named in the split column, or 'all'; by default audit measures 'test' and erase learns from 'calibration', where the table has splits.")
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
      description = "Frequency weights: a row of weight 2 counts as the row twice.")
  private Optional<String> weightsColumn = Optional.empty();

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

  Path data() {
    return file().orElseThrow(() -> new CliException("Missing required option: '--data=FILE'"));
  }

  String target() {
    return target;
  }

  List<String> attributes() {
    return attributes;
  }

  /**
   * For commands to which nothing else names one.
   *
   * @throws CliException if no attribute is named
   */
  void requireAttributes() {
    if (attributes.isEmpty()) {
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

  Optional<String> weightsColumn() {
    return weightsColumn;
  }

  Optional<Character> separator() {
    return separator;
  }
}
