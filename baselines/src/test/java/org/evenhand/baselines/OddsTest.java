package org.evenhand.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Equal odds by linear programmes. Optima are those of SciPy's linprog (HiGHS) for the same rows,
 * over all thresholds where ours is over the corners of hulls.
 */
class OddsTest {
  private static final Method ANY = new EqualizedOdds(Objective.ACCURACY).method();

  private static double optimum(Objective objective, MixedDecisions mixed) {
    return objective.of(mixed.expected());
  }

  @ParameterizedTest
  @CsvSource({"ACCURACY,0.6002257300204918", "AVERAGE_GROUP,0.5997694672131147"})
  void equalized_odds_are_the_optimum_of_an_independent_solver(
      Objective objective, double expected) {
    ByValue rows = ByValue.of(Loans.ofThreeTowns().task(), ANY);

    MixedDecisions mixed = EqualizedOdds.mixed(rows, objective);

    assertThat(optimum(objective, mixed)).isCloseTo(expected, within(1e-8));
    assertThat(mixed.expected().modelBias()).isCloseTo(0, within(1e-8));
    assertThat(Arrays.stream(mixed.shares()).boxed())
        .allMatch(share -> share >= -1e-9 && share <= 1 + 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "ACCURACY,0,0.6085974321209017",
    "ACCURACY,0.02,0.6223474321209017",
    "ACCURACY,0.1,0.6762806256403688",
    "ACCURACY,1,0.67875",
    "AVERAGE_GROUP,0,0.6073898565573771",
    "AVERAGE_GROUP,0.02,0.6207231898907104",
    "AVERAGE_GROUP,0.1,0.6720389223152347",
    "AVERAGE_GROUP,1,0.6748322347561082"
  })
  void relaxed_odds_are_the_optimum_of_an_independent_solver(
      Objective objective, double tolerance, double expected) {
    ByValue rows = ByValue.of(Loans.ofThreeTowns().task(), ANY);

    Figures figures = RelaxedOdds.mixed(rows, objective, tolerance).expected();

    assertThat(objective.of(figures)).isCloseTo(expected, within(1e-8));
    for (int b = 1; b < 3; b++) {
      for (int target = 0; target < 2; target++) {
        assertThat(Math.abs(figures.group(target, b) - figures.group(target, b - 1)))
            .isLessThanOrEqualTo(tolerance + 1e-8);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "compas-mlp,compas,two_year_recid,race,0.6190290051768536,0.6120526378143315",
    "lsac-mlp,lsac,pass_bar,race,0.8987980769230769,0.55930780804987",
    "adult-gbdt,adult,income,race,0.8481405142525161,0.7574369796838389",
    "adult-mlp,adult,income,sex,0.8318389661358868,0.728568657905595"
  })
  void on_real_rows_equalized_odds_are_the_optimum_of_an_independent_solver(
      String model, String table, String target, String attribute, double overall, double average) {
    try (RealModel real = RealModel.open(model, table, target, attribute)) {
      ByValue rows = ByValue.of(real.task(), ANY);

      assertThat(optimum(Objective.ACCURACY, EqualizedOdds.mixed(rows, Objective.ACCURACY)))
          .isCloseTo(overall, within(1e-8));
      assertThat(
              optimum(Objective.AVERAGE_GROUP, EqualizedOdds.mixed(rows, Objective.AVERAGE_GROUP)))
          .isCloseTo(average, within(1e-8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "compas-mlp,compas,two_year_recid,race,0.6771906012412341,0.6844598258447152",
    "lsac-mlp,lsac,pass_bar,race,0.9026135275522065,0.7617112868877396",
    "adult-gbdt,adult,income,race,0.8694337709934836,0.8501961229549402",
    "adult-mlp,adult,income,sex,0.8422776047886149,0.8114487466898515"
  })
  void on_real_rows_relaxed_odds_are_the_optimum_of_an_independent_solver(
      String model,
      String table,
      String target,
      String attribute,
      double overallAtNone,
      double averageAtTwoPoints) {
    try (RealModel real = RealModel.open(model, table, target, attribute)) {
      ByValue rows = ByValue.of(real.task(), ANY);

      assertThat(optimum(Objective.ACCURACY, RelaxedOdds.mixed(rows, Objective.ACCURACY, 0)))
          .isCloseTo(overallAtNone, within(1e-8));
      assertThat(
              optimum(
                  Objective.AVERAGE_GROUP, RelaxedOdds.mixed(rows, Objective.AVERAGE_GROUP, 0.02)))
          .isCloseTo(averageAtTwoPoints, within(1e-8));
    }
  }

  @Test
  void what_is_proposed_selects_the_shares_that_chance_would() {
    RepairTask task = Loans.ofThreeTowns().task();
    ByValue rows = ByValue.of(task, ANY);
    for (Proposal proposal :
        List.of(
            new EqualizedOdds(Objective.ACCURACY).propose(task),
            new RelaxedOdds(Objective.ACCURACY, 0.02).propose(task))) {
      Figures expected =
          proposal.method().equals(ANY)
              ? EqualizedOdds.mixed(rows, Objective.ACCURACY).expected()
              : RelaxedOdds.mixed(rows, Objective.ACCURACY, 0.02).expected();
      FactTable thresholds = table(proposal, "thresholds");
      for (int b = 0; b < 3; b++) {
        double rate = ((Value.Quantity) thresholds.rows().get(b).get(3)).number();
        // Between two neighbouring scores lie four rows of the 400 of the largest town, at most.
        assertThat(rate).isCloseTo(expected.rate(b, 1), within(0.01));
      }
      FactTable chance = table(proposal, "expected_with_chance");
      assertThat(((Value.Quantity) chance.rows().get(0).get(0)).number())
          .isEqualTo(expected.accuracy());
      assertThat(proposal.cautions())
          .anyMatch(caution -> caution.contains("decides some rows by chance"));
    }
  }

  private static FactTable table(Proposal proposal, String key) {
    return (FactTable)
        proposal.details().stream()
            .filter(detail -> detail.key().equals(key))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void values_that_already_have_equal_odds_are_left_alone() {
    Loans equal = new Loans();
    for (String town : List.of("east", "west")) {
      equal.add(40, town, 0, -1).add(10, town, 0, 1).add(40, town, 1, 1).add(10, town, 1, -1);
    }

    ValueShift shift =
        (ValueShift) new EqualizedOdds(Objective.ACCURACY).propose(equal.task()).change();

    assertThat(shift.nats()).containsExactly(0, 0);
  }

  @Test
  void of_several_best_solutions_the_one_that_changes_fewest_rows_is_taken() {
    // Scores that say nothing: every mixture has the same accuracy.
    Loans useless = new Loans();
    for (String town : List.of("east", "west")) {
      for (int target = 0; target < 2; target++) {
        useless.add(40, town, target, -1).add(40, town, target, 1);
      }
    }

    assertThat(EqualizedOdds.mixed(ByValue.of(useless.task(), ANY), Objective.ACCURACY).shares())
        .containsExactly(new double[] {0, 1, 0, 1}, within(1e-8));
  }

  @Test
  void the_worst_group_is_no_linear_objective() {
    assertThatThrownBy(() -> new EqualizedOdds(Objective.WORST_GROUP))
        .isInstanceOf(BaselinesException.class)
        .hasMessageStartingWith("Equal odds by a linear programme raise overall or average");
    assertThatThrownBy(() -> new RelaxedOdds(Objective.ACCURACY, -0.1))
        .isInstanceOf(BaselinesException.class)
        .hasMessage("The tolerance of rates is -0.1; it must lie between 0 and 1.");
  }

  @Test
  void a_programme_without_solution_is_refused() {
    assertThatThrownBy(
            () ->
                new LinearProgramme()
                    .equal(new double[] {1, 1}, 1)
                    .atMost(new double[] {1, 1}, 0.5)
                    .solve(new double[] {1, 0}, new double[2]))
        .isInstanceOf(BaselinesException.class)
        .hasMessageStartingWith(
            "The linear programme of 2 variables has no solution on these rows:");
  }

  @Test
  void the_hull_of_a_curve_has_its_corners_in_order() {
    ByValue rows =
        ByValue.of(
            new Loans()
                .add(30, "east", 1, 3)
                .add(10, "east", 0, 2)
                .add(10, "east", 1, 1)
                .add(30, "east", 0, 0.5)
                .add(10, "east", 1, -1)
                .add(10, "east", 0, -2)
                .add(30, "west", 0, 0.5)
                .add(30, "west", 1, 1)
                .task(),
            ANY);
    ValueCurve curve = rows.curves().get(0);

    // (wrong, right) goes through (0,0), (0,30), (10,40), (40,50) and (50,50): the rest lies below.
    assertThat(RelaxedOdds.hull(curve)).containsExactly(0, 1, 3, 5, 6);
  }
}
