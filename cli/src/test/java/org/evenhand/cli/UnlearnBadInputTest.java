package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Split;
import org.evenhand.data.Tables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code evenhand unlearn} cannot do is said in one sentence, and nothing is written. */
class UnlearnBadInputTest {
  private static Path files;
  private static Lending lending;

  private final Path folder;

  UnlearnBadInputTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void prepare(@TempDir Path shared, @TempDir Path lent) {
    files = shared;
    lending = Lending.in(lent);
  }

  @AfterEach
  void nothing_was_written() {
    assertThat(folder).isEmptyDirectory();
  }

  private Cli.Outcome unlearn(Path model, Path data, String target, String... more) {
    return unlearn(
        Stream.concat(
                Stream.of(
                    "--model",
                    model.toString(),
                    "--data",
                    data.toString(),
                    "--target",
                    target,
                    "--out",
                    folder.resolve("repaired.onnx").toString()),
                Stream.of(more))
            .toList());
  }

  private static Cli.Outcome unlearn(List<String> options) {
    return Cli.run(Stream.concat(Stream.of("unlearn"), options.stream()).toList());
  }

  private Cli.Outcome unlearnLending(String... more) {
    return unlearnLending(lending.data(), more);
  }

  private Cli.Outcome unlearnLending(Path data, String... more) {
    String[] classes = {"--classes", "no,yes"};
    return unlearn(
        lending.model(),
        data,
        "repaid",
        Stream.concat(Stream.of(classes), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void trees_have_no_head() {
    Path trees = RealData.file("models/adult-gbdt.onnx");

    assertThat(unlearn(trees, Adult.data(), "income", "--flip", "sex"))
        .refuses(
            ("The model '%s' has no head that can be edited: it is a tree ensemble"
                    + " (TreeEnsembleClassifier), which has no dense layer; use erase, which needs the"
                    + " answers only.")
                .formatted(trees));
  }

  @Test
  void a_model_has_only_so_many_layers_and_so_far_the_last_is_the_head() {
    String[] two = {"--flip", "gender", "--head-layers", "2"};
    String[] nine = {"--flip", "gender", "--head-layers", "9"};

    assertThat(unlearnLending(two))
        .refuses(
            "The head is asked for with 2 layers, but only the last layer can be edited yet; ask for 1 (--head-layers).");
    assertThat(unlearnLending(nine))
        .refuses(
            "The head is asked for with 9 layers, but the model '%s' ends in 2 dense layers (--head-layers)."
                .formatted(lending.model()));
  }

  @Test
  void an_attribute_that_the_model_does_not_read_has_nothing_to_unlearn() {
    Cli.Outcome outcome =
        unlearn(
            RealData.file("models/compas-mlp-norace.onnx"),
            RealData.file("tabular/compas/compas.csv.gz"),
            "two_year_recid",
            "--flip",
            "race");

    assertThat(outcome)
        .refuses(
            "No pair differs in any feature of the model's head: the model does not read the"
                + " attribute, so its counterfactual bias is 0 and there is nothing to unlearn; if"
                + " groups are treated differently all the same, it is through other columns: use"
                + " erase.");
  }

  @Test
  void a_value_that_there_is_not() {
    assertThat(unlearnLending("--flip", "gender", "--flip-to", "other"))
        .refuses(
            "Column 'gender' cannot be flipped to 'other', which it does not hold; its values are"
                + " female, male.");
  }

  @Test
  void a_value_that_the_encoder_does_not_know_is_refused_if_strict() {
    Path moon = lending.withRegion("moon", files.resolve("moon.csv"));
    String[] strict = {"--flip", "region", "--flip-to", "moon", "--strict"};

    assertThat(unlearnLending(moon, strict))
        .refuses(
            "Column 'region' holds categories that the model's encoder does not know, in 1 row:"
                + " 'moon'. Correct them, or do not be strict about them (--strict).");
  }

  @Test
  void a_linked_value_that_the_column_does_not_hold() throws IOException {
    Path map =
        Files.write(
            files.resolve("map.csv"),
            List.of(
                "flip,flip_from,flip_to,column,from,to", "gender,female,male,region,coast,mars"));

    assertThat(unlearnLending("--flip", "gender", "--flip-map", map.toString()))
        .refuses(
            "A link of columns names the value 'mars', which column 'region' does not hold; its"
                + " values are coast, hills, plain, river.");
  }

  @Test
  void pairs_that_do_not_differ() throws IOException {
    assertThat(unlearnPair("same.csv", Person::equals))
        .refuses("The members of pair 1 do not differ: both have 'gender' = 'female'.");
  }

  @Test
  void pairs_whose_target_differs() throws IOException {
    assertThat(unlearnPair("targets.csv", (one, other) -> other.equals(new Person("male", "yes"))))
        .refuses(
            "The members of pair 1 differ in the target 'repaid': 'no' and 'yes'; a pair shares its"
                + " target.");
  }

  @Test
  void too_few_pairs() throws IOException {
    assertThat(unlearnPair("few.csv", (one, other) -> other.equals(new Person("male", "no"))))
        .refuses(
            "There are 1 pairs, but choosing an update needs at least 10: two for each of 5 parts.");
  }

  /** With one pair listed: a woman of the calibration rows who did not repay, and another row. */
  private Cli.Outcome unlearnPair(String name, BiPredicate<Person, Person> wanted)
      throws IOException {
    Person woman = new Person("female", "no");
    int one = firstCalibrationRow(woman::equals);
    int other = firstCalibrationRow(person -> wanted.test(woman, person));
    Path file =
        Files.write(
            files.resolve(name), List.of("factual,counterfactual", (one + 1) + "," + (other + 1)));
    return unlearnLending("--flip", "gender", "--pairs", file.toString());
  }

  /** What two columns say of someone. */
  private record Person(String gender, String repaid) {}

  private static int firstCalibrationRow(Predicate<Person> wanted) {
    Table table = Tables.read(lending.data());
    return Arrays.stream(Split.rows(table, Split.COLUMN, Split.CALIBRATION))
        .filter(
            row -> wanted.test(new Person(cell(table, "gender", row), cell(table, "repaid", row))))
        .findFirst()
        .orElseThrow();
  }

  private static String cell(Table table, String column, int row) {
    return ((TextColumn) table.column(column)).value(row);
  }

  @Test
  void training_rows_that_do_not_fit_the_model() {
    Table people = Tables.read(lending.data());
    Path train = files.resolve("no-income.csv");
    CsvFile.write(people.without(Set.of("income")), train);

    Cli.Outcome outcome = unlearnLending("--flip", "gender", "--train", train.toString());

    assertThat(outcome).exits(3);
    assertThat(outcome.err()).contains("'income'", train.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1/v2/models/loans", "https://host/v2/models/loans"})
  void a_model_behind_a_url_shows_no_weights(String url) {
    assertThat(
            unlearn(
                List.of(
                    "--model",
                    url,
                    "--data",
                    lending.data().toString(),
                    "--target",
                    "repaid",
                    "--flip",
                    "gender",
                    "--out",
                    folder.resolve("repaired.onnx").toString())))
        .refusesUsage(
            "A model behind a URL does not show its weights; name its ONNX file with --model, or use"
                + " 'evenhand erase'.",
            "evenhand unlearn");
  }

  @Test
  void an_attribute_must_be_named() {
    String sentence = "Name the attribute to unlearn with --flip=COLUMN.";

    assertThat(unlearnLending()).refusesUsage(sentence, "evenhand unlearn");
    assertThat(unlearnLending("--flip", "all")).refusesUsage(sentence, "evenhand unlearn");
  }

  @Test
  void options_out_of_range() {
    assertThat(unlearnLending("--flip", "gender", "--update", "magic"))
        .refusesUsage(
            "There is no update 'magic'; choose one of remove, replace, external, direct, joint,"
                + " refit, consistency, or all.",
            "evenhand unlearn");
    assertThat(unlearnLending("--flip", "gender", "--max-pairs", "9"))
        .refusesUsage("--max-pairs is 9; it must be at least 10.", "evenhand unlearn");
    assertThat(unlearnLending("--flip", "gender", "--max-fitting-loss", "-2"))
        .refusesUsage(
            "The accuracy that an edit may cost is -2.0; it must lie between 0 and 1.",
            "evenhand unlearn");
    assertThat(unlearnLending("--flip", "gender", "--pairs", "other-rows", "--update", "replace"))
        .refusesUsage(
            "--update replace needs one attribute that is flipped, so that training rows have"
                + " counterparts.",
            "evenhand unlearn");
    assertThat(unlearnLending("--flip", "gender", "--pairs-from", lending.data().toString()))
        .refusesUsage(
            "--pairs-from is another name for --data; give one of them.", "evenhand unlearn");
  }

  @Test
  void an_output_over_an_input() throws IOException {
    byte[] before = Files.readAllBytes(lending.model());
    Cli.Outcome outcome =
        unlearn(
            List.of(
                "--model",
                lending.model().toString(),
                "--data",
                lending.data().toString(),
                "--target",
                "repaid",
                "--classes",
                "no,yes",
                "--flip",
                "gender",
                "--out",
                lending.model().toString()));

    assertThat(outcome)
        .refuses(
            "The output '%s' is also an input; name another file, so that the original stays."
                .formatted(lending.model()));
    assertThat(lending.model()).hasBinaryContent(before);
  }
}
