package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.cli.CliAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts on tables as people have them, from the command's arguments to its exit code. */
class OrdinaryTablesTest {
  private static final String[] LOANS = {
    "--target", "repaid", "--attribute", "gender", "--scores-column", "score"
  };

  private final Path folder;

  OrdinaryTablesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Cli.Outcome audit(List<String> lines, String[] asked, String... more) {
    Path rows = Decisions.write(lines, folder.resolve("rows.csv"));
    List<String> arguments = new ArrayList<>(List.of("audit", "--data", rows.toString()));
    arguments.addAll(List.of(asked));
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }

  private static JsonNode attribute(Cli.Outcome outcome, String name) {
    return outcome.json().path("attributes").path(name);
  }

  /** Two values whose decisions {@code p} on 100 rows per class are right as often as given. */
  private static List<String> decided(int... right) {
    List<String> lines = new ArrayList<>(List.of("g,y,p"));
    for (int group = 0; group < 4; group++) {
      int y = group / 2;
      for (int row = 0; row < 100; row++) {
        lines.add(
            "%s,%d,%d".formatted(group % 2 == 0 ? "a" : "b", y, row < right[group] ? y : 1 - y));
      }
    }
    return lines;
  }

  private static final String[] DECIDED = {
    "--target", "y", "--attribute", "g", "--predictions-column", "p"
  };

  @Test
  void two_rows_of_a_third_value_switch_off_no_verdict() {
    List<String> lines = Decisions.lines();
    double bias =
        attribute(audit(lines, LOANS, "--json"), "gender")
            .path("model_bias")
            .path("value")
            .asDouble();
    lines.add(lines.get(1).replaceFirst("(?<=,)(fe)?male", "nonbinary"));
    lines.add(lines.get(lines.size() - 2).replaceFirst("(?<=,)(fe)?male", "nonbinary"));
    Cli.Outcome audited = audit(lines, LOANS, "--json", "--fail-on-bias");
    JsonNode gender = attribute(audited, "gender");

    assertThat(audited).exits(1);
    assertThat(gender.path("verdict").asText()).isEqualTo("BIASED");
    assertThat(gender.path("model_bias").path("value").asDouble()).isEqualTo(bias);
    assertThat(gender.path("not_judged").findValuesAsText("attribute")).containsOnly("nonbinary");
    assertThat(gender.path("not_judged").path(0).path("needed").asInt()).isEqualTo(30);
  }

  @Test
  void a_value_that_only_rows_of_another_split_have_is_named_and_changes_nothing() {
    List<String> lines = Decisions.withColumn("split", row -> "test");
    lines.add(
        lines.get(1).replaceFirst("(?<=,)(fe)?male", "nonbinary").replaceFirst("test$", "train"));
    Cli.Outcome audited = audit(lines, LOANS, "--json", "--fail-on-bias");
    JsonNode gender = attribute(audited, "gender");

    assertThat(audited).exits(1);
    assertThat(gender.path("verdict").asText()).isEqualTo("BIASED");
    assertThat(gender.path("values_elsewhere").path(0).asText()).isEqualTo("nonbinary");
    assertThat(gender.path("groups")).hasSize(4);
  }

  @Test
  void one_value_among_ten_is_found_by_the_largest_gap() {
    List<String> lines = new ArrayList<>(List.of("g,y,p"));
    for (int value = 0; value < 10; value++) {
      for (int row = 0; row < 1600; row++) {
        int y = row % 2;
        boolean right = row / 2 % 100 < (value == 9 && y == 1 ? 45 : 85);
        lines.add("v%d,%d,%d".formatted(value, y, right ? y : 1 - y));
      }
    }
    JsonNode g = attribute(audit(lines, DECIDED, "--json"), "g");

    assertThat(g.path("verdict").asText()).isEqualTo("BIASED");
    assertThat(g.path("model_bias").path("low").asDouble()).isLessThan(0.05);
    assertThat(g.path("largest_gap").path("value").asDouble()).isCloseTo(0.40, within(1e-12));
  }

  @Test
  void a_classifier_that_decides_one_class_gets_no_verdict() {
    JsonNode g = attribute(audit(decided(100, 100, 0, 0), DECIDED, "--json"), "g");

    assertThat(g.path("verdict").asText()).isEqualTo("INSUFFICIENT_EVIDENCE");
    assertThat(g.path("verdict_reason").asText()).isEqualTo("constant");
  }

  @Test
  void weights_stop_until_it_is_said_what_they_mean() {
    List<String> lines =
        IntStream.range(0, 401)
            .mapToObj(
                row -> decided(80, 80, 80, 80).get(row) + (row == 0 ? ",w" : "," + (1 + row % 5)))
            .toList();
    Cli.Outcome stopped = audit(lines, DECIDED, "--weights-column", "w");

    assertThat(stopped).exits(3);
    assertThat(stopped.err()).contains("what they mean is not said");
    assertThat(
            attribute(
                    audit(
                        lines, DECIDED, "--weights-column", "w", "--weights", "sampling", "--json"),
                    "g")
                .path("verdict")
                .asText())
        .isEqualTo("INSUFFICIENT_EVIDENCE");
  }

  @Test
  void the_four_fifths_check_does_not_depend_on_the_reference() {
    List<String> lines = decided(70, 30, 50, 80);

    for (String reference : List.of("g=a", "g=b")) {
      JsonNode check =
          attribute(audit(lines, DECIDED, "--reference", reference, "--json"), "g")
              .path("four_fifths");
      // 80 of 200 rows of a are given class 1, 150 of b.
      assertThat(check.path("ratio").path("value").asDouble()).isEqualTo(80 / 150.0);
      assertThat(check.path("state").asText()).isEqualTo("below");
    }
  }

  @Test
  void a_ratio_to_a_rate_of_zero_and_its_flag_are_unknown() {
    JsonNode g =
        attribute(audit(decided(100, 80, 0, 80), DECIDED, "--reference", "g=a", "--json"), "g");

    for (JsonNode value : g.path("values")) {
      assertThat(value.path("impact_ratio").path("value").isNull()).isTrue();
      assertThat(value.path("impact_ratio").path("reason").asText())
          .isEqualTo("no row with the reference g = a is given class '1'");
      assertThat(value.path("below_four_fifths").isNull()).isTrue();
    }
    assertThat(g.path("four_fifths").path("ratio").path("value").asDouble()).isZero();
    assertThat(g.path("four_fifths").path("state").asText()).isEqualTo("below");
  }

  @Test
  void values_that_look_like_one_or_like_missing_ones_are_noted() {
    List<String> lines = decided(80, 80, 80, 80);
    lines.set(1, lines.get(1).replaceFirst("^a", "nan"));
    lines.set(2, lines.get(2).replaceFirst("^a", "A"));
    lines.set(3, lines.get(3).replaceFirst("^a", " a"));

    assertThat(audit(lines, DECIDED).err())
        .contains("'nan' looks like a missing value")
        .contains("declare 'nan' unknown (--unknown)")
        .contains("' a', 'A', 'a' differ only in case or blanks");
  }
}
