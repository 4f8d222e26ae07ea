package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.evenhand.core.Provenance;
import org.junit.jupiter.api.Test;

class RepairRecordTest {
  private static final RepairRecord OFFERED = Samples.repair(Optional.empty(), true, "");
  private static final RepairRecord DECLINED = Samples.repair(Optional.of("Too blind."), false, "");
  private static final RepairRecord FORCED = Samples.repair(Optional.of("Too blind."), true, "");

  @Test
  void a_declined_repair_stands_only_if_it_was_written_all_the_same() {
    assertThat(OFFERED.stands()).isTrue();
    assertThat(DECLINED.stands()).isFalse();
    assertThat(FORCED.stands()).isTrue();
  }

  @Test
  void the_audits_are_those_before_after_and_of_the_alternatives() {
    assertThat(OFFERED.audits())
        .containsExactly(
            OFFERED.measured().before(),
            OFFERED.measured().after(),
            OFFERED.measured().alternatives().get(0).after());
  }

  @Test
  void the_repaired_model_is_the_output_of_that_role() {
    assertThat(OFFERED.repairedModel()).map(Provenance.Artefact::path).contains("out/fused.onnx");
    assertThat(DECLINED.repairedModel()).isEmpty();
  }
}
