package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.LabelledSet;
import org.junit.jupiter.api.Test;

/** The first two of the three steps in the documentation of {@link Repair}. */
class RepairExampleTest {
  /** Adds as many nats to "yes" as it was told, whatever the rows. */
  private record Lenient(float nats) implements Repair {
    @Override
    public Method method() {
      return Loans.proposal(new Loans.Shift(nats)).method();
    }

    @Override
    public Proposal propose(RepairTask task) {
      return Loans.proposal(new Loans.Shift(nats));
    }
  }

  @Test
  void a_repair_is_proposed_from_calibration_rows_and_measured_on_others() {
    LabelledSet calibration = Loans.rows();
    LabelledSet test = Loans.rows();
    Loans.Model model = new Loans.Model(true);
    Repair repair = new Lenient(1.5f);

    Proposal proposal =
        repair.propose(
            RepairTask.of(calibration, model.answer(calibration.inputs()), List.of("town")));
    Unseen unseen = Unseen.of("test", test, model.answer(test.inputs()), AuditSettings.DEFAULT);
    Measured measured = Measured.of(proposal, model, unseen);

    assertThat(measured.people()).extracting(PeopleChange::changed).containsExactly(1.0, 1.0);
  }
}
