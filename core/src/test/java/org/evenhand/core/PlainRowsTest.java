package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.evenhand.core.InputColumn.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tables of plain Java objects. */
class PlainRowsTest {
  private enum Region {
    COAST,
    HILLS
  }

  private record Applicant(double income, Region region, boolean member, @Nullable Integer loans) {}

  private static double[] numbers(Table table, String column) {
    return ((NumericColumn) table.column(column)).values();
  }

  private static List<String> texts(Table table, String column) {
    TextColumn texts = (TextColumn) table.column(column);
    return IntStream.range(0, texts.rows()).mapToObj(texts::value).toList();
  }

  private static Map<String, Object> row(@Nullable Object... namesAndValues) {
    Map<String, Object> row = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return row;
  }

  private static void assertRefused(String message, List<Map<String, Object>> rows) {
    assertThatThrownBy(() -> Table.ofRows(rows))
        .isInstanceOf(CoreException.class)
        .hasMessage(message);
  }

  @Test
  void numbers_of_every_type_are_numbers_and_all_else_is_text() {
    Table table =
        Table.ofRows(
            List.of(
                Map.of("n", 3, "t", "a", "c", 'x', "b", true, "e", Region.COAST),
                Map.of(
                    "n", new BigDecimal("2.5"), "t", "", "c", 'y', "b", false, "e", Region.HILLS),
                Map.of("n", 4f, "t", CharBuffer.wrap("z"), "c", "", "b", true, "e", "PLAIN")));

    assertThat(numbers(table, "n")).containsExactly(3, 2.5, 4);
    assertThat(texts(table, "t")).containsExactly("a", "", "z");
    assertThat(texts(table, "c")).containsExactly("x", "y", "");
    assertThat(texts(table, "b")).containsExactly("True", "False", "True");
    assertThat(texts(table, "e")).containsExactly("COAST", "HILLS", "PLAIN");
  }

  @Test
  void null_is_a_missing_value() {
    Table table =
        Table.ofRows(
            List.of(row("n", null, "t", null, "u", null), row("n", 1, "t", "a", "u", null)));

    assertThat(numbers(table, "n")).containsExactly(Double.NaN, 1);
    assertThat(texts(table, "t")).containsExactly("", "a");
    assertThat(numbers(table, "u")).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void records_have_a_column_per_component_in_their_order() {
    Table table =
        Table.ofRecords(
            List.of(
                new Applicant(41_000, Region.COAST, true, 2),
                new Applicant(28_500, Region.HILLS, false, null)));

    assertThat(table.names()).containsExactly("income", "region", "member", "loans");
    assertThat(numbers(table, "income")).containsExactly(41_000, 28_500);
    assertThat(texts(table, "region")).containsExactly("COAST", "HILLS");
    assertThat(texts(table, "member")).containsExactly("True", "False");
    assertThat(numbers(table, "loans")).containsExactly(2, Double.NaN);
  }

  @Test
  void columns_that_a_model_reads_get_the_type_that_it_reads() {
    List<InputColumn> inputs =
        List.of(
            new InputColumn("member", Kind.NUMBER),
            new InputColumn("code", Kind.TEXT),
            new InputColumn("rate", Kind.TEXT),
            new InputColumn("flag", Kind.TEXT));

    Table table =
        Table.ofRows(
            List.of(
                Map.of("member", true, "code", 7L, "rate", 0.5, "flag", false, "further", true),
                Map.of("member", 0, "code", 8.0, "rate", "n/a", "flag", "x", "further", false)),
            inputs);

    assertThat(numbers(table, "member")).containsExactly(1, 0);
    assertThat(texts(table, "code")).containsExactly("7", "8");
    assertThat(texts(table, "rate")).containsExactly("0.5", "n/a");
    assertThat(texts(table, "flag")).containsExactly("False", "x");
    assertThat(texts(table, "further")).containsExactly("True", "False");
    InputColumn.requireAll(inputs, table);
  }

  @Test
  void no_rows_for_a_model_are_a_table_of_its_columns() {
    Table table =
        Table.ofRows(
            List.of(), List.of(new InputColumn("n", Kind.NUMBER), new InputColumn("t", Kind.TEXT)));

    assertThat(table.rows()).isZero();
    assertThat(table.names()).containsExactly("n", "t");
    assertThat(
            Table.ofRecords(List.<Applicant>of(), List.of(new InputColumn("n", Kind.NUMBER)))
                .rows())
        .isZero();
  }

  @Test
  void what_cannot_be_a_table_is_refused_in_one_sentence() {
    assertRefused("There are no rows, so that nothing says what the columns are.", List.of());
    assertRefused(
        "Row 1 has no 'age'; it has ages. Give null where a value is missing.",
        List.of(Map.of("age", 1), Map.of("ages", 1)));
    assertRefused(
        "Row 1 has 'sex', which the first row does not have.",
        List.of(Map.of("age", 1), Map.of("age", 1, "sex", "f")));
    assertRefused(
        "Column 'age' holds the text '31' in row 1, but numbers in the rows before; a column holds numbers or text.",
        List.of(Map.of("age", 30), Map.of("age", "31")));
    assertRefused(
        "Column 'age' holds the number 31 in row 1, but text in the rows before; a column holds numbers or text.",
        List.of(Map.of("age", "30"), Map.of("age", 31)));
    assertRefused(
        "Column 'born' holds a java.time.LocalDate in row 0; a table holds numbers, text, booleans and enum constants.",
        List.of(Map.of("born", LocalDate.of(1990, 1, 1))));
    assertRefused(
        "Column 'age' holds Infinity in row 0, which is not finite; give null if the value is missing.",
        List.of(Map.of("age", Double.POSITIVE_INFINITY)));
  }

  @Test
  void what_a_model_cannot_read_is_refused_in_one_sentence() {
    assertThatThrownBy(
            () ->
                Table.ofRows(
                    List.of(Map.of("age", "31")), List.of(new InputColumn("age", Kind.NUMBER))))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "Column 'age' holds the text '31' in row 0, but the model reads numbers from it.");
    assertThatThrownBy(
            () ->
                Table.ofRows(
                    Arrays.asList(row("age", 1)), List.of(new InputColumn("city", Kind.TEXT))))
        .isInstanceOf(CoreException.class)
        .hasMessage("Row 0 has no 'city'; it has age. Give null where a value is missing.");
    assertThatThrownBy(
            () ->
                Table.ofRows(
                    List.of(Map.of("image", "x")),
                    List.of(new InputColumn("image", Kind.TENSOR, List.of(3, 2, 2)))))
        .isInstanceOf(CoreException.class)
        .hasMessage(
            "The model reads tensors from column 'image', which rows of plain values do not hold; use a TensorColumn.");
  }
}
