package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;

class ChosenTrainerTest {
  private static final int ROWS = 400;

  /** The labels follow one column and not the other. */
  private static final Table INPUTS =
      Table.of(
          List.of(
              text("telling", IntStream.range(0, ROWS).map(row -> row / 2 % 2)),
              text("idle", IntStream.range(0, ROWS).map(row -> row % 2))));

  private static final double[] LABELS =
      IntStream.range(0, ROWS)
          .flatMap(row -> IntStream.range(0, 2).map(k -> row / 2 % 2 == k ? 9 : 1))
          .mapToDouble(tenths -> tenths / 10.0)
          .toArray();

  private static final PatchTrainer TELLING = new OracleTrainer("telling");
  private static final PatchTrainer IDLE = new OracleTrainer("idle");

  private static TextColumn text(String name, IntStream codes) {
    return new TextColumn(name, List.of("a", "b"), codes.toArray());
  }

  private static double[] ones() {
    double[] weights = new double[ROWS];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static double[] answers(PatchTrainer trainer) {
    return trainer.train(INPUTS, LABELS, 2, ones(), 1).logProbabilities(INPUTS);
  }

  @Test
  void the_trainer_whose_patch_predicts_unseen_rows_best_is_taken_in_any_order() {
    assertThat(answers(new ChosenTrainer(List.of(TELLING, IDLE)))).isEqualTo(answers(TELLING));
    assertThat(answers(new ChosenTrainer(List.of(IDLE, TELLING)))).isEqualTo(answers(TELLING));
  }

  @Test
  void what_is_learned_by_heart_does_not_count() {
    PatchTrainer byHeart =
        (inputs, labels, outputs, weights, seed) ->
            new Patch() {
              @Override
              public int outputs() {
                return outputs;
              }

              @Override
              public double[] logProbabilities(Table asked) {
                double[] right = Arrays.stream(labels).map(Math::log).toArray();
                double[] even = new double[asked.rows() * outputs];
                Arrays.fill(even, -Math.log(outputs));
                return asked == inputs ? right : even;
              }
            };
    assertThat(answers(byHeart)).isNotEqualTo(answers(TELLING));
    assertThat(answers(new ChosenTrainer(List.of(byHeart, TELLING)))).isEqualTo(answers(TELLING));
  }

  @Test
  void rows_without_weight_decide_nothing() {
    double[] weights = ones();
    double[] labels = LABELS.clone();
    for (int row = 0; row < ROWS; row += 4) {
      // These rows would speak for the other column.
      weights[row] = 0;
      labels[2 * row] = row % 2;
      labels[2 * row + 1] = 1 - row % 2;
    }
    PatchTrainer chosen =
        new ChosenTrainer(List.of(IDLE, TELLING)).settled(INPUTS, labels, 2, weights, 1);
    assertThat(chosen).isEqualTo(TELLING);
  }

  @Test
  void it_is_chosen_once_and_one_alone_is_not_judged() {
    List<Integer> rowsAsked = new ArrayList<>();
    PatchTrainer counting =
        (inputs, labels, outputs, weights, seed) -> {
          rowsAsked.add(inputs.rows());
          return TELLING.train(inputs, labels, outputs, weights, seed);
        };
    PatchTrainer chosen = new ChosenTrainer(List.of(counting, IDLE));
    PatchTrainer settled = chosen.settled(INPUTS, LABELS, 2, ones(), 1);
    assertThat(rowsAsked).hasSize(2);
    assertThat(rowsAsked.get(0) + rowsAsked.get(1)).isEqualTo(ROWS);
    settled.train(INPUTS, LABELS, 2, ones(), 1);
    chosen.train(INPUTS, LABELS, 2, ones(), 1);
    assertThat(rowsAsked).hasSize(4).endsWith(ROWS, ROWS);

    rowsAsked.clear();
    new ChosenTrainer(List.of(counting)).train(INPUTS, LABELS, 2, ones(), 1);
    assertThat(rowsAsked).containsExactly(ROWS);
  }

  @Test
  void nothing_to_choose_from_is_refused() {
    assertThatThrownBy(() -> new ChosenTrainer(List.of()))
        .isInstanceOf(EraserException.class)
        .hasMessage("A choice between trainers of patches needs at least one.");
  }
}
