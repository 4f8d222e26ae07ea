package org.evenhand.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Answers;
import org.evenhand.core.Column;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.data.CsvFile;
import org.evenhand.data.Split;
import org.evenhand.repair.MethodComparison;
import org.evenhand.workflow.examples.WorkflowExamples;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows of whole runs does what it says. */
class WorkflowExamplesTest {
  private static Path folder;
  private static ModelSource.File model;
  private static RowsRequest rows;
  private static AuditRun audited;

  @BeforeAll
  static void prepare(@TempDir Path shared) {
    folder = shared;
    DemoScene scene = DemoScene.simulated(folder, 1);
    rows = RowsRequest.of(scene.data(), Roles.of("repaid", List.of("gender")));
    model = ModelSource.of(scene.model(), scene.classes().names());
    audited = WorkflowExamples.audit(folder);
  }

  private static Division divided() {
    return WorkflowExamples.divided(rows, model);
  }

  @Test
  void an_audit_measures_the_test_rows_says_what_it_read_and_leaves_its_files() {
    assertThat(audited.result().attribute("gender").verdict()).isEqualTo(Verdict.BIASED);
    assertThat(audited.result().rows()).isEqualTo(divided().unseen().set().rows());
    assertThat(audited.read())
        .extracting(Provenance.Artefact::role)
        .containsExactly("model", "data");
    assertThat(folder.resolve("nightly.html")).isNotEmptyFile();
    assertThat(folder.resolve("nightly.json"))
        .content()
        .contains("java -jar nightly-audit.jar")
        .contains("\"verdict\": \"BIASED\"");
  }

  @Test
  void methods_are_compared_and_one_is_recommended() {
    try (Notes.Watch watch = Notes.NONE.watch();
        DeployedModel deployed = model.open(watch)) {
      MethodComparison comparison = WorkflowExamples.compared(divided(), deployed);

      assertThat(comparison.contenders()).hasSize(3);
      assertThat(comparison.recommended()).isPresent();
      assertThat(comparison.recommended().orElseThrow().code()).isIn("equal-odds", "erase");
    }
  }

  @Test
  void a_column_that_is_flipped_is_audited_too_and_leaves_the_other_audit_as_it_is() {
    AuditRun flipped = WorkflowExamples.flipped(rows, model);

    assertThat(flipped.result().attribute("gender").groups())
        .isEqualTo(audited.result().attribute("gender").groups());
    assertThat(flipped.result().attribute("region").counterfactualBias()).isPresent();
    assertThat(flipped.result().attribute("gender").counterfactualBias()).isEmpty();
  }

  @Test
  void answers_that_a_table_records_are_audited_as_those_of_the_model_that_gave_them() {
    AnsweredRows unseen = divided().unseen();
    double[] logs = ((Answers.Soft) unseen.answers()).logProbabilities();
    double[] scores = new double[unseen.table().rows()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = Math.exp(logs[2 * row + 1]);
    }
    Path decisions = folder.resolve("decisions.csv");
    List<Column> columns =
        List.of(
            unseen.table().column("repaid"),
            unseen.table().column("gender"),
            new NumericColumn("score", scores));
    CsvFile.write(Table.of(columns), decisions);

    AuditRun recorded = WorkflowExamples.recorded(decisions);

    assertThat(recorded.result().attribute("gender").groups())
        .isEqualTo(audited.result().attribute("gender").groups());
    assertThat(recorded.read()).extracting(Provenance.Artefact::role).containsExactly("data");
  }

  @Test
  void a_repair_learns_from_calibration_rows_and_is_measured_on_test_rows() {
    Division division = divided();

    assertThat(division.fittedOn()).isEqualTo(Split.CALIBRATION);
    assertThat(division.measuredOn()).isEqualTo(Split.TEST);
    assertThat(division.fittedRows()).doesNotContain(division.unseenRows());
    assertThat(division.unseen().answers().rows()).isEqualTo(division.unseenRows().length);
  }

  @Test
  void an_explanation_ranks_training_rows_by_their_influence() {
    ExplainRun explained = WorkflowExamples.explain(rows, model);
    double[] influence = ((NumericColumn) explained.influence().column("influence")).values();

    assertThat(explained.record().rowsFrom()).isEqualTo(Split.TRAIN);
    assertThat(explained.record().rows()).isEqualTo(influence.length);
    assertThat(explained.record().harmful().rows()).hasSize(20);
    assertThat(explained.record().harmful().rows().get(0).influence())
        .isEqualTo(Arrays.stream(influence).max().orElseThrow());
    assertThat(explained.record().harmful().rows().get(0).columns()).containsKey("region");
  }

  @Test
  void what_is_worth_knowing_is_said_on_the_way() {
    List<String> said = new ArrayList<>();
    AuditRequest request = AuditRequest.of(model, rows, AuditSettings.DEFAULT);

    AuditRun.of(request, said::add);

    assertThat(said).singleElement().asString().startsWith("Answers are read from output ");
  }
}
