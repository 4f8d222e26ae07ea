package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.data.CsvFile;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.terminal.ExitCode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same table as a CSV file and as a Parquet file gives the same machine output. */
class ParquetAuditTest {
  /** More rows than are loaded, with scores that {@code %s} rounds or does not. */
  private static final String DECISIONS =
      """
      SELECT CAST(hash(i) %% 10 < 4 AS INTEGER) AS repaid,
        CASE WHEN hash(i, 2) %% 3 = 0 THEN 'a' ELSE 'b' END AS race,
        CASE WHEN hash(i, 3) %% 2 = 0 THEN 'test' ELSE 'train' END AS split,
        hash(i, 5) %% 90 AS age,
        round(hash(i, 4) %% 1000003 / 1000003.0::DOUBLE * (1 - hash(i) %% 10 / 40.0), %d) AS score
      FROM range(2000001) t(i)""";

  private final Path folder;

  ParquetAuditTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome audit(Path data, List<String> options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("audit", "--json", "--data", data.toString()));
    arguments.addAll(options);
    int exitCode =
        Evenhand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  private static Path copy(String query, Path file, String options) {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (%s)".formatted(query, file, options));
      return file;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Path parquet(String query) {
    return copy(query, folder.resolve("people.parquet"), "FORMAT parquet");
  }

  private static void assertSameOutput(Path csv, Path parquet, String... options) {
    Outcome fromCsv = audit(csv, Arrays.asList(options));
    Outcome fromParquet = audit(parquet, Arrays.asList(options));

    assertThat(fromCsv.exitCode()).as(fromCsv.err()).isEqualTo(ExitCode.DONE);
    assertThat(fromParquet.out()).isEqualTo(fromCsv.out());
  }

  @Test
  void recorded_decisions_on_a_simulated_population() {
    Path csv = folder.resolve("people.csv");
    CsvFile.write(SimulatedLending.table(5_000, 3), csv);
    // A decision that favours one group, added where both files get it from. DuckDB would take a
    // CSV file's yes and no for a BOOLEAN.
    String query =
        "SELECT *, CASE WHEN %s = 'male' OR random_draw < 0.3 THEN 'yes' ELSE 'no' END AS given FROM ("
                .formatted(SimulatedLending.ATTRIBUTE)
            + "SELECT *, hash(row_number() OVER ()) %% 100 / 100.0 AS random_draw FROM read_csv('%s', all_varchar = true))"
                .formatted(csv);

    assertSameOutput(
        copy(query, folder.resolve("given.csv"), "FORMAT csv, HEADER"),
        parquet(query),
        "--target",
        SimulatedLending.TARGET,
        "--attribute",
        SimulatedLending.ATTRIBUTE,
        "--predictions-column",
        "given");
  }

  @Test
  void a_deployed_model_on_compas() {
    Path csv = realFile("tabular/compas/compas.csv.gz");

    assertSameOutput(
        csv,
        parquet("SELECT * FROM read_csv('%s')".formatted(csv)),
        "--model",
        realFile("models/compas-mlp.onnx").toString(),
        "--target",
        "two_year_recid",
        "--attribute",
        "race",
        "--attribute",
        "sex");
  }

  /** Optional at home, required where CI=true. */
  private static Path realFile(String path) {
    String data = System.getenv("EVENHAND_DATA");
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(data != null, "EVENHAND_DATA is not set, so there is no " + path);
    }
    assertThat(data).as("EVENHAND_DATA, needed for " + path).isNotNull();
    return Path.of(data).resolve(path);
  }

  private static final String[] OF_SCORES = {
    "--target", "repaid", "--attribute", "race", "--scores-column", "score", "--threshold", "0.55"
  };

  @Test
  void a_table_that_is_too_large_to_load_is_counted_with_the_same_figures() {
    String query = DECISIONS.formatted(4);

    assertSameOutput(
        copy(query, folder.resolve("people.csv"), "FORMAT csv, HEADER"), parquet(query), OF_SCORES);
  }

  @Test
  void a_folder_of_partitions_has_the_same_figures_loaded_or_counted() {
    String people =
        "SELECT *, CASE WHEN age % 9 = 0 THEN NULL WHEN age < 40 THEN 'North / East' ELSE 'South' END AS home FROM ("
            + DECISIONS.formatted(4)
            + ") LIMIT ";
    for (int rows : new int[] {20_000, 2_000_001}) {
      Path parts =
          copy(
              people + rows,
              folder.resolve("people-" + rows),
              "FORMAT parquet, PARTITION_BY (race, home, split)");

      assertSameOutput(
          copy(people + rows, folder.resolve("people.csv"), "FORMAT csv, HEADER"),
          parts,
          "--target",
          "repaid",
          "--attribute",
          "race,home",
          "--scores-column",
          "score");
    }
  }

  @Test
  void a_number_in_bands_is_counted_by_its_own_values_with_the_same_figures() {
    String query = DECISIONS.formatted(2);

    assertSameOutput(
        copy(query, folder.resolve("people.csv"), "FORMAT csv, HEADER"),
        parquet(query),
        "--target",
        "repaid",
        "--attribute",
        "age",
        "--bands",
        "age=18,40,60",
        "--scores-column",
        "score");
  }

  @Test
  void figures_from_gathered_scores_are_labelled_in_the_output_and_in_the_log() {
    Outcome outcome = audit(parquet(DECISIONS.formatted(12)), Arrays.asList(OF_SCORES));

    assertThat(outcome.out()).contains("\"binned\": true", "\"bin_width\": 1.0E-4");
    assertThat(outcome.err())
        .containsPattern(
            "evenhand: the 2,000,001 rows were counted in one pass: [0-9,]+ are distinct, with scores in bins of"
                + " width 0\\.0001 \\(only AUC and calibration error depend on them\\)\\.\n");
  }

  @Test
  void booleans_that_a_model_reads_are_the_ones_and_zeros_of_a_csv_file() {
    Path model = SmallModels.ofBooleans(folder.resolve("booleans.onnx"));
    String people =
        "SELECT i % 5 < 2 AS repaid, i % 3 = 0 AS female, i % 2 = 0 AS member FROM range(600) t(i)";
    Path csv =
        copy(
            "SELECT CAST(repaid AS INTEGER) AS repaid, CASE WHEN female THEN 'True' ELSE 'False' END AS female, CAST(member AS INTEGER) AS member FROM (%s)"
                .formatted(people),
            folder.resolve("people.csv"),
            "HEADER");
    Path parquet =
        parquet(
            "SELECT CAST(repaid AS INTEGER) AS repaid, female, member FROM (%s)".formatted(people));
    String[] options = {"--model", model.toString(), "--target", "repaid", "--attribute", "female"};

    assertSameOutput(csv, parquet, options);
    // Half of the rows of each value are members.
    assertThat(Cli.parse(audit(parquet, Arrays.asList(options)).out()).findValues("selection_rate"))
        .allSatisfy(rate -> assertThat(rate.path("value").asDouble()).isEqualTo(0.5));
  }

  @Test
  void a_missing_file_is_bad_input() {
    Outcome outcome = audit(folder.resolve("none.parquet"), Arrays.asList(OF_SCORES));

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(outcome.err())
        .isEqualTo("evenhand: There is no file %s.\n".formatted(folder.resolve("none.parquet")));
  }
}
