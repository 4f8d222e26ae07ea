package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What each kind of change makes of the model that it was found for. */
class ChangeTest {
  private static final SmallModel DEPLOYED = new SmallModel(2);
  private static final Table ROWS =
      Table.of(List.of(new NumericColumn("x", new double[] {-1, 0, 0.5})));
  private static final Classes THREE = Classes.of("a", "b", "c");

  private static double[] logs(Answers answers) {
    return ((Answers.Soft) answers).logProbabilities();
  }

  /** The log-odds of "yes" of every row. */
  private static double[] logOdds(DeployedModel model) {
    double[] logs = logs(model.answer(ROWS));
    return new double[] {logs[1] - logs[0], logs[3] - logs[2], logs[5] - logs[4]};
  }

  /** Answers with the same log-probabilities in every row. */
  private record Constant(double... row) implements Patch {
    @Override
    public int outputs() {
      return row.length;
    }

    @Override
    public double[] logProbabilities(Table inputs) {
      double[] all = new double[inputs.rows() * row.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = row[i % row.length];
      }
      return all;
    }
  }

  /** Adds one nat to "yes" and takes half of the answer away: uses every operation once. */
  private record Sharpened() implements Correction {
    @Override
    public int classes() {
      return 2;
    }

    @Override
    public List<Patch> patches() {
      return List.of();
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      T swapped = formula.times(formula.answers(), new float[] {0, 1, 1, 0}, 2);
      T one = formula.everywhere(new float[] {0, 1});
      return formula.plus(
          one, formula.minus(formula.scaled(swapped, 0.5), formula.everywhere(new float[2])));
    }
  }

  @Test
  void a_correction_adds_its_shift_to_the_answers() {
    DeployedModel corrected = new Sharpened().applyTo(DEPLOYED);

    // Swapping both log-probabilities turns log-odds z into -z: what is left is z - z/2 + 1.
    assertThat(logOdds(corrected)).containsExactly(new double[] {0, 1, 1.5}, within(1e-12));
  }

  @Test
  void corrected_answers_are_distributions() {
    double[] logs = logs(new Sharpened().applyTo(DEPLOYED).answer(ROWS));

    for (int row = 0; row < 3; row++) {
      assertThat(Math.exp(logs[2 * row]) + Math.exp(logs[2 * row + 1])).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void correcting_answers_and_asking_the_corrected_model_is_the_same() {
    Answers.Soft deployed = (Answers.Soft) DEPLOYED.answer(ROWS);

    assertThat(logs(new Sharpened().applyTo(DEPLOYED).answer(ROWS)))
        .isEqualTo(new Sharpened().apply(deployed, ROWS).logProbabilities());
  }

  @Test
  void a_correction_of_other_classes_is_refused() {
    Answers.Soft three = Answers.Soft.ofLogits(THREE, new double[9]);

    assertThatThrownBy(() -> new Sharpened().apply(three, ROWS))
        .isInstanceOf(CoreException.class)
        .hasMessage("The correction is of 2 classes, but the answers decide between 3.");
  }

  @Test
  void labels_alone_cannot_be_corrected() {
    DeployedModel labels =
        new ChangedModel(DEPLOYED) {
          @Override
          public Answers answer(Table inputs) {
            return new Answers.Hard(SmallModel.CLASSES, new int[inputs.rows()]);
          }
        };

    assertThatThrownBy(() -> new Sharpened().applyTo(labels).answer(ROWS))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "The model answers with labels only; a correction needs its probabilities or logits. "
                + Answers.Hard.WAYS_TO_SCORES);
  }

  @Test
  void an_edited_head_answers_from_the_deployed_features() {
    DeployedModel edited = new EditedHead(SmallModel.head(-4)).applyTo(DEPLOYED);

    assertThat(logOdds(edited)).containsExactly(new double[] {4, 0, -2}, within(1e-12));
    assertThat(((HeadedClassifier) edited).head().layer().weights()).containsExactly(-4);
  }

  @Test
  void a_head_cannot_be_put_into_a_black_box() {
    DeployedModel blackBox = new Sharpened().applyTo(DEPLOYED);

    assertThatThrownBy(() -> new EditedHead(SmallModel.head(1)).applyTo(blackBox))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "An edited head can only be put into a model that shows its head, but this one answers alone: a small model");
  }

  @Test
  void a_new_model_answers_in_the_place_of_the_deployed_one() {
    NewModel change = new NewModel(SmallModel.CLASSES, new Constant(Math.log(0.2), Math.log(0.8)));

    assertThat(logOdds(change.applyTo(DEPLOYED)))
        .containsExactly(new double[] {Math.log(4), Math.log(4), Math.log(4)}, within(1e-12));
  }

  @Test
  void a_new_model_needs_an_output_for_each_class() {
    assertThatThrownBy(() -> new NewModel(THREE, new Constant(0, 0)))
        .isInstanceOf(CoreException.class)
        .hasMessage("The new model has 2 outputs for 3 classes.");
  }

  @Test
  void a_changed_model_says_of_itself_what_the_deployed_one_does_and_does_not_close_it() {
    List<Change> changes =
        List.of(
            new Sharpened(),
            new EditedHead(SmallModel.head(1)),
            new NewModel(SmallModel.CLASSES, new Constant(0, 0)));

    for (Change change : changes) {
      DeployedModel changed = change.applyTo(DEPLOYED);
      assertThat(changed.classes()).isEqualTo(DEPLOYED.classes());
      assertThat(changed.inputs()).isEqualTo(DEPLOYED.inputs());
      assertThat(changed.describe()).isEqualTo("a small model");
      assertThat(changed.warnings(ROWS)).containsExactly("It is small.");
      assertThat(changed.artefact()).isEqualTo(DEPLOYED.artefact());
      changed.close();
    }
  }
}
