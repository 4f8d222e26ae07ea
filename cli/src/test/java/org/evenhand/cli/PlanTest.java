package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  private static Cli.Outcome plan(String... more) {
    List<String> arguments = new ArrayList<>(List.of("audit"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }

  @Test
  void a_plan_says_what_is_assumed_how_many_rows_are_needed_and_which_group_is_the_bottleneck() {
    Cli.Outcome planned =
        plan(
            "--plan",
            "White=70%,Black=30%",
            "--plan-classes",
            "no=60%,yes=40%",
            "--attribute",
            "race",
            "--target",
            "repaid");

    assertThat(planned).exits(0);
    assertThat(planned.out())
        .contains("race: a plan; nothing was measured")
        .contains("assumed: 85.0 % of the decisions about every group are right")
        .contains("rows with which 80 of 100 samples read")
        .contains("the bottleneck is race = Black, repaid = yes, 12.0 % of the rows")
        .containsPattern("no, White +42\\.0 % +[0-9,]+ +[0-9,]+\n")
        .containsPattern("collected evenly: all rows +[0-9,]+ +[0-9,]+\n");
  }

  @Test
  void machine_output_has_the_rows_of_every_group_for_either_verdict(@TempDir Path folder) {
    Path loans = Decisions.write(Decisions.lines(), folder.resolve("loans.csv"));
    JsonNode planned =
        plan(
                "--plan",
                "--data",
                loans.toString(),
                "--attribute",
                "gender",
                "--target",
                "repaid",
                "--plan-gap",
                "0.3",
                "--json")
            .json();
    JsonNode gender = planned.path("attributes").path("gender");

    assertThat(planned.path("command").asText()).isEqualTo("plan");
    assertThat(gender.path("gap").asDouble()).isEqualTo(0.3);
    assertThat(gender.path("groups")).hasSize(4);
    assertThat(gender.path("groups").path(0).path("share").asDouble()).isEqualTo(0.25);
    assertThat(gender.path("proofs").findValuesAsText("verdict"))
        .containsExactly("BIASED", "WITHIN_TOLERANCE");
    for (JsonNode proof : gender.path("proofs")) {
      int sum = 0;
      for (JsonNode group : proof.path("groups")) {
        sum += group.path("n").asInt();
      }
      assertThat(proof.path("rows").asInt()).isBetween(sum, sum + sum / 9);
    }
  }

  @Test
  void rows_without_classes_give_the_values_shares_alone(@TempDir Path folder) {
    Path loans = Decisions.write(Decisions.lines(), folder.resolve("loans.csv"));

    assertThat(
            plan(
                    "--plan",
                    "--data",
                    loans.toString(),
                    "--attribute",
                    "gender",
                    "--plan-classes",
                    "no=1,yes=3")
                .out())
        .containsPattern("no, \\w+ +12\\.5 %")
        .containsPattern("yes, \\w+ +37\\.5 %");
  }

  @Test
  void what_does_not_go_with_a_plan_is_named() {
    refused(
        "A plan needs the proportions in which values are met: name them, such as --plan White=60%,Black=30%,Other=10%, or rows in which they can be counted, with --data and --attribute.",
        "--plan");
    refused(
        "--plan measures nothing, so that --model does not go with it; leave one of them out.",
        "--plan",
        "a=1,b=1",
        "--model",
        "model.onnx");
    refused(
        "--plan measures nothing, so that --split does not go with it; leave one of them out.",
        "--plan",
        "a=1,b=1",
        "--split",
        "test");
    refused(
        "--plan names the proportions that --data would be read for; leave out one of them.",
        "--plan",
        "a=1,b=1",
        "--data",
        "rows.csv");
    refused(
        "--plan names the values of one attribute; name one --attribute.",
        "--plan",
        "a=1,b=1",
        "--attribute",
        "x",
        "--attribute",
        "y");
    refused(
        "--plan-classes names the proportions that are counted in the column of --target; leave out one of them.",
        "--plan",
        "--data",
        "rows.csv",
        "--attribute",
        "g",
        "--target",
        "y",
        "--plan-classes",
        "a=1,b=1");
    refused(
        "--plan-classes, --plan-accuracy and --plan-gap say what a plan assumes; ask for one with --plan.",
        "--plan-gap",
        "0.2");
    refused(
        "The gap to be proven is 0.05; it must be above the tolerated 0.1 and at most the expected accuracy of 0.85.",
        "--plan",
        "a=1,b=1",
        "--plan-gap",
        "0.05");
  }

  private static void refused(String sentence, String... options) {
    assertThat(plan(options)).refusesUsage(sentence, "evenhand audit");
  }
}
