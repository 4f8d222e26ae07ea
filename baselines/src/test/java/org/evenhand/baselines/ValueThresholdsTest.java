package org.evenhand.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.evenhand.baselines.ThresholdGoal.LevelUp;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.evenhand.core.TextColumn;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.Folds;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairException;
import org.evenhand.repair.RepairTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueThresholdsTest {
  private static final Method ANY = new ValueThresholds(ThresholdGoal.DEFAULT).method();

  /**
   * In the west every answer is one nat too low; in the east half of the rows are decided right.
   */
  private static Loans shifted() {
    return new Loans()
        .add(40, "east", 0, -1)
        .add(40, "east", 1, 1)
        .add(40, "west", 0, -2)
        .add(40, "west", 1, -0.5);
  }

  private static int[] decisions(Proposal proposal, RepairTask task) {
    return ((Correction) proposal.change())
        .apply(task.scores(), task.rows().inputs())
        .decisions(task.decisionRule());
  }

  private static Figures figures(Proposal proposal, RepairTask task) {
    ByValue rows = ByValue.of(task, ANY);
    Figures figures = Figures.today(rows.curves());
    int[] decisions = decisions(proposal, task);
    for (int b = 0; b < rows.curves().size(); b++) {
      int value = b;
      figures.take(b, count(task, decisions, value, 1), count(task, decisions, value, 0));
    }
    return figures;
  }

  private static double count(RepairTask task, int[] decisions, int value, int target) {
    return IntStream.range(0, decisions.length)
        .filter(row -> decisions[row] == 1)
        .filter(row -> task.rows().attribute("town").codes()[row] == value)
        .filter(row -> task.rows().target().codes()[row] == target)
        .mapToDouble(row -> task.rows().weights()[row])
        .sum();
  }

  @Test
  void a_value_whose_answers_are_too_low_gets_a_lower_threshold_and_others_stay() {
    RepairTask task = shifted().task();

    Proposal proposal = new ValueThresholds(ThresholdGoal.DEFAULT).propose(task);

    assertThat(decisions(proposal, task)).isEqualTo(task.rows().target().codes());
    assertThat(((ValueShift) proposal.change()).nats()).containsExactly(0, 1.25f);
  }

  @Test
  void two_values_get_the_best_of_all_pairs_of_thresholds() {
    RepairTask task = new Loans().mixed(160, "east", 0.1, 0.8).mixed(120, "west", 0.3, 0.4).task();
    List<ValueCurve> curves = ByValue.of(task, ANY).curves();
    for (Objective objective : Objective.values()) {
      for (double bound : new double[] {0, 0.02, 0.1, 1}) {
        ThresholdGoal goal = ThresholdGoal.DEFAULT.withObjective(objective).withMaxModelBias(bound);
        double best = 0;
        for (double east = -2.525; east < 2.6; east += 0.05) {
          for (double west = -2.525; west < 2.6; west += 0.05) {
            Figures tried =
                Figures.of(
                    curves, new int[] {curves.get(0).pointOf(east), curves.get(1).pointOf(west)});
            if (tried.modelBias() <= bound + 1e-12) {
              best = Math.max(best, objective.of(tried));
            }
          }
        }

        Figures found = figures(new ValueThresholds(goal).propose(task), task);

        assertThat(objective.of(found))
            .as("%s %s", objective, bound)
            .isCloseTo(best, within(1e-12));
        assertThat(found.modelBias()).isLessThanOrEqualTo(bound + 1e-12);
      }
    }
  }

  @Test
  void a_search_over_three_values_comes_near_to_the_best_of_all_triples() {
    RepairTask task = Loans.ofThreeTowns().task();
    List<ValueCurve> curves = ByValue.of(task, ANY).curves();
    ThresholdGoal goal = ThresholdGoal.DEFAULT.withMaxModelBias(0.03);
    double best = 0;
    for (int i = 0; i < curves.get(0).points(); i++) {
      for (int j = 0; j < curves.get(1).points(); j++) {
        for (int k = 0; k < curves.get(2).points(); k++) {
          Figures tried = Figures.of(curves, new int[] {i, j, k});
          if (tried.modelBias() <= 0.03) {
            best = Math.max(best, tried.accuracy());
          }
        }
      }
    }

    Figures found = figures(new ValueThresholds(goal).propose(task), task);

    assertThat(found.modelBias()).isLessThanOrEqualTo(0.03 + 1e-12);
    assertThat(found.accuracy()).isBetween(best - 0.01, best + 1e-12);
  }

  @Test
  void bounds_on_accuracy_and_on_the_selection_ratio_are_kept() {
    RepairTask task = new Loans().mixed(160, "east", 0.1, 0.8).mixed(120, "west", 0.3, 0.4).task();
    ThresholdGoal goal =
        new ThresholdGoal(
                Objective.WORST_GROUP,
                OptionalDouble.empty(),
                OptionalDouble.of(0.01),
                OptionalDouble.empty(),
                LevelUp.NONE,
                1)
            .withMinSelectionRatio(0.95, 1);

    Figures found = figures(new ValueThresholds(goal).propose(task), task);

    assertThat(found.accuracy()).isGreaterThanOrEqualTo(found.accuracyToday() - 0.01 - 1e-12);
    assertThat(found.selectionRatio(1)).isGreaterThanOrEqualTo(0.95 - 1e-12);
  }

  @Test
  void levelling_up_takes_nothing_from_any_value() {
    RepairTask task = new Loans().mixed(160, "east", 0.1, 0.8).mixed(120, "west", 0.3, 0.4).task();
    List<ValueCurve> curves = ByValue.of(task, ANY).curves();
    Figures today = Figures.today(curves);
    for (int selected = 0; selected < 2; selected++) {
      ThresholdGoal goal = ThresholdGoal.DEFAULT.withLevelUp(LevelUp.SELECTION, selected);

      Figures found = figures(new ValueThresholds(goal).propose(task), task);

      assertThat(found.rate(0, selected)).isGreaterThanOrEqualTo(today.rate(0, selected));
      assertThat(found.rate(1, selected)).isGreaterThanOrEqualTo(today.rate(1, selected));
    }
    Figures right =
        figures(
            new ValueThresholds(ThresholdGoal.DEFAULT.withLevelUp(LevelUp.ACCURACY, 1))
                .propose(task),
            task);
    for (int b = 0; b < 2; b++) {
      ValueCurve curve = curves.get(b);
      double correct =
          right.group(1, b) * curve.positives() + right.group(0, b) * curve.negatives();
      assertThat(correct).isGreaterThanOrEqualTo(curve.correct(curve.today()) - 1e-9);
    }
  }

  @Test
  void a_row_of_weight_two_counts_as_the_row_twice() {
    Loans once = new Loans().mixed(160, "east", 0.1, 0.8).mixed(120, "west", 0.3, 0.4);
    LabelledSet rows = once.rows();
    double[] twos = new double[rows.rows()];
    Arrays.fill(twos, 2);
    RepairTask weighted =
        RepairTask.of(
            new LabelledSet(rows.inputs(), rows.target(), rows.attributes(), twos),
            once.answers(),
            Loans.TOWN);
    int[] doubled = IntStream.range(0, 2 * rows.rows()).map(row -> row / 2).toArray();
    RepairTask repeated =
        RepairTask.of(rows.select(doubled), once.answers().select(doubled), Loans.TOWN);

    assertThat(
            ((ValueShift) new ValueThresholds(ThresholdGoal.DEFAULT).propose(weighted).change())
                .nats())
        .isEqualTo(
            ((ValueShift) new ValueThresholds(ThresholdGoal.DEFAULT).propose(repeated).change())
                .nats());
  }

  @Test
  void every_goal_is_a_form_judged_on_rows_that_it_was_not_fitted_on() {
    RepairTask task = new Loans().mixed(160, "east", 0.1, 0.8).mixed(120, "west", 0.3, 0.4).task();

    List<Candidate> candidates = ValueThresholds.ofUsualGoals(0.5).candidates(task);

    assertThat(candidates).hasSize(12);
    assertThat(candidates.get(0).form())
        .isEqualTo(
            "overall accuracy, Model Bias at most 0.0 points, accuracy down at most 50.0 points");
    int[] held =
        Folds.stratified(
                List.of(task.rows().target().codes(), task.rows().attribute("town").codes()),
                5,
                task.seed())
            .in(3);
    int[] others =
        Folds.stratified(
                List.of(task.rows().target().codes(), task.rows().attribute("town").codes()),
                5,
                task.seed())
            .outside(3);
    Proposal withoutFold =
        new ValueThresholds(
                ThresholdGoal.DEFAULT
                    .withObjective(Objective.WORST_GROUP)
                    .withMaxModelBias(0.04)
                    .withMaxAccuracyLoss(0.5))
            .propose(task.select(others));
    int[] expected =
        ((Correction) withoutFold.change())
            .apply(task.select(held).scores(), task.select(held).rows().inputs())
            .decisions(task.decisionRule());
    assertThat(Arrays.stream(held).map(row -> candidates.get(11).decisions()[row]).toArray())
        .isEqualTo(expected);
    assertThat(candidates.get(11).proposal().get().settings()).isNotEmpty();
  }

  @Test
  void thresholds_count_from_the_deployed_one() {
    RepairTask task = shifted().task().withDecisionRule(DecisionRule.threshold(0.9));

    Proposal proposal = new ValueThresholds(ThresholdGoal.DEFAULT).propose(task);

    assertThat(decisions(proposal, task)).isEqualTo(task.rows().target().codes());
  }

  @Test
  void a_value_with_few_rows_of_a_class_and_an_unknown_one_keep_their_decisions() {
    RepairTask task = shifted().add(200, "north", 1, -0.5).add(29, "north", 0, -1).task();

    Proposal proposal = new ValueThresholds(ThresholdGoal.DEFAULT).propose(task);
    Table strangers =
        Table.of(
            List.of(
                new NumericColumn("x", new double[2]),
                TextColumn.of("town", List.of("south", "north"))));
    Answers.Soft answers = Answers.Soft.ofLogits(Loans.CLASSES, new double[] {0, -0.5, 0, 0.5});

    assertThat(((ValueShift) proposal.change()).nats()).containsExactly(0, 1.25f, 0);
    assertThat(proposal.warnings())
        .containsExactly(
            "Value 'north' of 'town' has fewer than 30 calibration rows of a class, so its decisions stay as they are.");
    assertThat(((Correction) proposal.change()).apply(answers, strangers).logProbabilities())
        .containsExactly(answers.logProbabilities(), within(1e-15));
  }

  @Test
  void what_the_method_cannot_do_is_refused_in_one_sentence() {
    ValueThresholds thresholds = new ValueThresholds(ThresholdGoal.DEFAULT);
    LabelledSet rows = shifted().rows();

    assertThatThrownBy(
            () ->
                thresholds.propose(
                    RepairTask.of(rows, new Answers.Hard(Loans.CLASSES, new int[160]), Loans.TOWN)))
        .isInstanceOf(RepairException.class)
        .hasMessageStartingWith("The model answers with labels only;");
    assertThatThrownBy(
            () ->
                thresholds.propose(
                    RepairTask.of(
                        rows,
                        Answers.Soft.ofLogits(Classes.of("a", "b", "c"), new double[3 * 160]),
                        Loans.TOWN)))
        .isInstanceOf(BaselinesException.class)
        .hasMessage(
            "The method 'one threshold per value' decides between two classes, but the model has 3; take a method for several, such as the eraser.");
    LabelledSet two =
        LabelledSet.of(
            rows.inputs(),
            rows.target(),
            List.of(rows.attribute("town"), new Attribute("sex", List.of("f", "m"), new int[160])));
    assertThatThrownBy(
            () ->
                thresholds.propose(RepairTask.of(two, shifted().answers(), List.of("town", "sex"))))
        .isInstanceOf(BaselinesException.class)
        .hasMessage(
            "The method 'one threshold per value' repairs one attribute at a time, but 2 are named: town, sex; cross them to one, or repair one of them.");
    assertThatThrownBy(
            () ->
                thresholds.propose(
                    new Loans()
                        .add(40, "east", 0, 1)
                        .add(40, "east", 1, 1)
                        .add(90, "west", 1, 1)
                        .task()))
        .isInstanceOf(BaselinesException.class)
        .hasMessage(
            "Thresholds by 'town' need two values with 30 calibration rows of each class, and only one has them (not west); label more rows.");
    assertThatThrownBy(() -> ThresholdGoal.DEFAULT.withMaxModelBias(2))
        .isInstanceOf(BaselinesException.class)
        .hasMessage("The bound on Model Bias is 2.0; it must lie between 0 and 1.");
  }

  @Test
  void the_written_model_answers_as_the_library_does(@TempDir Path folder) {
    Loans loans = new Loans().mixed(160, "east", 0.1, 0.8).mixed(120, "west", 0.3, 0.4);
    Proposal proposal = new ValueThresholds(ThresholdGoal.DEFAULT).propose(loans.task());
    Table inputs = loans.add(3, "north", 0, 0.1).add(2, "", 0, 0.1).inputs();
    for (Table read : List.of(inputs.only(List.of("x")), inputs)) {
      Path model = folder.resolve("model" + read.columns().size() + ".onnx");
      Path changed = folder.resolve("changed" + read.columns().size() + ".onnx");
      TableEncoder encoder = TableEncoder.fit(read);
      int width = encoder.width();
      float[] weights = new float[2 * width];
      weights[width] = 1;
      NetworkExporter.exportClassifier(
          new PatchNetwork(encoder, List.of(new DenseLayer(width, 2, weights, new float[2]))),
          Map.of(),
          model);
      Answers expected;
      try (OnnxClassifier deployed = OnnxClassifier.open(model)) {
        ChangeWriter.write(
            deployed, proposal.change(), DecisionRule.MOST_PROBABLE, Map.of(), changed);
        expected = proposal.change().applyTo(deployed).answer(inputs);
        assertThat(proposal.change().applyTo(deployed).inputs())
            .extracting("name")
            .containsExactly("x", "town");
      }
      try (OnnxClassifier fused = OnnxClassifier.open(changed)) {
        assertThat(fused.inputs()).extracting("name").containsExactly("x", "town");
        assertThat(probabilities(fused.answer(inputs)))
            .containsExactly(probabilities(expected), within(1e-6));
      }
    }
  }

  private static double[] probabilities(Answers answers) {
    return Arrays.stream(((Answers.Soft) answers).logProbabilities()).map(Math::exp).toArray();
  }
}
