package com.example.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Set;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Answers;
import org.evenhand.core.Table;
import org.evenhand.onnx.OnnxClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TribuoRepairTest {
  private static double modelBias(AuditResult audit) {
    return ((Estimate.Known) audit.attribute("gender").modelBias().estimate()).value();
  }

  @Test
  void the_exported_model_answers_as_tribuo_does_and_is_repaired(@TempDir Path folder)
      throws Exception {
    TribuoRepair.Outcome outcome = TribuoRepair.run(folder);

    Table people = outcome.unseen().inputs();
    Table features = people.without(Set.of("gender"));
    try (OnnxClassifier model =
        OnnxClassifier.open(folder.resolve("model.onnx"), outcome.options())) {
      Answers.Soft answers = (Answers.Soft) model.answer(people);
      int yes = answers.classes().names().indexOf("yes");
      for (int row = 0; row < 200; row++) {
        double tribuo =
            outcome
                .model()
                .predict(TribuoRepair.example(outcome.unseen(), features, row))
                .getOutputScores()
                .get("yes")
                .getScore();
        assertThat(Math.exp(answers.logProbabilities()[2 * row + yes]))
            .isCloseTo(tribuo, within(1e-5));
      }
      assertThat(model.warnings(people)).isEmpty();
    }
    assertThat(outcome.before().attribute("gender").verdict()).isEqualTo(Verdict.BIASED);
    assertThat(modelBias(outcome.after())).isLessThan(modelBias(outcome.before()) / 3);
  }
}
