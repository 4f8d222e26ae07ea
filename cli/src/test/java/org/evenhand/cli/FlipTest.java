package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Answers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits that ask a model about counterparts. */
class FlipTest {
  private static Path folder;
  private static Path loans;
  private static Path scores;
  private static Lending lending;

  @BeforeAll
  static void prepare(@TempDir Path shared, @TempDir Path lent) {
    folder = shared;
    loans = Decisions.write(Decisions.lines(), folder.resolve("loans.csv"));
    scores = SmallModels.ofScores(folder.resolve("scores.onnx"));
    lending = Lending.in(lent);
  }

  private static Cli.Outcome audit(Path model, Path data, String target, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "audit",
                "--model",
                model.toString(),
                "--data",
                data.toString(),
                "--target",
                target,
                "--classes",
                "no,yes"));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(arguments);
  }

  /** Of a model that answers with the column score. */
  private static Cli.Outcome auditLoans(String... more) {
    return audit(scores, loans, "repaid", more);
  }

  private static Cli.Outcome auditLending(String... more) {
    return audit(lending.model(), lending.data(), "repaid", more);
  }

  @Test
  void a_flipped_column_is_audited_and_its_counterfactual_bias_told() {
    Cli.Outcome outcome = auditLending("--flip", "gender", "--json");

    assertThat(outcome).exits(0);
    JsonNode gender = outcome.json().path("attributes").path("gender");
    assertThat(gender.path("model_bias").path("value").isNumber()).isTrue();
    JsonNode bias = gender.path("counterfactual_bias");
    assertThat(bias.path("value").doubleValue()).isBetween(0.02, 0.5);
    assertThat(bias.path("verdict").textValue()).isEqualTo("BIASED");
    assertThat(bias.path("class").textValue()).isEqualTo("yes");
    // The records are biased against women, so a woman would gain.
    assertThat(bias.at("/directions/0/from").textValue()).isEqualTo("female");
    assertThat(bias.at("/directions/0/change/low").doubleValue()).isPositive();
    assertThat(bias.at("/directions/1/change/high").doubleValue()).isNegative();
  }

  @Test
  void scores_that_a_flip_exchanges_give_the_bias_worked_out_by_hand() {
    // Every row goes from 0.3 to 0.8 or back.
    Cli.Outcome outcome = auditLoans("--flip", "score", "--json");

    assertThat(outcome).exits(0);
    JsonNode bias = outcome.json().at("/attributes/score/counterfactual_bias");
    assertThat(bias.path("value").doubleValue()).isEqualTo(0.5, offset(1e-6));
    assertThat(bias.at("/flipped_decisions/value").doubleValue()).isEqualTo(1);
  }

  @Test
  void a_column_that_the_model_does_not_read_is_explained() {
    Cli.Outcome outcome = auditLoans("--flip", "gender");

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .contains("counterfactual bias       0.00 % [0.00, 0.00]   WITHIN_TOLERANCE")
        .contains(
            "The model does not read 'gender', so flipping it changes no answer; what other columns"
                + " tell of it is not flipped with it.");
  }

  @Test
  void a_column_that_follows_carries_the_bias_of_one_that_is_not_read() {
    Path map =
        Decisions.write(
            List.of("flip,flip_from,flip_to,column,from,to", "gender,female,male,score,0.3,0.8"),
            folder.resolve("follow.csv"));

    Cli.Outcome outcome = auditLoans("--flip", "gender", "--flip-map", map.toString(), "--json");

    // Of 400 rows, 90 women who did not repay and 40 who did have the score 0.3.
    assertThat(outcome.json().at("/attributes/gender/counterfactual_bias/value").doubleValue())
        .isEqualTo(130 * 0.5 / 400, offset(1e-6));
  }

  @Test
  void all_ranks_the_columns_that_the_model_reads() {
    Cli.Outcome outcome = auditLending("--flip", "gender", "--flip", "all", "--json");

    assertThat(outcome).exits(0);
    JsonNode ranking = outcome.json().path("counterfactual_ranking");
    assertThat(ranking.findValuesAsText("column")).contains("gender", "region");
    List<Double> biases = new ArrayList<>();
    ranking.forEach(column -> biases.add(-column.path("value").doubleValue()));
    assertThat(biases).isSorted();
    assertThat(outcome.json().path("attributes").size()).isEqualTo(1);
  }

  @Test
  void a_bias_that_only_counterparts_show_fails_the_build(@TempDir Path outputs) {
    Path report = outputs.resolve("report.html");
    Path evidence = outputs.resolve("evidence.json");

    Cli.Outcome outcome =
        auditLending(
            "--flip",
            "gender",
            "--tolerance",
            "0.9",
            "--gap-tolerance",
            "0.9",
            "--fail-on-bias",
            "--report",
            report.toString(),
            "--evidence",
            evidence.toString());

    assertThat(outcome).exits(1);
    assertThat(outcome.out()).contains("gender: WITHIN_TOLERANCE").contains("BIASED; decisions");
    assertThat(report).content().contains("<section id=\"counterfactual\">");
    assertThat(evidence).content().contains("\"counterfactual_bias\"").contains("\"flip\"");
    assertThat(
            auditLending(
                "--flip",
                "gender",
                "--tolerance",
                "0.9",
                "--gap-tolerance",
                "0.9",
                "--delta",
                "0.9",
                "--fail-on-bias"))
        .exits(0);
  }

  @Test
  void listed_pairs_and_other_rows_are_measured_without_a_flip() {
    // Rows 1 and 101 are a woman and a man who did not repay, with scores of 0.3.
    // Row 91 is a woman whose score is 0.8.
    Path pairs =
        Decisions.write(
            List.of("factual,counterfactual", "1,101", "91,101"), folder.resolve("pairs.csv"));

    JsonNode listed =
        auditLoans("--flip", "gender", "--pairs", pairs.toString(), "--json")
            .json()
            .at("/attributes/gender/counterfactual_bias");
    JsonNode others =
        auditLoans("--flip", "gender", "--pairs", "other-rows", "--json")
            .json()
            .at("/attributes/gender/counterfactual_bias");

    assertThat(listed.path("value").doubleValue()).isEqualTo(0.25, offset(1e-6));
    assertThat(listed.path("relation").textValue()).isEqualTo("SAME_INDIVIDUAL");
    assertThat(others.path("relation").textValue()).isEqualTo("OTHER_INDIVIDUAL");
    // In both classes 30 more of 100 women than men have the low score (90 - 60 and 40 - 10).
    assertThat(others.at("/group_gap/value").doubleValue()).isEqualTo(0.3 * 0.5, offset(1e-6));
  }

  @Test
  void pairs_that_do_not_differ_or_differ_in_the_target_are_refused() {
    Path same =
        Decisions.write(List.of("factual,counterfactual", "1,2"), folder.resolve("same.csv"));
    Path target =
        Decisions.write(List.of("factual,counterfactual", "1,301"), folder.resolve("target.csv"));

    assertThat(auditLoans("--flip", "gender", "--pairs", same.toString()))
        .refuses("The members of pair 1 do not differ: both have 'gender' = 'female'.");
    assertThat(auditLoans("--flip", "gender", "--pairs", target.toString()))
        .refuses(
            "The members of pair 1 differ in the target 'repaid': 'no' and 'yes'; a pair shares its"
                + " target.");
  }

  @Test
  void columns_and_values_that_are_not_there_are_refused() {
    assertThat(auditLoans("--flip", "age"))
        .refuses(
            "%s has no column 'age'; its columns are score, decided, repaid, gender, half."
                .formatted(loans));
    assertThat(auditLending("--flip", "gender", "--flip-to", "other"))
        .refuses(
            "Column 'gender' cannot be flipped to 'other', which it does not hold; its values are"
                + " female, male.");
  }

  @Test
  void a_column_of_one_value_is_refused() {
    Path constant =
        Decisions.write(
            Decisions.withColumn("country", row -> "here"), folder.resolve("constant.csv"));

    assertThat(audit(scores, constant, "repaid", "--flip", "country"))
        .refuses(
            "Column 'country' is 'here' wherever it is known; there is no second group to compare with.");
  }

  @Test
  void links_that_the_table_does_not_have_are_refused() {
    Path column =
        Decisions.write(
            List.of("flip,flip_from,flip_to,column,from,to", "gender,female,male,role,a,b"),
            folder.resolve("no-column.csv"));
    Path value =
        Decisions.write(
            List.of("flip,flip_from,flip_to,column,from,to", "gender,female,male,score,0.3,9"),
            folder.resolve("no-value.csv"));

    assertThat(auditLoans("--flip", "gender", "--flip-map", column.toString()))
        .refuses(
            "%s has no column 'role'; its columns are score, decided, repaid, gender, half."
                .formatted(loans));
    assertThat(auditLoans("--flip", "gender", "--flip-map", value.toString()))
        .refuses(
            "A link of columns names the value '9', which column 'score' does not hold; its values"
                + " are 0.3, 0.8.");
  }

  @Test
  void a_value_that_the_encoder_does_not_know_is_warned_of_and_refused_if_strict() {
    Path moon = lending.withRegion("moon", folder.resolve("moon.csv"));

    Cli.Outcome warned =
        audit(lending.model(), moon, "repaid", "--flip", "region", "--flip-to", "moon");
    Cli.Outcome strict =
        audit(lending.model(), moon, "repaid", "--flip", "region", "--flip-to", "moon", "--strict");

    assertThat(warned).exits(0);
    assertThat(warned.err())
        .containsPattern(
            "evenhand: warning: with 'region' changed: Column 'region' holds categories that the"
                + " model's encoder does not know, in \\d+ rows: 'moon'\\.");
    assertThat(strict)
        .refuses(
            "Column 'region' holds categories that the model's encoder does not know, in 1 row:"
                + " 'moon'. Correct them, or do not be strict about them (--strict).");
  }

  @Test
  void a_model_that_names_classes_only_is_refused() {
    Path labels = SmallModels.ofLabels(folder.resolve("labels.onnx"));

    assertThat(audit(labels, loans, "repaid", "--flip", "score"))
        .refuses(
            "Counterfactual bias is a change of probabilities, but the model answers with labels"
                + " only; name an output with probabilities or logits. "
                + Answers.Hard.WAYS_TO_SCORES);
  }

  @Test
  void recorded_answers_cannot_be_asked_about_flipped_rows() {
    assertThat(
            Cli.run(
                "audit",
                "--data",
                loans.toString(),
                "--target",
                "repaid",
                "--scores-column",
                "score",
                "--flip",
                "gender"))
        .refusesUsage(
            "--flip asks the model about changed rows, which recorded answers cannot tell; name the"
                + " model with --model.",
            "evenhand audit");
  }

  @Test
  void options_that_do_not_go_together_are_refused() {
    assertUsage(
        "--flip-to, --flip-map, --pairs and --pairs-key belong to --flip; name the attribute with"
            + " it.",
        "--attribute",
        "gender",
        "--flip-to",
        "male");
    assertUsage("--flip names the same column twice.", "--flip", "gender", "--flip", "gender");
    assertUsage(
        "--pairs are pairs of one attribute; name it, and nothing else, with --flip.",
        "--flip",
        "gender",
        "--flip",
        "half",
        "--pairs",
        "other-rows");
    assertUsage(
        "--flip-map changes columns of flipped rows, but --pairs flips none; leave one of them out.",
        "--flip",
        "gender",
        "--pairs",
        "other-rows",
        "--flip-map",
        "m.csv");
    assertUsage(
        "--pairs-key belongs to a file of pairs; name it with --pairs.",
        "--flip",
        "gender",
        "--pairs-key",
        "half");
    assertUsage(
        "--delta is 1.0; it must be at least 0 and below 1.", "--flip", "gender", "--delta", "1");
    assertUsage(
        "--flip-to male does not say of which column; write COLUMN=VALUE with one of gender, half.",
        "--flip",
        "gender",
        "--flip",
        "half",
        "--flip-to",
        "male");
  }

  private static void assertUsage(String sentence, String... options) {
    assertThat(auditLoans(options)).refusesUsage(sentence, "evenhand audit");
  }
}
