package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledSetTest {
  private final Table inputs =
      Table.of(List.of(new NumericColumn("age", new double[] {20, 30, 40})));
  private final Target target = new Target("recid", Classes.of("0", "1"), new int[] {0, 1, 1});
  private final Attribute race =
      new Attribute("race", List.of("African-American", "Caucasian"), new int[] {1, 0, 1});

  @Test
  void every_row_counts_once_unless_weights_say_otherwise() {
    assertThat(LabelledSet.of(inputs, target, List.of(race)).weights()).containsExactly(1, 1, 1);
  }

  @Test
  void a_set_counts_as_many_rows_as_its_weights_add_up_to() {
    double[] weights = {0.5, 0, 2};

    assertThat(new LabelledSet(inputs, target, List.of(race), weights).weight()).isEqualTo(2.5);
    assertThat(LabelledSet.of(inputs, target, List.of(race)).weight()).isEqualTo(3);
  }

  @Test
  void parts_of_different_lengths_are_refused_by_name() {
    assertThatThrownBy(() -> LabelledSet.of(inputs.slice(0, 2), target, List.of(race)))
        .isInstanceOf(CoreException.class)
        .hasMessage("The target has 3 rows, but the inputs have 2.");
    assertThatThrownBy(() -> LabelledSet.of(inputs, target, List.of(race.select(new int[] {0}))))
        .isInstanceOf(CoreException.class)
        .hasMessage("The target has 3 rows, but attribute 'race' has 1.");
  }

  @Test
  void a_weight_that_is_negative_or_not_finite_is_refused_with_its_row() {
    assertThatThrownBy(
            () -> new LabelledSet(inputs, target, List.of(race), new double[] {1, -1, 1}))
        .isInstanceOf(CoreException.class)
        .hasMessage("The weight of row 2 is -1.0; weights must be finite and not negative.");
    assertThatThrownBy(
            () -> new LabelledSet(inputs, target, List.of(race), new double[] {1, 1, Double.NaN}))
        .isInstanceOf(CoreException.class)
        .hasMessage("The weight of row 3 is NaN; weights must be finite and not negative.");
  }

  @Test
  void an_attribute_that_the_set_lacks_is_named() {
    LabelledSet set = LabelledSet.of(inputs, target, List.of(race));
    assertThat(set.attribute("race")).isEqualTo(race);
    assertThatThrownBy(() -> set.attribute("sex"))
        .isInstanceOf(CoreException.class)
        .hasMessage("The labelled set has no attribute 'sex'.");
  }

  @Test
  void a_code_without_a_name_is_refused() {
    assertThatThrownBy(() -> new Attribute("race", List.of("White"), new int[] {0, 1}))
        .isInstanceOf(CoreException.class)
        .hasMessage("Attribute 'race' has code 1 in row 2, but only codes 0 to 0 have a name.");
    assertThatThrownBy(() -> new Target("recid", Classes.of("0", "1"), new int[] {2}))
        .isInstanceOf(CoreException.class)
        .hasMessage("Target 'recid' has code 2 in row 1, but only codes 0 to 1 have a name.");
  }

  @Test
  void selected_rows_keep_labels_attributes_and_weights_together() {
    LabelledSet selected =
        new LabelledSet(inputs, target, List.of(race), new double[] {1, 2, 3})
            .select(new int[] {2, 0});
    assertThat(((NumericColumn) selected.inputs().column("age")).values()).containsExactly(40, 20);
    assertThat(selected.target().codes()).containsExactly(1, 0);
    assertThat(selected.attribute("race").codes()).containsExactly(1, 1);
    assertThat(selected.weights()).containsExactly(3, 1);
  }
}
