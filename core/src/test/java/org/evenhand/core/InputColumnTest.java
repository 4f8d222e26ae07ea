package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InputColumnTest {
  private static final List<InputColumn> READ =
      List.of(
          new InputColumn("age", InputColumn.Kind.NUMBER),
          new InputColumn("city", InputColumn.Kind.TEXT));

  private static final NumericColumn AGE = new NumericColumn("age", new double[] {31});
  private static final TextColumn CITY = TextColumn.of("city", List.of("Turin"));

  @Test
  void further_columns_do_no_harm() {
    Table table = Table.of(List.of(CITY, TextColumn.of("name", List.of("Ada")), AGE));

    assertThatCode(() -> InputColumn.requireAll(READ, table)).doesNotThrowAnyException();
  }

  @Test
  void a_missing_column_is_named_with_the_columns_that_there_are() {
    assertRefused(
        Table.of(List.of(AGE)), "The model reads column 'city', but the table has only age.");
  }

  @Test
  void text_where_the_model_reads_numbers_is_refused_and_the_reverse() {
    assertRefused(
        Table.of(List.of(TextColumn.of("age", List.of("31")), CITY)),
        "Column 'age' holds text, but the model reads numbers from it; read the table by the model's inputs, as Tables.read(file, model.inputs()) does.");
    assertRefused(
        Table.of(List.of(AGE, new NumericColumn("city", new double[1]))),
        "Column 'city' holds numbers, but the model reads text from it; read the table by the model's inputs, as Tables.read(file, model.inputs()) does.");
  }

  private static void assertRefused(Table table, String message) {
    assertThatThrownBy(() -> InputColumn.requireAll(READ, table))
        .isInstanceOf(CoreException.class)
        .hasMessage(message);
  }
}
