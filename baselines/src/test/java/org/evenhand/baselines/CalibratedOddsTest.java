package org.evenhand.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.evenhand.baselines.CalibratedOdds.Cost;
import org.evenhand.baselines.CalibratedOdds.Mixing;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frozen mixing rates are those of the authors' code, gpleiss/equalized_odds_and_calibration. */
class CalibratedOddsTest {
  private static final Method ANY = new CalibratedOdds(Cost.BOTH).method();

  private static List<Mixing> mixings(RepairTask task, Cost cost) {
    return CalibratedOdds.mixings(task, ByValue.of(task, ANY), cost);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.8,0.3,0.4,FALSE_POSITIVES,0.5641950063158713,0",
    "0.1,0.8,0.3,0.4,FALSE_NEGATIVES,0.6256846653902675,0",
    "0.1,0.8,0.3,0.4,BOTH,0.5927658568646974,0",
    "0.3,0.6,0.1,0.8,FALSE_POSITIVES,0.013408039453778369,0",
    "0.3,0.6,0.1,0.8,FALSE_NEGATIVES,0,0.3179000915008193",
    "0.3,0.6,0.1,0.8,BOTH,0,0.15819847484945798"
  })
  void shares_are_those_of_the_authors(
      double a, double b, double c, double d, Cost cost, double east, double west) {
    RepairTask task = new Loans().mixed(400, "east", a, b).mixed(250, "west", c, d).task();

    assertThat(mixings(task, cost).stream().mapToDouble(Mixing::share).toArray())
        .containsExactly(new double[] {east, west}, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "compas-mlp,compas,two_year_recid,race,BOTH,0.092358345150096",
    "adult-mlp,adult,income,sex,FALSE_NEGATIVES,0.2527767313979779",
    "lsac-mlp,lsac,pass_bar,race,FALSE_POSITIVES,0.9291926083758448"
  })
  void on_real_rows_shares_are_those_of_the_authors(
      String model, String table, String target, String attribute, Cost cost, double share) {
    try (RealModel real = RealModel.open(model, table, target, attribute)) {
      assertThat(mixings(real.task(), cost).stream().mapToDouble(Mixing::share).max().orElseThrow())
          .isCloseTo(share, within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // The authors' code answers 2.44, -38.4 and 14.1, with which it labels whole groups alike.
    "compas-mlp,compas,two_year_recid,race,FALSE_NEGATIVES,African-American,generalised false negative rate",
    "lsac-mlp,lsac,pass_bar,race,FALSE_NEGATIVES,White,generalised false negative rate",
    "lsac-mlp,lsac,pass_bar,race,BOTH,White,generalised error"
  })
  void a_share_outside_nought_to_one_is_refused(
      String model,
      String table,
      String target,
      String attribute,
      Cost cost,
      String value,
      String title) {
    try (RealModel real = RealModel.open(model, table, target, attribute)) {
      assertThatThrownBy(() -> new CalibratedOdds(cost).propose(real.task()))
          .isInstanceOf(BaselinesException.class)
          .hasMessage(
              "No mixture with the base rate gives all values of '%s' the same %s: '%s' would be below that of another value even with the base rate in every row; choose another cost or method."
                  .formatted(attribute, title, value));
    }
  }

  @Test
  void with_three_values_all_reach_the_highest_cost() {
    List<Mixing> mixings = mixings(Loans.ofThreeTowns().task(), Cost.BOTH);

    double highest = mixings.stream().mapToDouble(Mixing::before).max().orElseThrow();
    assertThat(mixings)
        .hasSize(3)
        .allSatisfy(mixing -> assertThat(mixing.after()).isCloseTo(highest, within(1e-12)));
  }

  @Test
  void a_mixed_value_selects_the_share_that_chance_would() {
    RepairTask task = new Loans().mixed(400, "east", 0.1, 0.8).mixed(250, "west", 0.3, 0.4).task();
    ByValue rows = ByValue.of(task, ANY);
    ValueCurve east = rows.curves().get(0);
    double base = east.positives() / east.weight() > 0.5 ? 1 : 0;
    double today = east.above(east.today()) / east.weight();

    Proposal proposal = new CalibratedOdds(Cost.BOTH).propose(task);
    float[] nats = ((ValueShift) proposal.change()).nats();

    // One score in 101 is shared by four rows of 400.
    assertThat(east.above(east.pointOf(-nats[0])) / east.weight())
        .isCloseTo(today + 0.5927658568646974 * (base - today), within(0.01));
    assertThat(nats[1]).isZero();
    assertThat(proposal.cautions())
        .anyMatch(caution -> caution.contains("decides some rows by chance"));
  }
}
