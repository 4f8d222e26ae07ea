package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {
  private final NumericColumn age = new NumericColumn("age", new double[] {34, 24, Double.NaN});
  private final TextColumn sex = TextColumn.of("sex", List.of("Male", "Female", "Male"));
  private final Table table = Table.of(List.of(age, sex));

  @Test
  void a_missing_column_is_named_with_the_columns_that_there_are() {
    assertThatThrownBy(() -> table.column("race"))
        .isInstanceOf(CoreException.class)
        .hasMessage("There is no column 'race'; the columns are age, sex.");
    assertThat(table.find("race")).isEmpty();
  }

  @Test
  void columns_of_different_lengths_are_refused() {
    assertThatThrownBy(
            () -> Table.of(List.of(age, new NumericColumn("priors", new double[] {1, 2}))))
        .isInstanceOf(CoreException.class)
        .hasMessage("Column 'priors' has 2 rows, but column 'age' has 3.");
  }

  @Test
  void two_columns_of_one_name_are_refused() {
    assertThatThrownBy(() -> Table.of(List.of(age, age)))
        .isInstanceOf(CoreException.class)
        .hasMessage("Two columns are named 'age'.");
  }

  @Test
  void a_table_without_columns_is_refused() {
    assertThatThrownBy(() -> Table.of(List.of()))
        .isInstanceOf(CoreException.class)
        .hasMessage("A table needs at least one column.");
  }

  @Test
  void selected_rows_come_in_the_order_asked_for_and_as_often() {
    Table selected = table.select(new int[] {1, 0, 1});
    assertThat(((NumericColumn) selected.column("age")).values()).containsExactly(24, 34, 24);
    TextColumn sexes = (TextColumn) selected.column("sex");
    assertThat(List.of(sexes.value(0), sexes.value(1), sexes.value(2)))
        .containsExactly("Female", "Male", "Female");
  }

  @Test
  void a_slice_ends_before_its_second_bound() {
    assertThat(((NumericColumn) table.slice(0, 2).column("age")).values()).containsExactly(34, 24);
    assertThat(table.slice(1, 1).rows()).isZero();
  }

  @Test
  void columns_can_be_left_out_or_picked_in_another_order() {
    assertThat(table.without(Set.of("sex", "unheard of")).names()).containsExactly("age");
    assertThat(table.only(List.of("sex", "age")).names()).containsExactly("sex", "age");
  }

  @Test
  void texts_are_coded_in_order_of_first_appearance() {
    assertThat(sex.dictionary()).containsExactly("Male", "Female");
    assertThat(sex.codes()).containsExactly(0, 1, 0);
  }
}
