package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.NewModel;
import org.evenhand.core.Patch;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  private static final Unseen UNSEEN =
      Unseen.of("test", Loans.rows(), Loans.answers(), AuditSettings.DEFAULT);

  /** Decides "yes" for all. */
  private static final Patch ALWAYS_YES =
      new Patch() {
        @Override
        public int outputs() {
          return 2;
        }

        @Override
        public double[] logProbabilities(Table inputs) {
          double[] logs = new double[2 * inputs.rows()];
          for (int row = 0; row < inputs.rows(); row++) {
            logs[2 * row] = Math.log(0.1);
            logs[2 * row + 1] = Math.log(0.9);
          }
          return logs;
        }
      };

  private static double accuracy(AuditResult audit) {
    return ((Estimate.Known) audit.overallAccuracy()).value();
  }

  @Test
  void a_repair_is_proposed_measured_and_only_then_written() {
    Proposal proposal = Loans.proposal(new Loans.Shift(1.5f));

    Measured measured = Measured.of(proposal, new Loans.Model(true), UNSEEN);

    // Rows 2 and 4 (log-odds -1) become "yes": one of them is right, as was the other before.
    assertThat(measured.rows()).isEqualTo("test");
    assertThat(accuracy(measured.before())).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(accuracy(measured.after())).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(measured.changed().decisions(DecisionRule.MOST_PROBABLE))
        .containsExactly(0, 1, 1, 1, 1, 1);
    assertThat(measured.people())
        .containsExactly(
            new PeopleChange("town", "east", 3, 1, 1, 0, 1, 0),
            new PeopleChange("town", "west", 3, 1, 1, 0, 0, 1));
  }

  @Test
  void a_correction_is_measured_without_asking_the_model_again() {
    Measured once =
        Measured.of(Loans.proposal(new Loans.Shift(1.5f)), new Loans.Model(false), UNSEEN);
    Measured again =
        Measured.of(Loans.proposal(new Loans.Shift(1.5f)), new Loans.Model(true), UNSEEN);

    assertThat(once.people()).isEqualTo(again.people());
  }

  @Test
  void any_other_change_is_asked() {
    NewModel change = new NewModel(Loans.CLASSES, ALWAYS_YES);

    Measured measured = Measured.of(Loans.proposal(change), new Loans.Model(false), UNSEEN);

    assertThat(accuracy(measured.after())).isCloseTo(0.5, within(1e-12));
    assertThat(measured.changed().decisions(DecisionRule.MOST_PROBABLE)).containsOnly(1);
  }

  @Test
  void alternatives_are_measured_beside_it_in_their_order() {
    Measured measured =
        Measured.of(
            Loans.proposal(
                new Loans.Shift(0),
                new Proposal.Alternative("lenient", "all get it", new Loans.Shift(9)),
                new Proposal.Alternative("strict", "nobody gets it", new Loans.Shift(-9))),
            new Loans.Model(true),
            UNSEEN);

    assertThat(measured.alternatives())
        .extracting(Measured.Alternative::label)
        .containsExactly("lenient", "strict");
    assertThat(accuracy(measured.after())).isEqualTo(accuracy(measured.before()));
    assertThat(measured.alternatives())
        .allSatisfy(one -> assertThat(accuracy(one.after())).isEqualTo(0.5));
  }

  @Test
  void decisions_follow_the_rule_of_the_audit() {
    Unseen strict =
        Unseen.of(
            "test",
            Loans.rows(),
            Loans.answers(),
            AuditSettings.DEFAULT.withDecisionRule(DecisionRule.threshold(0.95)));

    Measured measured =
        Measured.of(Loans.proposal(new Loans.Shift(1)), new Loans.Model(true), strict);

    // Only log-odds above log 19 = 2.94 are "yes": row 3 has 2 before and 3 after.
    assertThat(measured.people().get(0).changed()).isEqualTo(1);
    assertThat(measured.people().get(1).changed()).isZero();
  }

  @Test
  void the_auditor_is_shown_the_changed_model() {
    List<DeployedModel> asked = new ArrayList<>();
    Unseen watched =
        new Unseen(
            "test",
            Loans.rows(),
            Loans.answers(),
            AuditSettings.DEFAULT,
            (model, answers, settings) -> {
              asked.add(model);
              return Audit.of(Loans.rows(), answers, AuditSettings.DEFAULT);
            });
    Loans.Model deployed = new Loans.Model(true);

    Measured.of(Loans.proposal(new Loans.Shift(1.5f)), deployed, watched);

    assertThat(asked).hasSize(2).first().isEqualTo(deployed);
    Answers after = asked.get(1).answer(Loans.rows().inputs());
    assertThat(after.decisions(DecisionRule.MOST_PROBABLE)).containsExactly(0, 1, 1, 1, 1, 1);
  }
}
