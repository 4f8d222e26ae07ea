package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.junit.jupiter.api.Test;

class RememberingTrainerTest {
  private static final Table IMAGES =
      Table.of(
          List.of(
              TensorColumn.of(
                  ImageRows.IMAGE, List.of(1, 1, 1), 4, (index, into, at) -> into[at] = index)));
  private static final double[] LABELS = {1, 0, 0, 1, 1, 0, 0, 1};
  private static final double[] ONES = {1, 1, 1, 1};

  private final List<Long> trained = new ArrayList<>();
  private final List<Integer> asked = new ArrayList<>();

  private final PatchTrainer trainer =
      new RememberingTrainer(
          (inputs, labels, outputs, weights, seed) -> {
            trained.add(seed);
            return new Counting(asked);
          });

  /** Says how often it was asked. */
  private record Counting(List<Integer> asked) implements Patch {
    @Override
    public int outputs() {
      return 2;
    }

    @Override
    public double[] logProbabilities(Table inputs) {
      asked.add(inputs.rows());
      return new double[2 * inputs.rows()];
    }
  }

  @Test
  void the_same_patch_is_trained_once() {
    Patch first = trainer.train(IMAGES, LABELS, 2, ONES, 1);
    Patch second = trainer.train(IMAGES.select(new int[] {0, 1, 2, 3}), LABELS, 2, ONES, 1);

    assertThat(second).isSameAs(first);
    assertThat(trained).containsExactly(1L);
  }

  @Test
  void another_patch_is_trained_if_rows_labels_weights_or_seed_differ() {
    trainer.train(IMAGES, LABELS, 2, ONES, 1);
    trainer.train(IMAGES.select(new int[] {1, 0, 2, 3}), LABELS, 2, ONES, 1);
    trainer.train(IMAGES, new double[] {0, 1, 0, 1, 1, 0, 0, 1}, 2, ONES, 1);
    trainer.train(IMAGES, LABELS, 2, new double[] {1, 1, 1, 2}, 1);
    trainer.train(IMAGES, LABELS, 2, ONES, 2);

    assertThat(trained).containsExactly(1L, 1L, 1L, 1L, 2L);
  }

  @Test
  void a_patch_answers_about_a_table_once_and_gives_answers_away_as_copies() {
    Patch patch = trainer.train(IMAGES, LABELS, 2, ONES, 1);

    patch.logProbabilities(IMAGES)[0] = 5;

    assertThat(patch.logProbabilities(IMAGES)[0]).isZero();
    assertThat(asked).containsExactly(4);
  }
}
