package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RemovalTest {
  private static final Classes CLASSES = Classes.of("no", "yes");
  private static final Table INPUTS =
      Table.of(List.of(new NumericColumn("x", new double[] {0, 1})));

  /** Always answers with these log-probabilities, whatever the inputs. */
  private record Fixed(int outputs, double... logProbabilities) implements Patch {
    @Override
    public double[] logProbabilities(Table inputs) {
      return logProbabilities.clone();
    }
  }

  private static Answers.Soft answers(double... probabilities) {
    return Answers.Soft.ofProbabilities(CLASSES, probabilities, 1e-12);
  }

  private static BiasRule rule(double... probabilities) {
    return new BiasRule.Distilled(
        new Fixed(2, DoubleStream.of(probabilities).map(Math::log).toArray()));
  }

  @Test
  void strength_0_changes_nothing() {
    Answers.Soft answers = answers(0.3, 0.7, 0.9, 0.1);
    double[] corrected =
        new Removal(rule(0.2, 0.8, 0.6, 0.4), new float[2], 0)
            .apply(answers, INPUTS)
            .logProbabilities();
    assertThat(corrected).containsExactly(answers.logProbabilities(), within(1e-15));
  }

  @Test
  void strength_1_divides_by_the_rule() {
    // 0.3/0.2 : 0.7/0.8 = 12 : 7 and 0.9/0.6 : 0.1/0.4 = 6 : 1.
    double[] corrected =
        new Removal(rule(0.2, 0.8, 0.6, 0.4), new float[2], 1)
            .apply(answers(0.3, 0.7, 0.9, 0.1), INPUTS)
            .logProbabilities();
    assertThat(corrected)
        .containsExactly(
            new double[] {
              Math.log(12 / 19.0), Math.log(7 / 19.0), Math.log(6 / 7.0), Math.log(1 / 7.0)
            },
            within(1e-12));
  }

  @Test
  void a_half_of_the_rule_is_removed_at_strength_one_half() {
    double[] corrected =
        new Removal(rule(0.2, 0.8, 0.5, 0.5), new float[2], 0.5)
            .apply(answers(0.5, 0.5, 0.5, 0.5), INPUTS)
            .logProbabilities();
    assertThat(corrected[1] - corrected[0]).isCloseTo(-Math.log(4) / 2, within(1e-12));
  }

  @Test
  void a_constant_added_to_the_rule_or_to_what_is_kept_cancels() {
    Answers.Soft answers = answers(0.3, 0.7, 0.9, 0.1);
    double[] table = {0.5, -1};
    double[] plain = tabulated(table, new float[] {0, 0}).apply(answers, INPUTS).logProbabilities();
    double[] shifted =
        tabulated(new double[] {table[0] + 8, table[1] + 8}, new float[] {4, 4})
            .apply(answers, INPUTS)
            .logProbabilities();
    assertThat(shifted).containsExactly(plain, within(1e-12));
  }

  private static Removal tabulated(double[] table, float[] kept) {
    BiasRule rule =
        new BiasRule.Tabulated(
            new Fixed(1, 0, 0), new float[] {(float) table[0], (float) table[1]}, 2);
    return new Removal(rule, kept, 1);
  }

  @Test
  void a_rule_equal_to_what_is_kept_leaves_the_answers_alone() {
    Answers.Soft answers = answers(0.3, 0.7, 0.9, 0.1);
    double[] corrected =
        tabulated(new double[] {0.25, -0.5}, new float[] {0.25f, -0.5f})
            .apply(answers, INPUTS)
            .logProbabilities();
    assertThat(corrected).containsExactly(answers.logProbabilities(), within(1e-12));
  }

  @Test
  void a_strength_outside_0_to_1_and_a_kept_rule_of_another_length_are_refused() {
    BiasRule rule = rule(0.5, 0.5);
    assertThatThrownBy(() -> new Removal(rule, new float[2], 1.5))
        .isInstanceOf(CoreException.class)
        .hasMessage("The strength is 1.5; it must lie between 0 and 1.");
    assertThatThrownBy(() -> new Removal(rule, new float[3], 1))
        .isInstanceOf(CoreException.class)
        .hasMessage("The kept rule has 3 entries for 2 classes.");
  }

  @Test
  void a_tabulated_rule_mixes_its_rows_in_log_space_by_the_predicted_attribute() {
    BiasRule rule =
        new BiasRule.Tabulated(
            new Fixed(2, Math.log(0.25), Math.log(0.75), Double.NEGATIVE_INFINITY, 0),
            new float[] {4, 0, -4, 8},
            2);
    assertThat(rule.logRule(INPUTS))
        .containsExactly(new double[] {0.25 * 4 - 0.75 * 4, 0.75 * 8, -4, 8}, within(1e-12));
  }

  @Test
  void a_table_of_another_size_than_its_predictor_is_refused() {
    assertThatThrownBy(() -> new BiasRule.Tabulated(new Fixed(2, 0, 0), new float[5], 2))
        .isInstanceOf(CoreException.class)
        .hasMessage("A rule table of 2 values and 2 classes needs 4 entries, but got 5.");
  }

  @Test
  void a_distilled_rule_is_never_below_its_floor() {
    assertThat(rule(0, 1, 0.5, 0.5).logRule(INPUTS)[0])
        .isCloseTo(Math.log(BiasRule.Distilled.FLOOR), within(1e-12));
  }
}
