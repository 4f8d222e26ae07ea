package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary tables that are not as one wishes: no outcomes, other scores, unknown values. */
class AuditInputsTest {
  private static Path folder;
  private static Path loans;

  @BeforeAll
  static void prepare(@TempDir Path shared) {
    folder = shared;
    loans = Decisions.write(Decisions.lines(), folder.resolve("loans.csv"));
  }

  private static Cli.Outcome audit(Path rows, String... more) {
    List<String> arguments = new ArrayList<>(List.of("audit", "--data", rows.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }

  private static Path rows(String name, List<String> lines) {
    return Decisions.write(lines, folder.resolve(name));
  }

  /** The loans with scores on another scale. */
  private static Path scored(String name, String yes, String no) {
    return rows(
        name,
        Decisions.lines().stream()
            .map(line -> line.replaceFirst("^0.8,", yes + ",").replaceFirst("^0.3,", no + ","))
            .toList());
  }

  private static JsonNode value(JsonNode audit, int value) {
    return audit.path("attributes").path("gender").path("values").path(value);
  }

  @Test
  void decisions_without_true_classes_give_selection_rates_and_no_verdict() {
    String[] asked = {"--predictions-column", "decided", "--attribute", "gender"};

    assertThat(audit(loans, asked)).exits(0);
    assertThat(audit(loans, asked).out())
        .contains("gender: no verdict, for want of true classes")
        .contains("selection rate  35.00 % [")
        .contains("impact ratio 0.54 [")
        .doesNotContain("Model Bias  ", "NaN");
  }

  @Test
  void machine_output_without_true_classes_keeps_its_shape_and_says_the_reason() {
    JsonNode audit =
        audit(loans, "--predictions-column", "decided", "--attribute", "gender", "--json").json();
    JsonNode gender = audit.path("attributes").path("gender");

    assertThat(audit.path("outcomes").asBoolean()).isFalse();
    assertThat(gender.path("verdict").asText()).isEqualTo("INSUFFICIENT_EVIDENCE");
    assertThat(gender.path("verdict_reason").asText()).isEqualTo("no_outcomes");
    assertThat(gender.path("model_bias").path("value").isNull()).isTrue();
    assertThat(gender.path("model_bias").path("reason").asText())
        .isEqualTo("there are no true classes to compare decisions with");
    assertThat(value(audit, 0).path("selection_rate").path("value").asDouble()).isEqualTo(0.35);
    assertThat(value(audit, 0).path("true_positive_rate").path("value").isNull()).isTrue();
  }

  @Test
  void scores_and_models_need_no_true_classes_either() {
    Path model = SmallModels.ofScores(folder.resolve("scores.onnx"));

    for (List<String> source :
        List.of(
            List.of("--scores-column", "score", "--classes", "no,yes"),
            List.of("--model", model.toString(), "--classes", "no,yes"))) {
      List<String> asked = new ArrayList<>(source);
      asked.addAll(List.of("--attribute", "gender", "--json"));
      JsonNode audit = audit(loans, asked.toArray(String[]::new)).json();
      assertThat(value(audit, 0).path("selection_rate").path("value").asDouble()).isEqualTo(0.35);
    }
  }

  @Test
  void booleans_are_read_however_they_are_written_where_the_model_takes_them() {
    Path model = SmallModels.ofBooleans(folder.resolve("booleans.onnx"));
    List<String> ways = List.of("True", "TRUE", "true", "1", "False", "FALSE", "false", "0");
    List<String> lines = new ArrayList<>(List.of("member,gender"));
    ways.forEach(way -> lines.addAll(List.of(way + ",female", way + ",male")));

    JsonNode audit =
        audit(
                rows("members.csv", lines),
                "--model",
                model.toString(),
                "--classes",
                "no,yes",
                "--attribute",
                "gender",
                "--min-group-size",
                "1",
                "--json")
            .json();

    assertThat(value(audit, 0).path("selection_rate").path("value").asDouble()).isEqualTo(0.5);
    lines.add("maybe,male");
    assertThat(
            audit(
                    rows("doubtful.csv", lines),
                    "--model",
                    model.toString(),
                    "--classes",
                    "no,yes",
                    "--attribute",
                    "gender")
                .err())
        .contains("line 18, column 'member': 'maybe' is not a number, but the column must be");
  }

  @Test
  void the_report_without_true_classes_has_no_verdict(@TempDir Path out) throws IOException {
    Path report = out.resolve("report.html");
    assertThat(
            audit(
                loans,
                "--predictions-column",
                "decided",
                "--attribute",
                "gender",
                "--report",
                report.toString()))
        .exits(0);
    assertThat(Files.readString(report))
        .contains("No verdict by gender: true classes are not known.")
        .contains("Measured on all 400 rows")
        .contains("the last of two classes, because none was named")
        .doesNotContain("NaN");
  }

  @Test
  void a_target_that_is_the_decision_is_refused() {
    assertThat(
            audit(
                loans,
                "--predictions-column",
                "decided",
                "--target",
                "decided",
                "--attribute",
                "gender"))
        .refuses(
            "Column 'decided' is both the target and the answers, which would all count as right; name the column of what came true, or none for selection rates alone (--target).");
  }

  @Test
  void counterparts_need_true_classes() {
    Path model = SmallModels.ofScores(folder.resolve("flip.onnx"));

    assertThat(audit(loans, "--model", model.toString(), "--classes", "no,yes", "--flip", "gender"))
        .refuses(
            "Without true classes only decisions can be audited; name the column of true classes (--target).");
  }

  @Test
  void a_repair_still_needs_true_classes() {
    Path model = SmallModels.ofScores(folder.resolve("erase.onnx"));

    Cli.Outcome outcome =
        Cli.run(
            "erase",
            "--model",
            model.toString(),
            "--data",
            loans.toString(),
            "--attribute",
            "gender",
            "--out",
            folder.resolve("fused.onnx").toString());
    assertThat(outcome).exits(2);
    assertThat(outcome.err()).contains("Missing required option: '--target=COLUMN'");
  }

  @Test
  void declared_values_are_unknown_and_never_the_reference() {
    Path data =
        rows(
            "unknown.csv",
            Decisions.withColumn(
                "race", row -> row % 4 == 0 ? "Unknown" : row % 2 == 0 ? "a" : "b"));
    String[] asked = {
      "--target", "repaid", "--predictions-column", "decided", "--attribute", "race"
    };

    assertThat(audit(data, asked).err())
        .contains(
            "warning: column 'race': 'Unknown' looks like a missing value and counts as a group; if it is missing, declare 'Unknown' unknown (--unknown).");
    List<String> declared = new ArrayList<>(List.of(asked));
    declared.addAll(List.of("--unknown", "race=Unknown"));
    Cli.Outcome outcome = audit(data, declared.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("known for 300 rows, unknown for 100");
    assertThat(outcome.out().replace("unknown for", "")).doesNotContain("Unknown", "nknown, ");
  }

  @Test
  void notes_about_values_are_part_of_the_result() {
    Path data = rows("case.csv", Decisions.withColumn("g", row -> row % 2 == 0 ? "True" : "true"));

    assertThat(
            audit(data, "--predictions-column", "decided", "--attribute", "g", "--json")
                .json()
                .path("notes")
                .path(0)
                .asText())
        .isEqualTo(
            "column 'g': 'True', 'true' differ only in case or blanks and count as different groups; write them alike if they are one.");
  }

  @Test
  void percent_logits_and_points_are_read_with_a_threshold_in_their_own_unit() {
    record Case(String scale, String yes, String no, String threshold) {}
    for (Case one :
        List.of(
            new Case("percent", "80", "30", "80"),
            new Case("logit", "1.5", "-1", "1.5"),
            new Case("points", "640", "580", "640"))) {
      Path data = scored(one.scale() + ".csv", one.yes(), one.no());
      JsonNode audit =
          audit(
                  data,
                  "--target",
                  "repaid",
                  "--attribute",
                  "gender",
                  "--scores-column",
                  "score",
                  "--score-scale",
                  one.scale(),
                  "--threshold",
                  one.threshold(),
                  "--json")
              .json();
      assertThat(audit.path("overall_accuracy").path("value").asDouble()).isEqualTo(0.75);
      assertThat(audit.path("scores").path("scale").asText()).isEqualTo(one.scale());
      assertThat(audit.path("scores").path("class").asText()).isEqualTo("yes");
      assertThat(value(audit, 0).path("auc").path("value").asDouble())
          .isCloseTo(0.75, within(1e-12));
      assertThat(value(audit, 0).path("calibration_error").path("value").isNull())
          .isEqualTo(one.scale().equals("points"));
    }
  }

  @Test
  void scores_of_the_first_class_are_read_as_such() {
    String[] asked = {"--target", "repaid", "--attribute", "gender", "--scores-column", "score"};
    List<String> ofNo = new ArrayList<>(List.of(asked));
    ofNo.addAll(List.of("--score-class", "no"));

    assertThat(audit(loans, asked).out())
        .contains("column 'score': probability; a higher one speaks for class 'yes'")
        .contains("overall accuracy  75.00 %");
    assertThat(audit(loans, ofNo.toArray(String[]::new)).out())
        .contains("a higher one speaks for class 'no'")
        .contains("overall accuracy  25.00 %");
  }

  @Test
  void what_scores_are_is_for_recorded_scores_alone() {
    assertThat(
            audit(
                loans,
                "--target",
                "repaid",
                "--attribute",
                "gender",
                "--predictions-column",
                "decided",
                "--score-scale",
                "percent"))
        .refusesUsage(
            "--score-scale and --score-class say what recorded scores are; name their column with --scores-column.",
            "evenhand audit");
  }

  @Test
  void the_rows_used_are_always_said() {
    Path data =
        rows("split.csv", Decisions.withColumn("split", row -> row % 4 == 0 ? "test" : "train"));
    String[] asked = {
      "--target", "repaid", "--attribute", "gender", "--predictions-column", "decided"
    };
    List<String> all = new ArrayList<>(List.of(asked));
    all.addAll(List.of("--split", "all"));

    assertThat(audit(data, asked).out()).contains("rows used: split test: 100 of 400 rows");
    assertThat(audit(data, all.toArray(String[]::new)).out())
        .contains("rows used: all 400 rows, those that the model was trained on too");
  }

  @Test
  void an_assumed_favourable_class_is_said() {
    String[] asked = {
      "--target", "repaid", "--attribute", "gender", "--predictions-column", "decided"
    };
    List<String> named = new ArrayList<>(List.of(asked));
    named.addAll(List.of("--favourable", "yes"));

    assertThat(audit(loans, asked).out())
        .contains(
            "favourable class: 'yes', the last of two, because none was named (--favourable; 'none' if neither is better)");
    assertThat(audit(loans, named.toArray(String[]::new)).out()).doesNotContain("favourable class");
    named.set(named.size() - 1, "none");
    assertThat(audit(loans, named.toArray(String[]::new)).out())
        .doesNotContain("favourable class", "selection rate", "impact ratio");
  }

  @Test
  void the_table_of_local_law_144_stands_in_every_output(@TempDir Path out) throws IOException {
    Path data =
        rows(
            "ll144.csv",
            Decisions.withColumn(
                "race", row -> row % 200 == 0 ? "Pacific" : row % 2 == 0 ? "a" : "b"));
    Path report = out.resolve("report.html");
    String[] asked = {
      "--predictions-column",
      "decided",
      "--attribute",
      "gender",
      "--attribute",
      "race",
      "--attribute",
      "race,gender",
      "--table",
      "ll144",
      "--exclude-below",
      "0.02"
    };

    assertThat(audit(data, asked).out())
        .contains("gender: selection rates and impact ratios (rate over the highest rate)")
        .contains("fewer than 2 % of the rows, left out of the ratios: Pacific");
    List<String> machine = new ArrayList<>(List.of(asked));
    machine.addAll(List.of("--json", "--report", report.toString()));
    JsonNode tables = audit(data, machine.toArray(String[]::new)).json().path("impact_tables");
    assertThat(tables.findValuesAsText("attribute"))
        .containsExactly("gender", "race", "race,gender");
    assertThat(tables.path(0).path("rate").asText()).isEqualTo("selection");
    assertThat(
            tables.path(0).path("categories").path(0).path("impact_ratio").path("value").asDouble())
        .isCloseTo(0.35 / 0.65, within(1e-12));
    assertThat(Files.readString(report))
        .contains("Impact ratios by race,gender", "left out of the ratios: Pacific");
  }

  @Test
  void scoring_rates_need_no_threshold_in_points() {
    Path data = scored("scoring.csv", "640", "580");

    JsonNode table =
        audit(
                data,
                "--scores-column",
                "score",
                "--score-scale",
                "points",
                "--attribute",
                "gender",
                "--table",
                "ll144",
                "--top",
                "0.25",
                "--within",
                "half",
                "--json")
            .json();

    assertThat(table.path("impact_tables").path(0).path("rate").asText()).isEqualTo("scoring");
    assertThat(
            table
                .path("top_shares")
                .path(0)
                .path("cuts")
                .path(0)
                .path("values")
                .path(0)
                .path("selection_rate")
                .path("value")
                .asDouble())
        .isCloseTo(0.175, within(1e-12));
    assertThat(table.path("within").path(0).path("column").asText()).isEqualTo("half");
    assertThat(
            table
                .path("within")
                .path(0)
                .path("values")
                .path(0)
                .path("gap")
                .path("value")
                .asDouble())
        .isCloseTo(-0.3, within(1e-12));
  }

  @Test
  void a_control_of_many_numbers_needs_bands() {
    Path data = rows("control.csv", Decisions.withColumn("age", row -> "" + (18 + row % 60)));
    String[] asked = {
      "--predictions-column", "decided", "--attribute", "gender", "--within", "age"
    };
    List<String> banded = new ArrayList<>(List.of(asked));
    banded.addAll(List.of("--bands", "age=40"));

    assertThat(audit(data, asked))
        .refuses(
            "Column 'age' holds 60 different numbers, too many to compare one by one (at most 20); audit them in bands that begin at numbers such as age=32,46,61 (--bands).");
    assertThat(audit(data, banded.toArray(String[]::new)).out())
        .contains("gender: selection rate less that of male, within levels of age");
  }

  @Test
  void points_alone_need_a_threshold_and_what_belongs_to_a_table_the_table() {
    assertThat(
            audit(
                loans,
                "--target",
                "repaid",
                "--attribute",
                "gender",
                "--scores-column",
                "score",
                "--score-scale",
                "points"))
        .refusesUsage(
            "Points have no natural threshold; name with --threshold the score from which on the class is decided.",
            "evenhand audit");
    assertThat(
            audit(
                loans,
                "--attribute",
                "gender",
                "--predictions-column",
                "decided",
                "--exclude-below",
                "0.02"))
        .refusesUsage(
            "--exclude-below leaves categories out of a table's ratios; name the table with --table.",
            "evenhand audit");
  }

  @Test
  void files_of_spreadsheets_are_refused_with_what_to_do() throws IOException {
    String[] asked = {"--attribute", "gender", "--scores-column", "score"};
    Path excel = rows("excel.csv", List.of("sep=;", "score;gender", "0.1;f", "0.9;m"));
    Path commas = rows("commas.csv", List.of("score;gender", "0,1;f", "0,9;m"));
    Path latin =
        Files.write(
            folder.resolve("latin.csv"),
            "score,gender,città\n0.1,f,x\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(audit(excel, asked))
        .refuses(
            "The first line of %s begins with 'sep=', which names the separator to Excel alone; delete that line."
                .formatted(excel));
    assertThat(audit(commas, asked))
        .refuses(
            "Column 'score' holds numbers with a decimal comma, such as 0,1; write them with a point.");
    assertThat(audit(latin, asked))
        .refuses(
            "%s is not UTF-8 text; it may be Windows-1252 or ISO 8859-1, so save or convert it as UTF-8."
                .formatted(latin));
  }

  @Test
  void scores_of_the_other_class_raise_a_doubt() {
    assertThat(
            audit(
                    loans,
                    "--target",
                    "repaid",
                    "--attribute",
                    "gender",
                    "--scores-column",
                    "score",
                    "--score-class",
                    "no")
                .err())
        .contains("are the classes in another order? (--score-class)");
  }
}
