package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;
import static org.evenhand.cli.Lending.bias;
import static org.evenhand.cli.Lending.gender;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of {@code evenhand erase} change, with one estimator. */
class EraseOptionsTest {
  private static Lending lending;
  private static Path byTable;
  private static JsonNode erasedByTable;

  private final Path folder;

  EraseOptionsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void erase(@TempDir Path given, @TempDir Path outputs) {
    lending = Lending.in(given);
    byTable = outputs;
    erasedByTable = lending.eraseByTable(lending.data(), outputs, "--json").json();
  }

  private Cli.Outcome eraseByTable(String... more) {
    return lending.eraseByTable(lending.data(), folder, more);
  }

  private Path fused() {
    return folder.resolve("fused.onnx");
  }

  @Test
  void half_the_strength_lies_between_the_deployed_model_and_the_full_repair() {
    JsonNode half = eraseByTable("--json", "--strength", "0.5").json();

    assertThat(half.path("strength").asDouble()).isEqualTo(0.5);
    assertThat(bias(half.path("after")))
        .isGreaterThan(bias(erasedByTable.path("after")))
        .isLessThan(bias(erasedByTable.path("before")));
  }

  @Test
  void without_strength_nothing_changes_and_so_nothing_is_written() {
    Cli.Outcome outcome = eraseByTable("--json", "--strength", "0");

    assertThat(outcome).exits(5);
    JsonNode declined = outcome.json();
    assertThat(declined.path("declined").asBoolean()).isTrue();
    assertThat(declined.path("declined_reason").asText()).contains("there is nothing to remove");
    assertThat(declined.path("outputs").has("model")).isFalse();
    assertThat(gender(declined.path("after")).path("groups"))
        .isEqualTo(gender(declined.path("before")).path("groups"));
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("fused.report.html", "fused.evidence.json");
  }

  @Test
  void a_declined_repair_is_written_by_force_and_says_so() {
    Cli.Outcome outcome =
        lending.run(
            "erase",
            "--out",
            fused().toString(),
            "--estimator",
            "C2",
            "--strength",
            "0",
            "--force");

    assertThat(outcome).exits(0);
    assertThat(outcome.out())
        .startsWith("gender: repair declined but written, as --force asks; BIASED before, BIASED");
    assertThat(outcome.err()).endsWith("Written all the same, as --force asks.\n");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder(EraseCommandTest.FILES);
    assertThat(SmallModels.read(fused()).getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey)
        .contains("evenhand.declined");
  }

  @Test
  void the_text_of_a_declined_repair_shows_its_figures_as_tried() {
    Cli.Outcome outcome = eraseByTable("--strength", "0");

    assertThat(outcome).exits(5);
    assertThat(outcome.out())
        .startsWith("gender: repair declined, no model written; BIASED now, would be BIASED (")
        .containsPattern("before +tried: uniform +\\(keep-class-prior\\)")
        .doesNotContain(fused().toString());
    assertThat(outcome.err()).contains("evenhand: repair declined: ");
  }

  @Test
  void keeping_the_class_prior_is_another_goal() {
    JsonNode kept = eraseByTable("--json", "--keep-class-prior").json();

    assertThat(kept.path("goal").asText()).isEqualTo("keep-class-prior");
    assertThat(erasedByTable.path("goal").asText()).isEqualTo("uniform");
    assertThat(kept.path("after").path("attributes"))
        .isNotEqualTo(erasedByTable.path("after").path("attributes"));
  }

  @Test
  void a_blind_patch_does_not_read_the_attribute() {
    assertThat(eraseByTable("--force", "--blind")).exits(0);

    assertThat(inputsOfPatch(folder)).contains("region").doesNotContain("gender");
    assertThat(inputsOfPatch(byTable)).contains("region", "gender");
  }

  private static List<String> inputsOfPatch(Path outputs) {
    return SmallModels.read(outputs.resolve("fused.patch.onnx")).getGraph().getInputList().stream()
        .map(input -> input.getName())
        .toList();
  }

  @Test
  void a_table_without_splits_is_divided_into_fitted_and_held_out_rows() {
    Path data = lending.dataWithoutSplit();
    JsonNode half = lending.eraseByTable(data, folder, "--json").json();
    JsonNode fifth =
        lending
            .eraseByTable(data, folder, "--json", "--overwrite", "--test-fraction", "0.2")
            .json();

    assertThat(half.path("measured_on").asText()).isEqualTo("held-out");
    assertThat(half.path("after").path("rows").asInt()).isEqualTo(Lending.ROWS / 2);
    assertThat(fifth.path("after").path("rows").asInt()).isEqualTo(Lending.ROWS / 5);
  }

  @Test
  void any_split_can_be_fitted_on_and_the_test_rows_are_measured() {
    JsonNode trained = eraseByTable("--json", "--split", "train").json();

    assertThat(trained.path("measured_on").asText()).isEqualTo("test");
    assertThat(trained.path("before")).isEqualTo(erasedByTable.path("before"));
    assertThat(trained.path("after").path("attributes"))
        .isNotEqualTo(erasedByTable.path("after").path("attributes"));
  }

  @Test
  void fitting_on_the_test_rows_holds_out_a_part_of_them() {
    JsonNode tested = eraseByTable("--json", "--split", "test").json();

    assertThat(tested.path("measured_on").asText()).isEqualTo("held-out");
    assertThat(tested.path("after").path("rows").asDouble())
        .isEqualTo(erasedByTable.path("after").path("rows").asDouble() / 2, within(1.0));
  }

  @Test
  void several_attributes_are_corrected_at_once() {
    Cli.Outcome outcome = eraseByTable("--json", "--force", "--attribute", "region");

    assertThat(outcome).exits(0);
    assertThat(outcome.json().path("after").path("attributes").fieldNames())
        .toIterable()
        .containsExactly("gender", "region");
    assertThat(bias(outcome.json().path("after"))).isLessThan(bias(outcome.json().path("before")));
  }
}
