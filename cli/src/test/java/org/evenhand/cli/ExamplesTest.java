package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.audit.AttributeAudit;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.GroupSummary;
import org.evenhand.audit.Verdict;
import org.evenhand.cli.examples.AuditExamples;
import org.evenhand.cli.examples.DataExamples;
import org.evenhand.cli.examples.RepairExamples;
import org.evenhand.cli.examples.UnlearningExamples;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.LazyClassifier;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.evenhand.data.Tables;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.unlearning.Explanation;
import org.evenhand.unlearning.UnlearningProposal;
import org.evenhand.workflow.DemoScene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation's Java does what the documentation says. */
class ExamplesTest {
  private static final OnnxOptions OPTIONS =
      OnnxOptions.of(ModelContract.none().withClasses(List.of("no", "yes")));

  @TempDir private static Path folder = Path.of("");
  private static LabelledSet calibration = noRows();
  private static LabelledSet test = noRows();
  private static LabelledSet training = noRows();

  private static LabelledSet noRows() {
    return DataExamples.inMemory().select(new int[0]);
  }

  @BeforeAll
  static void a_model_and_its_rows() {
    DemoScene.simulated(folder, 1);
    Table table = Tables.read(folder.resolve("people.csv"));
    LabelledSet rows =
        Labelling.of("repaid", List.of("gender")).apply(table.without(Set.of("split")));
    calibration = rows.select(Split.rows(table, Split.COLUMN, Split.CALIBRATION));
    test = rows.select(Split.rows(table, Split.COLUMN, Split.TEST));
    training = rows.select(Split.rows(table, Split.COLUMN, Split.TRAIN));
  }

  private static Answers.Soft answers(LabelledSet rows) {
    return answers("model.onnx", rows);
  }

  private static Answers.Soft answers(String file, LabelledSet rows) {
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve(file), OPTIONS)) {
      return (Answers.Soft) model.answer(rows.inputs());
    }
  }

  @Test
  void the_whole_job_leaves_a_fused_model_that_serves_without_evenhand() throws OrtException {
    RepairExamples.wholeJob(folder);

    Answers.Soft fused = answers("fused.onnx", test);
    assertThat(AuditExamples.summary(test, fused).modelBias()).isLessThan(0.05);
    RepairExamples.Served served = RepairExamples.serve(folder);
    // The records hold the woman's repayment down, so that removal can only raise it.
    assertThat(served.corrected()[1]).isGreaterThan(served.original()[1]);
    assertThat(served.flipped())
        .isEqualTo(served.original()[1] <= 0.5 && served.corrected()[1] > 0.5);
  }

  @Test
  void rows_are_read_from_a_file_or_made_in_memory() {
    LabelledSet read = DataExamples.read(folder);

    assertThat(read.rows()).isEqualTo(test.rows());
    assertThat(read.attribute("region").values())
        .containsExactly("coast", "hills", "plain", "river");
    assertThat(read.inputs().names()).doesNotContain("repaid", "split");
    assertThat(DataExamples.inMemory().target().classes().names()).containsExactly("no", "yes");
  }

  @Test
  void a_java_function_answers_as_a_model_does() {
    Answers.Soft answers = (Answers.Soft) DataExamples.function(test);

    double[] income = ((NumericColumn) test.inputs().column("income")).values();
    assertThat(Math.exp(answers.logProbabilities()[1]))
        .isCloseTo(1 / (1 + Math.exp(1 - income[0] / 40_000)), within(1e-12));
  }

  @Test
  void a_java_function_of_logits_answers_as_one_of_probabilities() {
    Answers.Soft answers = (Answers.Soft) DataExamples.logits(test);

    assertThat(answers.logProbabilities())
        .containsExactly(
            ((Answers.Soft) DataExamples.function(test)).logProbabilities(), within(1e-12));
  }

  @Test
  void objects_are_rows_too() {
    assertThat(DataExamples.objects())
        .extracting(Table::names)
        .first()
        .isEqualTo(List.of("income", "region", "member"));
  }

  @Test
  void a_lazy_model_answers_rows_that_are_read_in_its_types() {
    try (LazyClassifier<OnnxClassifier> lazy = DataExamples.lazy(folder)) {
      Answers.Soft answers = (Answers.Soft) DataExamples.readForModel(folder, lazy.opened());

      assertThat(answers.rows()).isEqualTo(24_000);
      assertThat(answers.classes().names()).containsExactly("no", "yes");
    }
  }

  @Test
  void a_correction_that_was_written_and_read_is_that_of_the_library() {
    Removal removal = RepairExamples.estimator(calibration, answers(calibration));
    Answers.Soft deployed = answers(test);

    Answers.Soft corrected;
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve("model.onnx"), OPTIONS)) {
      corrected = RepairExamples.step(model, removal, deployed, test.inputs(), folder);
    }

    double[] expected = removal.apply(deployed, test.inputs()).logProbabilities();
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.exp(corrected.logProbabilities()[i]))
          .isCloseTo(Math.exp(expected[i]), within(1e-6));
    }
  }

  @Test
  void an_onnx_model_decides_by_the_threshold_that_is_given() {
    int[] decisions = DataExamples.onnx(folder, test.inputs());

    double[] logs = answers(test).logProbabilities();
    assertThat(Arrays.stream(decisions).sum())
        .isEqualTo(
            (int)
                IntStream.range(0, test.rows())
                    .filter(row -> logs[2 * row + 1] >= Math.log(0.62))
                    .count());
  }

  @Test
  void an_audit_gives_a_verdict_and_the_summary_the_same_figures_without_intervals() {
    Answers.Soft answers = answers(test);

    AttributeAudit audit = AuditExamples.audit(test, answers);
    GroupSummary summary = AuditExamples.summary(test, answers);

    assertThat(audit.verdict()).isEqualTo(Verdict.BIASED);
    assertThat(((Estimate.Known) audit.modelBias().estimate()).value())
        .isCloseTo(summary.modelBias(), within(1e-12));
  }

  @Test
  void scores_that_were_written_are_audited_without_the_model() {
    Table people = Tables.read(folder.resolve("people.csv"));
    DataExamples.scores(
        people, answers(Labelling.of("repaid", List.of("gender")).apply(people)), folder);

    AuditResult recorded = AuditExamples.recorded(folder.resolve("decisions.csv"));

    assertThat(recorded.rows()).isEqualTo(24_000);
    assertThat(recorded.attribute("gender").verdict()).isEqualTo(Verdict.BIASED);
  }

  @Test
  void a_repair_is_measured_on_rows_that_it_was_not_fitted_on() {
    Answers.Soft corrected =
        RepairExamples.repair(calibration, answers(calibration), test, answers(test));

    GroupSummary before = AuditExamples.summary(test, answers(test));
    GroupSummary after = AuditExamples.summary(test, corrected);
    assertThat(after.modelBias()).isLessThan(before.modelBias() / 3);
  }

  @Test
  void training_rows_are_explained_and_the_head_is_edited() {
    Explanation explanation = UnlearningExamples.influence(folder, OPTIONS, training, calibration);
    UnlearningProposal proposal =
        UnlearningExamples.unlearn(folder, OPTIONS, training, calibration);

    int worst = explanation.harmful(1)[0];
    assertThat(explanation.influence()[worst]).isPositive();
    assertThat(proposal.declined()).isEmpty();
    assertThat(counterfactualBias("repaired.onnx"))
        .isLessThan(counterfactualBias("model.onnx") / 2);
  }

  private static double counterfactualBias(String file) {
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve(file), OPTIONS)) {
      return AuditExamples.counterfactual(test, model).bias().value();
    }
  }

  @Test
  void one_estimator_distils_a_rule_table() {
    assertThat(RepairExamples.estimator(calibration, answers(calibration)).rule())
        .isInstanceOf(BiasRule.Tabulated.class);
  }

  @Test
  void the_perceptron_reads_gender_from_the_region() {
    PatchNetwork reader = RepairExamples.perceptron(calibration, folder);

    double[] logs = reader.logProbabilities(test.inputs());
    int[] codes = test.attribute("gender").codes();
    double right = 0;
    for (int row = 0; row < codes.length; row++) {
      right += logs[2 * row + codes[row]] > Math.log(0.5) ? 1 : 0;
    }
    // The region tells the gender in about 7 of 10 cases (SimulatedLending).
    assertThat(right / codes.length).isBetween(0.65, 0.75);
    assertThat(folder.resolve("reader.onnx")).isNotEmptyFile();
  }

  @Test
  void evidence_of_an_own_run_is_written() {
    AuditExamples.evidence(Audit.of(test, answers(test), AuditSettings.DEFAULT), folder);

    assertThat(folder.resolve("nightly.html")).content().contains("java -jar nightly-audit.jar");
    assertThat(folder.resolve("nightly.json")).content().contains("\"sha256\"");
  }
}
