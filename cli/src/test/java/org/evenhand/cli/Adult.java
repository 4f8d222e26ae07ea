package org.evenhand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Table;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Split;
import org.evenhand.data.Tables;

/** The given network of Adult, which has a head of 100 features, and its table with splits. */
final class Adult {
  static final int TRAIN_ROWS = 32_561;

  private Adult() {}

  static Path model() {
    return RealData.file("models/adult-mlp.onnx");
  }

  static Path data() {
    return RealData.file("tabular/adult/adult.csv.gz");
  }

  /** The rows of some splits, in a file. */
  static Path rows(Path file, String... splits) {
    Table table = Tables.read(data());
    int[] rows =
        Arrays.stream(splits)
            .flatMapToInt(split -> Arrays.stream(Split.rows(table, Split.COLUMN, split)))
            .toArray();
    CsvFile.write(table.select(rows), file);
    return file;
  }

  /** A command on the network and its table. */
  static Cli.Outcome run(String command, String... more) {
    return runOn(data(), command, more);
  }

  /** A command on the network and other rows. */
  static Cli.Outcome runOn(Path data, String command, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(0, List.of("--data", data.toString()));
    return runWith(command, all.toArray(String[]::new));
  }

  /** A command on the network that says itself which rows it is about. */
  static Cli.Outcome runWith(String command, String... more) {
    List<String> all =
        new ArrayList<>(List.of(command, "--model", model().toString(), "--target", "income"));
    all.addAll(List.of(more));
    return Cli.run(all);
  }
}
