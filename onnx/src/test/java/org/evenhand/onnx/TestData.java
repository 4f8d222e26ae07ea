package org.evenhand.onnx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** The real tables and models, which are not in the repository. */
final class TestData {
  private TestData() {}

  /** Skips the test when there is no data, except on the build server. */
  static Path folder() {
    Map<String, String> environment = System.getenv();
    String folder = environment.get("EVENHAND_DATA");
    if (!"true".equals(environment.get("CI"))) {
      assumeTrue(folder != null, "EVENHAND_DATA names no folder with the real tables and models");
    }
    return Path.of(folder == null ? "EVENHAND_DATA-is-not-set" : folder);
  }

  /** The rows of the test split of an unquoted .csv.gz; a column is text unless all are numbers. */
  static Table testSplit(Path csv) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(csv)), StandardCharsets.UTF_8))) {
      List<String> header = List.of(reader.readLine().split(",", -1));
      int split = header.indexOf("split");
      List<String[]> rows =
          reader
              .lines()
              .map(line -> line.split(",", -1))
              .filter(row -> row[split].equals("test"))
              .toList();
      List<Column> columns = new ArrayList<>();
      for (int j = 0; j < header.size(); j++) {
        int at = j;
        columns.add(column(header.get(j), rows.stream().map(row -> row[at]).toList()));
      }
      return Table.of(columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Column column(String name, List<String> values) {
    try {
      return new NumericColumn(name, values.stream().mapToDouble(Double::parseDouble).toArray());
    } catch (NumberFormatException e) {
      return TextColumn.of(name, values);
    }
  }
}
