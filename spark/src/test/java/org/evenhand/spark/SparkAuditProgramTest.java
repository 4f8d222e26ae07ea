package org.evenhand.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkAuditProgramTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path folder;

  SparkAuditProgramTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** The session of the tests, which the program finds, is there before it looks. */
  @BeforeEach
  void write() {
    Local.SPARK
        .range(2_000)
        .selectExpr(
            "id % 2 AS repaid",
            "IF(id % 3 = 0, '01234', '98765') AS postcode",
            "IF(id % 5 < 3, id % 2, 1 - id % 2) AS given",
            "(id % 100) / 100D AS score")
        .write()
        .partitionBy("postcode")
        .parquet(folder.resolve("people").toString());
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--data", folder.resolve("people").toString()));
    all.addAll(List.of(arguments));
    SparkAudit program = new SparkAudit();
    return program
        .line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void folders_of_postcodes_keep_their_zeros_and_the_evidence_is_that_of_the_command()
      throws IOException {
    Path evidence = folder.resolve("evidence.json");

    int exit =
        run(
            "--target=repaid",
            "--attribute=postcode",
            "--predictions-column=given",
            "--evidence=" + evidence);

    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("postcode: ").contains("Written: " + evidence);
    assertThat(Files.readString(evidence))
        .contains("\"attribute\": \"01234\"", "\"command\": \"audit\"", "\"rows\": 2000");
  }

  @Test
  void json_is_all_that_is_printed() {
    assertThat(run("--target=repaid", "--attribute=postcode", "--scores-column=score", "--json"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .startsWith("{")
        .contains("\"of\": 2000", "\"scale\": \"probability\"")
        .endsWith("}\n");
  }

  @Test
  void an_earlier_record_stays_unless_it_may_be_replaced() throws IOException {
    Path evidence = Files.writeString(folder.resolve("evidence.json"), "earlier");
    String[] arguments = {
      "--target=repaid",
      "--attribute=postcode",
      "--predictions-column=given",
      "--evidence=" + evidence
    };

    assertThat(run(arguments)).isEqualTo(3);
    assertThat(err.toString())
        .isEqualTo(
            "evenhand: The output '%s' exists already; name another file, or allow it to be replaced (--overwrite).%n"
                .formatted(evidence));
    assertThat(Files.readString(evidence)).isEqualTo("earlier");

    arguments[3] += "x/evidence.json";
    assertThat(run(arguments)).isEqualTo(3);
    assertThat(err.toString())
        .endsWith("because there is no folder '%sx'; make it first.%n".formatted(evidence));

    arguments[3] = "--evidence=" + evidence;
    assertThat(
            run(
                Stream.concat(Stream.of(arguments), Stream.of("--overwrite"))
                    .toArray(String[]::new)))
        .isZero();
    assertThat(Files.readString(evidence)).startsWith("{");
  }

  @Test
  void wrong_usage_and_bad_input_are_one_line() {
    assertThat(run("--target=repaid", "--attribute=postcode")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "evenhand: Name exactly one source of answers: --model, --scores-column, --predictions-column or --probabilities-column.\n");
    err.getBuffer().setLength(0);

    assertThat(run("--target=repayed", "--attribute=postcode", "--scores-column=score"))
        .isEqualTo(3);
    assertThat(err.toString())
        .isEqualTo(
            "evenhand: There is no column 'repayed'; the columns are repaid, given, score, postcode. Did you mean 'repaid'?\n");
    err.getBuffer().setLength(0);

    assertThat(
            run(
                "--data=" + folder.resolve("nowhere"),
                "--target=repaid",
                "--attribute=postcode",
                "--scores-column=score"))
        .isIn(2, 3);
    assertThat(err.toString().lines().findFirst().orElse("")).startsWith("evenhand: ");
  }
}
