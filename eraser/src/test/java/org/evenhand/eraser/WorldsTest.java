package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Goal;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;
import org.junit.jupiter.api.Test;

/**
 * Estimators in worlds of known bias keep their order and their distance to an oracle that knows
 * the attribute. Absolute figures vary with the directions of a world, so everything is compared
 * within one.
 */
class WorldsTest {
  private static final PatchTrainer DEPLOYED =
      new Perceptron(
          PerceptronSettings.DEFAULT
              .withHidden(64)
              .withL2(1.0)
              .withEpochs(25, 0)
              .withSteps(3e-3, 64));
  private static final PatchTrainer PATCH = new Perceptron(PerceptronSettings.DEFAULT);
  private static final String VANILLA = "vanilla";
  private static final String ORACLE = "oracle";

  /** Figures in points, means over repetitions of the calibration rows. */
  private record Figures(double average, double worst, double bias) {
    Figures plus(GroupSummary summary, double weight) {
      return new Figures(
          average + 100 * weight * summary.average(),
          worst + 100 * weight * summary.worst(),
          bias + 100 * weight * summary.modelBias());
    }
  }

  private static Map<String, Figures> measure(
      SimulatedWorld world, int calibrationRows, int repetitions) {
    Map<String, Figures> figures = new HashMap<>();
    int classes = world.classes();
    Patch deployed = world.deploy(DEPLOYED, classes == 2 ? 20_000 : 40_000, 100);
    SimulatedWorld.Rows test = world.drawBalanced(20_000, 999);
    Answers.Soft answers = world.ask(deployed, test);
    add(figures, VANILLA, answers, test, 1);
    for (int repetition = 0; repetition < repetitions; repetition++) {
      SimulatedWorld.Rows rows = world.drawBiased(calibrationRows, 1000 + repetition);
      Distillation distillation =
          new Distillation(
              List.of(rows.with(world.ask(deployed, rows))),
              new SettledTrainers(PATCH, repetition));
      for (Estimator estimator : Estimator.all()) {
        Answers.Soft corrected =
            distillation.removal(estimator, Goal.UNIFORM, 1).apply(answers, test.inputs());
        add(figures, estimator.code(), corrected, test, 1.0 / repetitions);
      }
      add(
          figures,
          ORACLE,
          withKnownAttribute(distillation.parts().get(0).cells().geometricTable(), answers, test),
          test,
          1.0 / repetitions);
    }
    return figures;
  }

  /** The plain table, subtracted for the true value of every row. */
  private static Answers.Soft withKnownAttribute(
      RuleTable table, Answers.Soft answers, SimulatedWorld.Rows rows) {
    int classes = table.classes();
    double[] logs = answers.logProbabilities().clone();
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= table.entries()[rows.attribute().codes()[i / classes] * classes + i % classes];
    }
    return Answers.Soft.ofLogits(answers.classes(), logs);
  }

  private static void add(
      Map<String, Figures> figures,
      String name,
      Answers.Soft answers,
      SimulatedWorld.Rows rows,
      double weight) {
    GroupSummary summary =
        GroupSummary.of(
            rows.target(),
            rows.attribute(),
            answers.decisions(DecisionRule.MOST_PROBABLE),
            rows.ones());
    figures.merge(
        name, new Figures(0, 0, 0).plus(summary, weight), (sum, more) -> sum.plus(summary, weight));
  }

  private static double bias(Map<String, Figures> figures, String name) {
    return figures.getOrDefault(name, new Figures(0, 0, 0)).bias();
  }

  private static double worst(Map<String, Figures> figures, String name) {
    return figures.getOrDefault(name, new Figures(0, 0, 0)).worst();
  }

  @Test
  void in_the_base_world_tables_beat_patches_and_the_full_form_beats_the_anchor_form() {
    Map<String, Figures> base = measure(SimulatedWorld.BASE, 2_000, 4);

    assertThat(bias(base, VANILLA)).isGreaterThan(80);
    assertThat(bias(base, "P1")).isBetween(bias(base, "P3") + 5, bias(base, VANILLA) / 2);
    assertThat(bias(base, "P3")).isGreaterThan(bias(base, "C2") + 3);
    assertThat(bias(base, "S4")).isCloseTo(bias(base, "C2"), within(1.0));
    assertThat(bias(base, "S1")).isLessThan(bias(base, ORACLE) + 2);
    assertThat(worst(base, "S1")).isGreaterThan(worst(base, ORACLE) - 2);
    assertThat(worst(base, "C2")).isGreaterThan(worst(base, ORACLE) - 5);
  }

  @Test
  void over_confidence_spoils_the_mixture_of_probabilities_and_leaves_log_linear_tables_alone() {
    Map<String, Figures> base = measure(SimulatedWorld.BASE, 2_000, 4);
    Map<String, Figures> confident = measure(SimulatedWorld.CONFIDENT, 2_000, 4);

    for (String table : new String[] {"C2", "S4", "S1"}) {
      assertThat(bias(confident, table)).isCloseTo(bias(base, table), within(0.5));
    }
    assertThat(bias(confident, "P3")).isGreaterThan(bias(confident, "C2") + 8);
    // The arithmetic normalisation of the anchor form is hurt most: softmax of a noisy
    // vector shrinks it, and the more so the more confident the model is.
    assertThat(bias(confident, "P1")).isGreaterThan(bias(confident, "P3") + 15);
    assertThat(bias(confident, "P1")).isGreaterThan(bias(base, "P1") + 15);
  }

  @Test
  void with_a_weak_bias_signal_only_the_map_table_comes_near_the_oracle() {
    Map<String, Figures> weak = measure(SimulatedWorld.WEAK_BIAS_SIGNAL, 2_000, 4);

    assertThat(bias(weak, "P1")).isLessThan(bias(weak, VANILLA));
    assertThat(bias(weak, "P3")).isLessThan(bias(weak, "P1"));
    assertThat(bias(weak, "C2")).isLessThan(bias(weak, "P3") - 5);
    assertThat(bias(weak, "S1")).isLessThan(bias(weak, ORACLE) + 5);
    assertThat(worst(weak, "S1")).isGreaterThan(worst(weak, "C2") + 5);
  }

  @Test
  void with_a_very_weak_bias_signal_all_but_the_map_table_leave_most_of_the_bias() {
    Map<String, Figures> weak = measure(SimulatedWorld.VERY_WEAK_BIAS_SIGNAL, 2_000, 4);

    for (String code : new String[] {"P1", "P3", "C2", "S4"}) {
      assertThat(bias(weak, code)).isGreaterThan(bias(weak, VANILLA) / 2);
    }
    assertThat(bias(weak, "S1")).isLessThan(bias(weak, VANILLA) / 2);
  }

  @Test
  void from_160_rows_tables_still_remove_most_of_the_bias_and_more_than_patches() {
    Map<String, Figures> scarce = measure(SimulatedWorld.BASE, 160, 8);

    for (String table : new String[] {"C2", "S4", "S1"}) {
      assertThat(bias(scarce, table)).isLessThan(bias(scarce, ORACLE) + 5);
      assertThat(bias(scarce, table)).isLessThan(bias(scarce, "P3") - 4);
    }
    assertThat(bias(scarce, "P1")).isGreaterThan(bias(scarce, "P3") + 4);
    assertThat(worst(scarce, "S4")).isGreaterThan(worst(scarce, "C2"));
  }

  @Test
  void skewed_classes_leave_a_poor_worst_group_that_the_map_table_mends() {
    Map<String, Figures> skewed = measure(SimulatedWorld.SKEWED, 2_000, 4);

    assertThat(bias(skewed, "C2")).isLessThan(bias(skewed, ORACLE) + 2);
    assertThat(worst(skewed, "C2")).isCloseTo(worst(skewed, ORACLE), within(3.0));
    assertThat(worst(skewed, "S1")).isGreaterThan(worst(skewed, ORACLE) + 10);
    assertThat(bias(skewed, "P1")).isGreaterThan(bias(skewed, "P3") + 10);
  }

  @Test
  void ten_classes_and_ten_values_are_corrected_alike() {
    Map<String, Figures> ten = measure(SimulatedWorld.TEN_CLASSES, 12_000, 1);

    for (Estimator estimator : Estimator.all()) {
      assertThat(bias(ten, estimator.code())).isLessThan(bias(ten, VANILLA) / 2);
      assertThat(worst(ten, estimator.code())).isGreaterThan(worst(ten, VANILLA) + 25);
    }
    assertThat(bias(ten, "S4")).isLessThan(bias(ten, ORACLE) + 1);
  }
}
