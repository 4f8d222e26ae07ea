package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.CoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Summaries for the page of a build. */
class SummaryTest {
  private static Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("model", Path.of("fair_model.onnx"));
    files.put("report", Path.of("fair.report.html"));
    return files;
  }

  private static Evidence.Audit named(Presentation names) {
    Evidence.Audit audit = Samples.auditEvidence(Samples.race(false));
    return new Evidence.Audit(audit.commandLine(), audit.result(), audit.provenance(), names);
  }

  @Test
  void an_audit_begins_with_its_verdict_and_gives_every_figure_its_interval() {
    String page = Summary.of(Samples.auditEvidence(Samples.race(false)), Map.of());

    assertThat(page)
        .containsSubsequence(
            "## Bias audit of ",
            "**race: BIASED.** ",
            "| figure | value | interval |\n| :--- | ---: | ---: |\n",
            "| Model Bias | ",
            "| overall accuracy | ");
    assertThat(page.lines().filter(line -> line.startsWith("| Model Bias")))
        .singleElement()
        .asString()
        .matches("\\| Model Bias \\| [\\d.]+ \\| [\\d.]+ to [\\d.]+ \\|");
  }

  @Test
  void a_repair_says_what_it_does_to_figures_and_people_and_names_the_files() {
    assertThat(Summary.of(Samples.repairEvidence(), files()))
        .containsSubsequence(
            "## Bias repair of ",
            "**race: BIASED before, ",
            "| figure | before | interval | after | interval |",
            "**Shown:** Model Bias by race changes by ",
            "| people | decisions | changed | ",
            "| race = ",
            "- Model: fair\\_model.onnx\n- Report: fair.report.html\n");
  }

  @Test
  void a_declined_repair_says_why_first() {
    assertThat(Summary.of(Samples.declinedEvidence(), Map.of()))
        .containsSubsequence("**Declined:** Race cannot be read", "if it were repaired");
  }

  @Test
  void harms_are_listed() {
    assertThat(Summary.of(UnlearningSamples.harmful(), Map.of())).contains("- **Harm (");
  }

  @Test
  void methods_stand_in_one_table_beside_the_model_as_it_is() {
    assertThat(Summary.of(MethodsReportTest.one(), Map.of()))
        .containsSubsequence(
            "## Methods of repair compared",
            "**model-0.onnx:** ",
            " is recommended; ",
            "| by race | Model Bias | interval |",
            "| as it is | ");
  }

  @Test
  void names_and_title_are_those_that_were_given() {
    String page =
        Summary.of(
            named(
                new Presentation(
                    Optional.of("Loans, 3rd quarter"),
                    Optional.of("A. Auditor"),
                    "repaid",
                    Map.of("race", Map.of("Black", "a|b <c>")))),
            Map.of());

    assertThat(page)
        .startsWith("## Loans, 3rd quarter\n\nPrepared by A. Auditor.\n")
        .contains("a\\|b &lt;c&gt;");
  }

  @ParameterizedTest
  @MethodSource("evil")
  void no_name_is_markup(String name, String shown) {
    assertThat(Markdown.escaped(name)).isEqualTo(shown);
  }

  private static List<Object[]> evil() {
    return List.of(
        new Object[] {"a|b", "a\\|b"},
        new Object[] {"<script>&", "&lt;script&gt;&amp;"},
        new Object[] {"[x](y) *z* `c` _d_", "\\[x\\](y) \\*z\\* \\`c\\` \\_d\\_"},
        new Object[] {"two\nlines\r\n", "two lines "},
        new Object[] {"a\\|b", "a\\\\\\|b"});
  }

  @Test
  void a_summary_is_added_to_those_of_earlier_steps(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("summary.md");
    Files.writeString(file, "# Build\n");

    Summary.append(Samples.repairEvidence(), Map.of(), file);
    Summary.append(MethodsReportTest.one(), Map.of(), file);

    assertThat(Files.readString(file))
        .isEqualTo(
            "# Build\n"
                + Summary.of(Samples.repairEvidence(), Map.of())
                + Summary.of(MethodsReportTest.one(), Map.of()));
  }

  @Test
  void a_file_that_cannot_be_written_is_one_sentence(@TempDir Path folder) {
    assertThatThrownBy(() -> Summary.append(Samples.repairEvidence(), Map.of(), folder))
        .isInstanceOf(CoreException.class)
        .hasMessageStartingWith("The summary '%s' cannot be written (".formatted(folder));
  }
}
