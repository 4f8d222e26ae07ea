package org.evenhand.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.ModelSource;
import org.evenhand.workflow.RowsRequest;
import picocli.CommandLine.Option;

/** What is needed to look inside a model: its head and the rows that it was trained on. */
@Under(Heading.METHOD)
final class HeadOptions {
  @Under(Heading.ROWS)
  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "The rows that the model was trained on, for the Hessian of its head (default: the 'train' rows of --data or, without splits, the rows that pairs come from).")
  private Optional<Path> train = Optional.empty();

  @Under(Heading.ROWS)
  @Option(
      names = "--pairs-from",
      paramLabel = "FILE",
      description =
          "Another name for --data beside --train: the rows that pairs are made from and that the result is measured on.")
  private Optional<Path> pairsFrom = Optional.empty();

  @Option(
      names = "--head-layers",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many of the last dense layers are edited; so far only 1.")
  private int layers = 1;

  @Option(
      names = "--max-pairs",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "The largest number of pairs per attribute, drawn at random (default ${DEFAULT-VALUE}). Accuracy is checked on the remaining rows.")
  private int maxPairs = 500;

  /** The rows, by whichever name their file was given. */
  RowsRequest rows(DataOptions data) {
    return pairsFrom.map(data.request()::in).orElseGet(data::request);
  }

  /**
   * Refuses values out of range, and rows that are named twice.
   *
   * @param data the options of the rows
   */
  void check(DataOptions data) {
    if (pairsFrom.isPresent() && data.file().isPresent()) {
      throw new CliException("--pairs-from is another name for --data; give one of them.");
    }
    if (maxPairs < 10) {
      throw new CliException("--max-pairs is %d; it must be at least 10.".formatted(maxPairs));
    }
  }

  boolean namesRows() {
    return pairsFrom.isPresent();
  }

  Optional<Path> train() {
    return train;
  }

  int layers() {
    return layers;
  }

  int maxPairs() {
    return maxPairs;
  }

  /** Only a file can be looked into. */
  ModelSource.File file(ModelSource source) {
    if (source instanceof ModelSource.File file) {
      return file;
    }
    throw new CliException(
        "A model behind a URL does not show its weights; name its ONNX file with --model, or use 'evenhand erase'.");
  }
}
