package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandsTest {
  private static final Bands AGES = Bands.parse("age=18,40,60");

  private static Table ages(double... ages) {
    return Table.of(List.of(new NumericColumn("age", ages)));
  }

  private static Table texts(String... ages) {
    return Table.of(List.of(TextColumn.of("age", List.of(ages))));
  }

  private static Attribute banded(Table table) {
    return Labels.attribute(table, "age", List.of(AGES));
  }

  private static List<String> values(Attribute attribute) {
    return Arrays.stream(attribute.codes())
        .mapToObj(code -> code == Attribute.UNKNOWN ? "unknown" : attribute.values().get(code))
        .toList();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessage(message);
  }

  @Test
  void a_cut_is_the_lower_end_of_a_band_and_the_bands_keep_their_order() {
    Attribute age = banded(ages(60, 18, 17, 40, 39, 59, 0, 99));

    assertThat(age.name()).isEqualTo("age");
    assertThat(age.values())
        .containsExactly("under 18", "18 to under 40", "40 to under 60", "60 and over");
    assertThat(age.codes()).containsExactly(3, 1, 0, 2, 1, 2, 0, 3);
  }

  @Test
  void numbers_that_are_not_whole_are_in_the_band_that_its_name_says() {
    assertThat(values(banded(ages(17.99, 39.5, 40))))
        .containsExactly("under 18", "18 to under 40", "40 to under 60");
    assertThat(
            values(
                Labels.attribute(
                    ages(-0.75, -0.5, -0.0, 2.25),
                    "age",
                    List.of(Bands.parse("age = -0.5, 0 , 2.25")))))
        .containsExactly("under -0.5", "-0.5 to under 0", "0 to under 2.25", "2.25 and over");
  }

  @Test
  void bands_in_which_no_row_is_are_left_out() {
    Attribute age = banded(ages(70, 20, 65));

    assertThat(age.values()).containsExactly("18 to under 40", "60 and over");
    assertThat(age.codes()).containsExactly(1, 0, 1);
  }

  @Test
  void a_missing_number_is_unknown() {
    assertThat(values(banded(ages(20, Double.NaN, 50))))
        .containsExactly("18 to under 40", "unknown", "40 to under 60");
  }

  @Test
  void text_that_holds_numbers_has_the_same_bands() {
    // As a pattern reads them from images' names: "5" and "05" are one number, "" and "NA" none.
    assertThat(values(banded(texts("5", "05", "40", "", "NA", "116"))))
        .containsExactly(
            "under 18", "under 18", "40 to under 60", "unknown", "unknown", "60 and over");
  }

  @Test
  void every_number_is_in_the_band_between_the_cuts_around_it() {
    double[] numbers = new Random(5).doubles(1_000, 0, 80).toArray();

    List<String> bands = values(banded(ages(numbers)));

    for (int row = 0; row < numbers.length; row++) {
      double number = numbers[row];
      String expected =
          number < 18
              ? "under 18"
              : number < 40 ? "18 to under 40" : number < 60 ? "40 to under 60" : "60 and over";
      assertThat(bands.get(row)).as("%s", number).isEqualTo(expected);
    }
  }

  @Test
  void bands_can_be_crossed_with_another_column() {
    Table table =
        Table.of(
            List.of(
                TextColumn.of("sex", List.of("m", "f", "f", "m")),
                new NumericColumn("age", new double[] {70, 30, 65, Double.NaN})));

    Attribute crossed = Labels.attribute(table, "sex,age", List.of(AGES));

    assertThat(values(crossed))
        .containsExactly("m, 60 and over", "f, 18 to under 40", "f, 60 and over", "unknown");
  }

  @Test
  void the_classifier_sees_the_number() {
    Table table =
        Table.of(
            List.of(
                new NumericColumn("age", new double[] {20, 50}),
                TextColumn.of("repaid", List.of("no", "yes"))));

    LabelledSet set = Labelling.of("repaid", List.of("age")).withBands(List.of(AGES)).apply(table);

    assertThat(set.attribute("age").values()).containsExactly("18 to under 40", "40 to under 60");
    assertThat(((NumericColumn) set.inputs().column("age")).values()).containsExactly(20, 50);
  }

  @Test
  void text_that_is_no_number_is_named_with_its_row() {
    assertRefused(
        () -> banded(texts("20", "adult", "50")),
        "Column 'age', data row 2: 'adult' is not a number, so that it is in no band; correct the"
            + " cell, or empty it if the value is missing.");
  }

  @Test
  void numbers_that_are_all_in_one_band_are_refused() {
    assertRefused(
        () -> banded(ages(20, 30)),
        "Column 'age' is '18 to under 40' wherever it is known; there is no second group to compare"
            + " with.");
  }

  @Test
  void bands_of_a_column_that_is_no_attribute_or_that_has_bands_already_are_refused() {
    Table table =
        Table.of(
            List.of(
                new NumericColumn("age", new double[] {20, 50}),
                TextColumn.of("sex", List.of("f", "m")),
                TextColumn.of("repaid", List.of("no", "yes"))));

    assertRefused(
        () -> Labelling.of("repaid", List.of("sex")).withBands(List.of(AGES)).apply(table),
        "Column 'age' is given bands, but it is no protected attribute; name it as one, or leave the"
            + " bands out.");
    assertRefused(
        () ->
            Labelling.of("repaid", List.of("age"))
                .withBands(List.of(AGES, Bands.parse("age=30")))
                .apply(table),
        "Column 'age' is given bands twice; name all numbers at which its bands begin at once.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "age", "=18,40"})
  void a_text_without_a_column_or_numbers_is_refused(String text) {
    assertRefused(
        () -> Bands.parse(text),
        "'%s' does not say which bands a column has; expected the column and the numbers at which bands begin, such as age=18,40,60."
            .formatted(text));
  }

  @Test
  void a_column_without_a_cut_is_refused() {
    assertRefused(
        () -> Bands.parse("age= "),
        "Column 'age' is given no number at which a band begins; name at least one, such as"
            + " age=18,40,60.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forty", "", "NaN", "1e999"})
  void a_cut_that_is_no_number_is_refused(String cut) {
    assertRefused(
        () -> Bands.parse("age=18,%s,60".formatted(cut)),
        "A band of 'age' cannot begin at '%s'; expected a number, such as age=18,40,60."
            .formatted(cut));
  }

  @Test
  void cuts_that_do_not_ascend_are_refused() {
    assertRefused(
        () -> Bands.parse("age=18,60,40"),
        "The bands of 'age' begin at 18, 60, 40; each must begin at a number above the one before,"
            + " such as age=18,40,60.");
    assertRefused(
        () -> Bands.parse("age=18,18"),
        "The bands of 'age' begin at 18, 18; each must begin at a number above the one before, such"
            + " as age=18,40,60.");
  }

  @Test
  void a_band_is_no_value_that_a_row_can_be_given() {
    Table table =
        Table.of(
            List.of(
                new NumericColumn("age", new double[] {20, 50}),
                TextColumn.of("repaid", List.of("no", "yes"))));
    LabelledSet set = Labelling.of("repaid", List.of("age")).withBands(List.of(AGES)).apply(table);

    assertRefused(
        () -> Flip.of("age").pairs(set),
        "Column 'age' cannot be flipped, because a row that holds 20 counts as '18 to under 40'; pair"
            + " rows instead of flipping them, or leave the bands out.");
  }
}
