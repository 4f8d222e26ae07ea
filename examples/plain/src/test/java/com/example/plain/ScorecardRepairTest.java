package com.example.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorecardRepairTest {
  private static double modelBias(AuditResult audit) {
    return ((Estimate.Known) audit.attribute("gender").modelBias().estimate()).value();
  }

  @Test
  void the_scorecard_is_biased_and_the_written_correction_removes_most_of_it(@TempDir Path folder) {
    ScorecardRepair.Outcome outcome = ScorecardRepair.run(folder.resolve("fair.step.onnx"));

    assertThat(outcome.before().attribute("gender").verdict()).isEqualTo(Verdict.BIASED);
    assertThat(modelBias(outcome.after())).isLessThan(modelBias(outcome.before()) / 3);
    assertThat(outcome.decision()).isEqualTo("yes");
  }
}
