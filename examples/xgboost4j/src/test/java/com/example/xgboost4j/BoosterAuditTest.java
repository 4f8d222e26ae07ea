package com.example.xgboost4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.evenhand.audit.Verdict;
import org.evenhand.core.Answers;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;

class BoosterAuditTest {
  @Test
  void trees_that_learned_from_biased_records_are_found_biased() throws Exception {
    BoosterAudit.Outcome outcome = BoosterAudit.run();

    assertThat(outcome.audit().attribute("gender").verdict()).isEqualTo(Verdict.BIASED);
    // The records add log(0.8/0.2) − log(0.4/0.6) = 1.79 to the log-odds of men.
    assertThat(outcome.flipped().bias().value()).isGreaterThan(0.2);
  }

  @Test
  void the_answer_to_a_row_does_not_depend_on_the_rows_beside_it() throws Exception {
    BoosterAudit.Outcome outcome = BoosterAudit.run();
    Table people = outcome.unseen().inputs();

    double[] together =
        ((Answers.Soft) outcome.model().answer(people.slice(0, 50))).logProbabilities();
    double[] alone =
        IntStream.range(0, 50)
            .mapToObj(row -> (Answers.Soft) outcome.model().answer(people.slice(row, row + 1)))
            .flatMapToDouble(answer -> Arrays.stream(answer.logProbabilities()))
            .toArray();

    assertThat(alone).containsExactly(together, within(1e-12));
  }
}
