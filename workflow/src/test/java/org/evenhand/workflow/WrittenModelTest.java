package org.evenhand.workflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Answers;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.Formula;
import org.evenhand.core.Patch;
import org.evenhand.data.Split;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.OnnxException;
import org.evenhand.onnx.OnnxOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fused model is compared with the library on every row, not only on those it is measured on. */
class WrittenModelTest {
  private static final DecisionRule RULE = DecisionRule.MOST_PROBABLE;

  /** The same for every row. */
  private record Shift(float[] nats) implements Correction {
    @Override
    public int classes() {
      return nats.length;
    }

    @Override
    public List<Patch> patches() {
      return List.of();
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.everywhere(nats);
    }
  }

  @Test
  void one_row_of_the_calibration_rows_that_contradicts_is_noticed(@TempDir Path folder) {
    DemoScene scene = DemoScene.simulated(folder, 1);
    RowsRequest rows =
        RowsRequest.of(scene.data(), Roles.of(scene.target(), List.of(scene.attribute())));
    ModelSource.File source = ModelSource.of(scene.model(), scene.classes().names());
    OnnxOptions options = source.options();
    Correction correction = new Shift(new float[] {0.4f, -0.4f});
    Path fused = folder.resolve("fused.onnx");
    try (DeployedModel deployed = source.open(Notes.NONE.watch())) {
      AnsweredRows all = new RowReader(rows, Notes.NONE).answeredBy(deployed);
      ChangeWriter.write(deployed, correction, RULE, Map.of(), fused);
      WrittenModel.requireConsistent(fused, options, all, correction, RULE);

      int[] calibration = Split.rows(all.table(), Split.COLUMN, Split.CALIBRATION);
      AnsweredRows otherwise = otherwise(all, calibration[calibration.length - 1]);
      assertThatThrownBy(
              () -> WrittenModel.requireConsistent(fused, options, otherwise, correction, RULE))
          .isInstanceOf(OnnxException.class)
          .hasMessageStartingWith("The fused model's output 'probabilities' says ")
          .hasMessageEndingWith(" was measured, so it is not written.");
    }
  }

  /** The same answers but for one row, which is sure of the first class. */
  private static AnsweredRows otherwise(AnsweredRows all, int row) {
    Answers.Soft answers = (Answers.Soft) all.answers();
    double[] logs = answers.logProbabilities().clone();
    logs[2 * row] = Math.log(0.99);
    logs[2 * row + 1] = Math.log(0.01);
    return new AnsweredRows(
        all.table(), all.set(), new Answers.Soft(answers.classes(), logs, Optional.empty()), 0);
  }
}
