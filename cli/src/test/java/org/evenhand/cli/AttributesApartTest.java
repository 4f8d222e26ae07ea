package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;
import org.evenhand.data.SimulatedLending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protected attributes that are kept in a second table, unknown for some, or only probable. */
class AttributesApartTest {
  private final Path folder;
  private final Path data;

  AttributesApartTest(@TempDir Path folder) {
    this.folder = folder;
    this.data = decisions("loans.csv", row -> "", row -> Integer.toString(row));
  }

  /** The decisions with a key and a gender of one's own choice instead of theirs. */
  private Path decisions(String name, IntFunction<String> gender, IntFunction<String> key) {
    List<String> lines = Decisions.lines();
    List<String> changed = new ArrayList<>();
    boolean without = gender.apply(0).isEmpty() && gender.apply(1).isEmpty();
    for (int line = 0; line < lines.size(); line++) {
      String[] cells = lines.get(line).split(",", -1);
      String start = String.join(",", cells[0], cells[1], cells[2], cells[4]);
      String id = line == 0 ? "id" : key.apply(line - 1);
      String more = line == 0 ? "gender" : gender.apply(line - 1);
      changed.add(without ? start + "," + id : String.join(",", start, id, more));
    }
    return Decisions.write(changed, folder.resolve(name));
  }

  /** As {@link Decisions} has it; unknown in every tenth row. */
  private static String gender(int row) {
    return row % 10 == 0 ? "" : row / 100 % 2 == 0 ? "female" : "male";
  }

  /** Half of the unknown rows are there without a gender, the others are not there at all. */
  private Path restricted() {
    return restricted(
        IntStream.range(0, 400)
            .filter(row -> row % 20 != 0)
            .mapToObj(row -> row + "," + gender(row)));
  }

  private Path restricted(Stream<String> rows) {
    return Decisions.write(
        Stream.concat(Stream.of("id,gender"), rows).toList(), folder.resolve("restricted.csv"));
  }

  private Cli.Outcome audit(Path rows, String... more) {
    return Cli.run(
        Stream.concat(
                Stream.of("audit", "--predictions-column", "decided", "--target", "repaid"),
                Stream.concat(Stream.of("--data", rows.toString()), Stream.of(more)))
            .toList());
  }

  private Cli.Outcome auditApart(Path restricted, String... more) {
    return audit(
        data,
        Stream.concat(
                Stream.of("--attributes-from", restricted.toString(), "--key", "id"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void rows_are_found_by_their_key_and_counted_as_unknown_where_it_leads_to_nothing() {
    JsonNode apart =
        auditApart(restricted(), "--attribute", "gender", "--json").json().at("/attributes/gender");

    assertThat(apart.path("known").asInt()).isEqualTo(360);
    assertThat(apart.path("unknown").asInt()).isEqualTo(40);
    assertThat(apart.path("groups")).hasSize(4);
    for (JsonNode group : apart.path("groups")) {
      assertThat(group.path("n").asInt()).isEqualTo(90);
    }
    // Overall accuracy is that of all 400 rows.
    JsonNode all = auditApart(restricted(), "--attribute", "gender", "--json").json();
    assertThat(all.at("/overall_accuracy/value").asDouble()).isEqualTo(0.75);
  }

  @Test
  void an_empty_cell_of_the_data_itself_is_unknown_in_the_same_way() {
    Path together = decisions("together.csv", AttributesApartTest::gender, Integer::toString);

    assertThat(audit(together, "--attribute", "gender", "--json").json().path("attributes"))
        .isEqualTo(
            auditApart(restricted(), "--attribute", "gender", "--json").json().path("attributes"));
  }

  @Test
  void the_text_the_report_and_the_evidence_say_how_many_are_unknown() throws IOException {
    Path report = folder.resolve("report.html");
    Path evidence = folder.resolve("evidence.json");
    Path restricted = restricted();

    Cli.Outcome outcome =
        auditApart(
            restricted,
            "--attribute",
            "gender",
            "--report",
            report.toString(),
            "--evidence",
            evidence.toString());

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .contains("known for 360 rows, unknown for 40, which count in overall accuracy alone");
    assertThat(Files.readString(report))
        .contains("gender is known for 360 rows and unknown for 40");
    JsonNode numbers = Cli.parse(Files.readString(evidence));
    assertThat(numbers.at("/attributes/gender/unknown").asInt()).isEqualTo(40);
    assertThat(numbers.findValuesAsText("sha256"))
        .contains(Artefacts.of("attributes", restricted).sha256());
    assertThat(numbers.findValuesAsText("role")).contains("attributes");
  }

  @Test
  void an_attribute_of_the_data_can_be_crossed_with_one_that_is_kept_apart() {
    JsonNode crossed =
        auditApart(restricted(), "--attribute", "half,gender", "--json")
            .json()
            .at("/attributes/half,gender");

    assertThat(crossed.path("groups")).hasSize(8);
    assertThat(crossed.path("unknown").asInt()).isEqualTo(40);
  }

  @Test
  void certain_probabilities_give_the_figures_of_the_column() {
    Path probable =
        Decisions.write(
            Stream.concat(
                    Stream.of("id,f,m"),
                    IntStream.range(0, 400)
                        .mapToObj(
                            row ->
                                row
                                    + switch (gender(row)) {
                                      case "female" -> ",1,0";
                                      case "male" -> ",0,1";
                                      default -> ",,";
                                    }))
                .toList(),
            folder.resolve("probable.csv"));

    JsonNode byProbability =
        auditApart(probable, "--attribute-probabilities", "gender=female:f,male:m", "--json")
            .json()
            .at("/attributes/gender");
    JsonNode byValue =
        auditApart(restricted(), "--attribute", "gender", "--json").json().at("/attributes/gender");

    assertThat(byProbability.path("by_probability").asBoolean()).isTrue();
    for (String key : List.of("groups", "values", "model_bias", "known", "unknown", "verdict")) {
      assertThat(byProbability.path(key)).isEqualTo(byValue.path(key));
    }
  }

  @Test
  void a_key_that_stands_twice() {
    Path restricted = restricted(Stream.of("1,female", "2,male", "1,male"));

    assertThat(auditApart(restricted, "--attribute", "gender"))
        .refuses(
            "%s, column 'id', data row 3: the key '1' stands in data row 1 already; every key must be there once."
                .formatted(restricted));
  }

  @Test
  void a_key_column_that_is_missing_on_either_side() {
    Path restricted =
        Decisions.write(List.of("person,gender", "1,female"), folder.resolve("other.csv"));

    assertThat(auditApart(restricted, "--attribute", "gender"))
        .refuses(
            "%s has no key column 'id'; its columns are person, gender.".formatted(restricted));
    assertThat(
            audit(
                Decisions.write(Decisions.lines(), folder.resolve("keyless.csv")),
                "--attributes-from",
                restricted(Stream.of("1,female")).toString(),
                "--key",
                "id",
                "--attribute",
                "gender,half"))
        .exits(ExitCode.BAD_INPUT);
  }

  @Test
  void keys_of_another_type() {
    Path restricted = restricted(Stream.of("P1,female", "P2,male"));

    assertThat(auditApart(restricted, "--attribute", "gender"))
        .refuses(
            "Column 'id' holds numbers in %s, such as '0', but text in %s, such as 'P1'; write the keys alike in both."
                .formatted(data, restricted));
  }

  @Test
  void no_key_in_common() {
    Path restricted = restricted(Stream.of("1000,female", "1001,male"));

    assertThat(auditApart(restricted, "--attribute", "gender"))
        .refuses(
            "No key in column 'id' of %s is in %s; keys must be written alike in both, such as '0' and '1000'."
                .formatted(data, restricted));
  }

  @Test
  void a_column_that_is_in_both_tables_or_in_none() {
    Path restricted =
        Decisions.write(List.of("id,half", "1,first", "2,second"), folder.resolve("both.csv"));

    assertThat(auditApart(restricted, "--attribute", "half"))
        .refuses(
            "Column 'half' is both in %s and in %s; leave it out of one of them."
                .formatted(data, restricted));
    assertThat(auditApart(restricted, "--attribute", "race"))
        .refuses(
            "Column 'race' is neither in %s nor in %s; the columns there are score, decided, repaid, half, id, here half."
                .formatted(data, restricted));
  }

  @Test
  void an_attribute_that_is_known_for_a_handful_of_rows() {
    Path restricted = restricted(IntStream.range(95, 120).mapToObj(row -> row + "," + gender(row)));

    assertThat(auditApart(restricted, "--attribute", "gender"))
        .refuses(
            "Attribute 'gender' is known for only 23 of 400 rows; an audit needs at least 30, so add the missing values.");
  }

  @Test
  void probabilities_that_do_not_sum_to_one() {
    Path rows =
        Decisions.write(
            Decisions.withColumn("f,m", row -> row == 6 ? "0.5,0.4" : "0.5,0.5"),
            folder.resolve("sums.csv"));

    assertThat(audit(rows, "--attribute-probabilities", "sex=female:f,male:m"))
        .refuses(
            "Columns f, m, data row 7: the probabilities of 'sex' sum to 0.900000; they must sum to 1, so give every value a column.");
  }

  @Test
  void the_second_table_and_the_key_go_together() {
    assertThat(audit(data, "--attribute", "half", "--key", "id"))
        .refusesUsage(
            "--attributes-from and --key go together: the second table and the column by which its rows are found.",
            "evenhand audit");
    assertThat(audit(data, "--attribute-probabilities", "race"))
        .refusesUsage(
            "'race' does not say which columns hold the probabilities; expected an attribute and two values or more with a column each, such as race=White:p_white,Black:p_black.",
            "evenhand audit");
  }

  @Test
  void a_repair_learns_from_the_rows_that_are_known_and_never_shows_the_attribute_to_the_patch()
      throws IOException {
    Lending lending = Lending.in(folder);
    Table people = lending.people();
    int rows = people.rows();
    TextColumn gender = (TextColumn) people.column(SimulatedLending.ATTRIBUTE);
    double[] ids = IntStream.range(0, rows).asDoubleStream().toArray();
    List<Column> columns =
        new ArrayList<>(people.without(Set.of(SimulatedLending.ATTRIBUTE)).columns());
    columns.add(new NumericColumn("id", ids));
    Path open = folder.resolve("open.csv");
    CsvFile.write(Table.of(columns), open);
    int[] known = IntStream.range(0, rows).filter(row -> row % 8 != 0).toArray();
    Path restricted = folder.resolve("restricted.csv");
    CsvFile.write(
        Table.of(List.of(new NumericColumn("id", ids), gender)).select(known), restricted);

    Path fused = folder.resolve("fused.onnx");
    Cli.Outcome outcome =
        lending.run(
            "erase",
            lending.blindModel(),
            open,
            "--attributes-from",
            restricted.toString(),
            "--key",
            "id",
            "--out",
            fused.toString(),
            "--estimator",
            "C2",
            "--folds",
            "2",
            "--force",
            "--json");

    assertThat(outcome).exits(0);
    JsonNode json = outcome.json();
    assertThat(json.at("/before/attributes/gender/unknown").asInt()).isPositive();
    assertThat(json.at("/after/attributes/gender/unknown"))
        .isEqualTo(json.at("/before/attributes/gender/unknown"));
    assertThat(inputs(fused)).contains("region").doesNotContain("gender", "id");
    assertThat(inputs(folder.resolve("patch.onnx")))
        .contains("region")
        .doesNotContain("gender", "id");
    JsonNode evidence = Cli.parse(Files.readString(folder.resolve("evidence.json")));
    assertThat(evidence.toString())
        .contains("'gender' is unknown for ")
        .contains(Artefacts.of("attributes", restricted).sha256());
  }

  private static List<String> inputs(Path model) throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(model)).getGraph().getInputList().stream()
        .map(ValueInfoProto::getName)
        .toList();
  }
}
