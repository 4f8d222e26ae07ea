package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableEncoderTest {
  private static NumericColumn numbers(String name, double... values) {
    return new NumericColumn(name, values);
  }

  @Test
  void numbers_come_first_and_texts_become_one_input_a_category_in_alphabetical_order() {
    Table table =
        Table.of(
            List.of(TextColumn.of("charge", List.of("M", "F", "M")), numbers("age", 20, 30, 40)));
    TableEncoder encoder = TableEncoder.fit(table);
    assertThat(encoder.features().get(1))
        .isEqualTo(new FeatureEncoder.OneHot("charge", List.of("F", "M")));
    assertThat(encoder.numbers()).isEqualTo(1);
    assertThat(encoder.width()).isEqualTo(3);
    assertThat(encoder.encode(table).hot()).containsExactly(2, 1, 2);
  }

  @Test
  void numbers_are_standardised_by_mean_and_deviation() {
    Table table = Table.of(List.of(numbers("age", 10, 30)));
    // Mean 20, deviation 10.
    assertThat(TableEncoder.fit(table).encode(table).numbers()).containsExactly(-1, 1);
  }

  @Test
  void a_missing_number_counts_for_nothing_in_the_mean_and_becomes_the_mean() {
    Table table = Table.of(List.of(numbers("age", 10, Double.NaN, 30)));
    assertThat(TableEncoder.fit(table).encode(table).numbers()).containsExactly(-1, 0, 1);
  }

  @Test
  void a_column_without_any_number_becomes_zeros() {
    Table table = Table.of(List.of(numbers("age", Double.NaN, Double.NaN)));
    assertThat(TableEncoder.fit(table).encode(table).numbers()).containsExactly(0, 0);
  }

  @Test
  void a_constant_column_becomes_zeros() {
    Table table = Table.of(List.of(numbers("age", 0.1, 0.1, 0.1)));
    assertThat(TableEncoder.fit(table).encode(table).numbers()).containsExactly(0, 0, 0);
  }

  @Test
  void a_spread_below_the_resolution_of_32_bit_values_is_not_magnified() {
    // Around 1e9 neighbouring 32-bit values are 64 apart: a deviation of ½ would scale 64 to 128.
    FeatureEncoder feature =
        TableEncoder.fit(Table.of(List.of(numbers("id", 1e9, 1e9 + 1)))).features().get(0);
    assertThat(((FeatureEncoder.Standardized) feature).scale()).isEqualTo(1f);
  }

  @Test
  void an_unknown_category_has_no_input() {
    TableEncoder encoder =
        TableEncoder.fit(Table.of(List.of(TextColumn.of("sex", List.of("Female", "Male")))));
    Table served = Table.of(List.of(TextColumn.of("sex", List.of("Other", "Male", ""))));
    assertThat(encoder.encode(served).hot()).containsExactly(-1, 1, -1);
  }

  @Test
  void a_text_that_no_row_has_is_no_category_though_the_dictionary_lists_it() {
    Table women =
        Table.of(List.of(TextColumn.of("sex", List.of("Female", "Male")))).select(new int[] {0});
    assertThat(TableEncoder.fit(women).width()).isEqualTo(1);
  }

  @Test
  void the_order_of_rows_does_not_matter_to_categories() {
    TextColumn column = TextColumn.of("race", List.of("b", "a", "c"));
    assertThat(TableEncoder.fit(Table.of(List.of(column.select(new int[] {2, 0, 1})))))
        .isEqualTo(TableEncoder.fit(Table.of(List.of(column))));
  }

  @Test
  void further_columns_and_another_order_of_columns_are_ignored() {
    TextColumn sex = TextColumn.of("sex", List.of("Female", "Male"));
    NumericColumn age = numbers("age", 20, 30);
    TableEncoder encoder = TableEncoder.fit(Table.of(List.of(sex, age)));
    TableEncoder.Encoded encoded =
        encoder.encode(Table.of(List.of(numbers("more", 1, 2), age, sex)));
    assertThat(encoded.numbers()).containsExactly(-1, 1);
    assertThat(encoded.hot()).containsExactly(1, 2);
  }

  @Test
  void a_column_of_the_other_kind_is_refused() {
    TableEncoder encoder = TableEncoder.fit(Table.of(List.of(numbers("tier", 1, 2))));
    Table served = Table.of(List.of(TextColumn.of("tier", List.of("1", "2"))));
    assertThatThrownBy(() -> encoder.encode(served))
        .isInstanceOf(CoreException.class)
        .hasMessage("Column 'tier' held numbers in training, but holds text here.");
  }

  @Test
  void a_number_too_large_for_32_bits_is_refused_with_its_row() {
    Table table = Table.of(List.of(numbers("capital", 1, 1e39)));
    TableEncoder encoder = TableEncoder.fit(table.slice(0, 1));
    assertThatThrownBy(() -> encoder.encode(table))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "Column 'capital' is 1.0E39 in row 1, too large for a 32-bit network; mark it as missing.");
  }

  @Test
  void a_number_after_a_text_is_refused() {
    List<FeatureEncoder> features =
        List.of(
            new FeatureEncoder.OneHot("sex", List.of("Female", "Male")),
            new FeatureEncoder.Standardized("age", 0, 1));
    assertThatThrownBy(() -> new TableEncoder(features))
        .isInstanceOf(CoreException.class)
        .hasMessage("Column 'age' is a number but follows a text; encoders list numbers first.");
  }
}
