package org.evenhand.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.evenhand.core.Correction;
import org.evenhand.repair.Fact;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.junit.jupiter.api.Test;

class RejectOptionTest {
  private static double theta(Proposal proposal) {
    return proposal.details().stream()
        .filter(detail -> detail.key().equals("theta"))
        .map(detail -> ((Value.Quantity) ((Fact) detail).value()).number())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void in_the_critical_region_the_town_that_is_selected_less_is_selected_and_the_other_not() {
    RepairTask task =
        new Loans()
            .mixed(160, "east", 0.1, 0.8)
            .mixed(120, "west", 0.3, 0.4)
            .add(60, "west", 0, -2)
            .task();

    Proposal proposal =
        new RejectOption(ThresholdGoal.DEFAULT.withObjective(Objective.AVERAGE_GROUP))
            .propose(task);

    double theta = theta(proposal);
    assertThat(theta).isBetween(0.5, 1.0);
    int[] decisions =
        ((Correction) proposal.change())
            .apply(task.scores(), task.rows().inputs())
            .decisions(task.decisionRule());
    int[] expected =
        IntStream.range(0, decisions.length)
            .map(
                row -> {
                  double p = Math.exp(task.scores().logProbabilities()[2 * row + 1]);
                  boolean west = task.rows().attribute("town").codes()[row] == 1;
                  return Math.max(p, 1 - p) < theta ? (west ? 1 : 0) : p > 0.5 ? 1 : 0;
                })
            .toArray();
    assertThat(decisions).isEqualTo(expected);
  }

  @Test
  void theta_is_the_best_of_all_for_the_goal() {
    RepairTask task =
        new Loans()
            .mixed(160, "east", 0.1, 0.8)
            .mixed(120, "west", 0.3, 0.4)
            .add(60, "west", 0, -2)
            .task();
    ByValue rows = ByValue.of(task, new RejectOption(ThresholdGoal.DEFAULT).method());
    ThresholdGoal goal = ThresholdGoal.DEFAULT.withMaxModelBias(0.1);
    double best = 0;
    for (double width = 0.025; width < 2.6; width += 0.05) {
      Figures tried =
          Figures.of(
              rows.curves(),
              new int[] {
                rows.curves().get(0).pointOf(width), rows.curves().get(1).pointOf(-width)
              });
      if (tried.modelBias() <= 0.1) {
        best = Math.max(best, tried.accuracy());
      }
    }
    Figures today = Figures.today(rows.curves());

    Proposal proposal = new RejectOption(goal).propose(task);
    double width = Math.log(theta(proposal) / (1 - theta(proposal)));
    Figures found =
        Figures.of(
            rows.curves(),
            new int[] {rows.curves().get(0).pointOf(width), rows.curves().get(1).pointOf(-width)});

    assertThat(today.modelBias()).isGreaterThan(0.1);
    assertThat(found.modelBias()).isLessThanOrEqualTo(0.1);
    assertThat(found.accuracy()).isCloseTo(best, within(1e-12));
  }
}
