package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbabilityColumnsTest {
  private static final ProbabilityColumns RACE =
      ProbabilityColumns.parse("race=White:p_white,Black:p_black");

  private static Table table(double[] white, double[] black) {
    return Table.of(
        List.of(new NumericColumn("p_white", white), new NumericColumn("p_black", black)));
  }

  private static void assertRefused(Table table, String message) {
    assertThatThrownBy(() -> RACE.of(table)).isInstanceOf(DataException.class).hasMessage(message);
  }

  @Test
  void the_text_names_the_attribute_and_a_column_for_every_value() {
    assertThat(ProbabilityColumns.parse("race = White: w , Black or Brown:bb"))
        .isEqualTo(
            new ProbabilityColumns("race", List.of("White", "Black or Brown"), List.of("w", "bb")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "race",
        "=White:w,Black:b",
        "race=White:w",
        "race=White:w,Black",
        "race=White:w,:b",
        "race=White:w,White:b",
        "race=White:w,Black:w"
      })
  void a_text_of_another_form_is_refused_with_an_example(String text) {
    assertThatThrownBy(() -> ProbabilityColumns.parse(text))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "'%s' does not say which columns hold the probabilities; expected an attribute and two values or more with a column each, such as race=White:p_white,Black:p_black."
                .formatted(text));
  }

  @Test
  void rows_have_their_probabilities_and_the_most_probable_value_as_code() {
    Attribute race = RACE.of(table(new double[] {0.8, 0.1, 1}, new double[] {0.2, 0.9, 0}));

    assertThat(race.name()).isEqualTo("race");
    assertThat(race.values()).containsExactly("White", "Black");
    assertThat(race.codes()).containsExactly(0, 1, 0);
    assertThat(race.probabilities().orElseThrow()).containsExactly(0.8, 0.2, 0.1, 0.9, 1, 0);
  }

  @Test
  void probabilities_rounded_to_three_decimals_are_scaled_to_sum_to_one() {
    double[] scaled =
        RACE.of(table(new double[] {0.333}, new double[] {0.666})).probabilities().orElseThrow();

    assertThat(scaled[0] + scaled[1]).isCloseTo(1, within(1e-15));
  }

  @Test
  void a_row_without_any_of_them_is_unknown() {
    Attribute race = RACE.of(table(new double[] {0.8, Double.NaN}, new double[] {0.2, Double.NaN}));

    assertThat(race.codes()).containsExactly(0, Attribute.UNKNOWN);
    assertThat(race.probabilities().orElseThrow()).containsExactly(0.8, 0.2, 0, 0);
  }

  @Test
  void what_is_no_probability_is_named_with_its_column_and_row() {
    assertRefused(
        table(new double[] {0.5, 0.5}, new double[] {0.5, 1.5}),
        "Column 'p_black', data row 2: the probability of race = Black is 1.5; expected a number"
            + " between 0 and 1, or no number in any of p_white, p_black.");
    assertRefused(
        table(new double[] {-0.1}, new double[] {1}),
        "Column 'p_white', data row 1: the probability of race = White is -0.1; expected a number"
            + " between 0 and 1, or no number in any of p_white, p_black.");
    assertRefused(
        table(new double[] {Double.NaN}, new double[] {1}),
        "Column 'p_white', data row 1: the probability of race = White is missing; expected a"
            + " number between 0 and 1, or no number in any of p_white, p_black.");
  }

  @Test
  void a_sum_that_is_not_one_is_named_with_its_columns_and_row() {
    assertRefused(
        table(new double[] {0.5, 0.6}, new double[] {0.5, 0.3}),
        "Columns p_white, p_black, data row 2: the probabilities of 'race' sum to 0.900000; they"
            + " must sum to 1, so give every value a column.");
  }

  @Test
  void a_column_of_text_is_refused() {
    Table table =
        Table.of(
            List.of(
                TextColumn.of("p_white", List.of("high")),
                new NumericColumn("p_black", new double[] {0.1})));

    assertRefused(table, "Column 'p_white' holds text, but probabilities must be numbers.");
  }

  @Test
  void an_attribute_known_by_probabilities_stands_beside_those_with_columns() {
    Table table =
        Table.of(
            List.of(
                TextColumn.of("repaid", List.of("yes", "no")),
                TextColumn.of("sex", List.of("f", "m")),
                new NumericColumn("p_white", new double[] {0.3, 1}),
                new NumericColumn("p_black", new double[] {0.7, 0})));

    LabelledSet set =
        Labelling.of("repaid", List.of("sex")).withProbabilities(List.of(RACE)).apply(table);

    assertThat(set.attributes()).extracting(Attribute::name).containsExactly("sex", "race");
    assertThat(set.attribute("race").codes()).containsExactly(1, 0);
    assertThatThrownBy(
            () -> Labelling.of("repaid", List.of("race")).withProbabilities(List.of(RACE)))
        .hasMessageStartingWith("Column 'race' is named twice");
  }
}
