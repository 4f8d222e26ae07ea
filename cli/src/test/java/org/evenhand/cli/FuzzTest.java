package org.evenhand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged inputs of every kind end with a result or a sentence; a few of them in every build. */
class FuzzTest {
  private static final int INPUTS = 25;

  @Test
  void damaged_inputs_end_with_a_result_or_a_sentence(@TempDir Path folder) throws Exception {
    try (Fuzz fuzz = new Fuzz(folder)) {
      for (String kind : fuzz.kinds()) {
        for (int seed = 0; seed < INPUTS; seed++) {
          assertThat(fuzz.run(kind, seed)).as("%s, seed %d", kind, seed).isEmpty();
        }
      }
    }
  }
}
