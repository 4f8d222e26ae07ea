package com.example.gate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FairnessGateTest {
  private static final Path DECISIONS = Path.of("src/test/resources/decisions.csv");

  /** The gate itself. {@code mvn verify -Dscores=score} shows it fail: that model is biased. */
  @Test
  void the_model_to_be_released_is_not_biased() {
    FairnessGate.pass(DECISIONS, System.getProperty("scores", "repaired_score"));
  }

  @Test
  void the_model_before_its_repair_is_stopped() {
    assertThatThrownBy(() -> FairnessGate.pass(DECISIONS, "score"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("BIASED by gender: Model Bias is ");
  }
}
