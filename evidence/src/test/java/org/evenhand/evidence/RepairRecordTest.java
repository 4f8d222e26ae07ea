package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Goal;
import org.junit.jupiter.api.Test;

class RepairRecordTest {
  private static final RepairRecord SAMPLE = Samples.repair(Optional.empty(), true, "");

  @Test
  void the_audit_after_is_that_of_the_served_goal() {
    RepairRecord other = with(1, Goal.KEEP_CLASS_PRIOR, SAMPLE.outcomes());

    assertThat(SAMPLE.after()).contains(SAMPLE.outcomes().get(0).after());
    assertThat(other.after()).contains(SAMPLE.outcomes().get(1).after());
  }

  @Test
  void a_repair_that_is_not_declined_must_have_been_measured() {
    assertThatThrownBy(() -> with(1, Goal.UNIFORM, List.of()))
        .hasMessage("no outcome for the goal uniform");
    assertThatThrownBy(() -> with(1, Goal.KEEP_CLASS_PRIOR, SAMPLE.outcomes().subList(0, 1)))
        .hasMessage("no outcome for the goal keep-class-prior");
  }

  @Test
  void a_strength_is_a_share() {
    assertThatThrownBy(() -> with(1.5, Goal.UNIFORM, SAMPLE.outcomes()))
        .hasMessage("strength 1.5 outside 0 to 1");
  }

  private static RepairRecord with(
      double strength, Goal goal, List<RepairRecord.Outcome> outcomes) {
    return new RepairRecord(
        SAMPLE.command(),
        SAMPLE.choice(),
        strength,
        goal,
        SAMPLE.before(),
        outcomes,
        SAMPLE.fittedOn(),
        SAMPLE.measuredOn(),
        SAMPLE.diagnoses(),
        SAMPLE.flips(),
        SAMPLE.declined(),
        SAMPLE.outputs(),
        SAMPLE.cautions());
  }
}
