package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SecondRuntime.class)
class DeployedModelsTest {
  @ParameterizedTest
  @EnumSource
  void overall_accuracy_on_the_test_split_is_that_of_the_readme(DeployedModel deployed) {
    Table test = deployed.testSplit();
    double[] target = ((NumericColumn) test.column(deployed.target)).values();

    try (OnnxClassifier model = OnnxClassifier.open(deployed.path())) {
      int[] decisions = model.answer(test).decisions(DecisionRule.MOST_PROBABLE);

      int right = 0;
      for (int row = 0; row < decisions.length; row++) {
        right += model.classes().names().get(decisions[row]).equals(text(target[row])) ? 1 : 0;
      }
      assertThat(100.0 * right / decisions.length)
          .isCloseTo(deployed.overallAccuracy, within(0.01));
    }
  }

  private static String text(double wholeNumber) {
    return String.valueOf((long) wholeNumber);
  }

  @ParameterizedTest
  @EnumSource
  void answers_do_not_depend_on_batch_size_or_threads(DeployedModel deployed) {
    Table rows = deployed.testSplit().slice(0, 1000);
    double[] expected = logProbabilities(deployed.path(), 8192, 1, rows);

    assertThat(logProbabilities(deployed.path(), 1, 1, rows)).isEqualTo(expected);
    assertThat(logProbabilities(deployed.path(), 7, 2, rows)).isEqualTo(expected);
    assertThat(logProbabilities(deployed.path(), 333, 1, rows)).isEqualTo(expected);
    assertThat(logProbabilities(deployed.path(), 8192, 2, rows)).isEqualTo(expected);
  }

  private static double[] logProbabilities(Path path, int batch, int threads, Table rows) {
    OnnxOptions options = OnnxOptions.defaults().withBatchSize(batch).withThreads(threads);
    try (OnnxClassifier model = OnnxClassifier.open(path, options)) {
      return ((Answers.Soft) model.answer(rows)).logProbabilities();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_fused_model_answers_like_the_library(DeployedModel deployed, @TempDir Path folder) {
    Table test = deployed.testSplit();
    try (OnnxClassifier model = OnnxClassifier.open(deployed.path())) {
      Table read = test.only(model.inputs().stream().map(InputColumn::name).toList());
      for (Removal removal :
          Set.of(
              RandomNetworks.distilled(read, 2, 1, 11),
              RandomNetworks.tabulated(read, 2, 0.7, 12),
              RandomNetworks.ofTwoAttributes(read, 2, 0.8, 13))) {
        for (DecisionRule rule : Set.of(DecisionRule.MOST_PROBABLE, DecisionRule.threshold(0.37))) {
          FusedModelAssert.assertFusedEqualsLibrary(
              model, OnnxOptions.defaults(), removal, rule, read, folder.resolve("fused.onnx"));
        }
      }
    }
  }
}
