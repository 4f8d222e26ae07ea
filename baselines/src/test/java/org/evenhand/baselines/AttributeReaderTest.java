package org.evenhand.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Attribute;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;

class AttributeReaderTest {
  private static Table table(Column... columns) {
    return Table.of(List.of(columns));
  }

  private static double[] read(PatchNetwork reader, Column column) {
    return Arrays.stream(reader.logProbabilities(table(column))).map(Math::exp).toArray();
  }

  @Test
  void a_text_is_one_for_its_value_and_an_unknown_one_for_the_last_output() {
    TextColumn seen = TextColumn.of("town", List.of("east", "west"));
    PatchNetwork reader =
        AttributeReader.of(
            new Attribute("town", List.of("east", "west"), new int[] {0, 1}), table(seen));

    assertThat(read(reader, TextColumn.of("town", List.of("west", "east", "north", ""))))
        .containsExactly(new double[] {0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1}, within(1e-40));
  }

  @Test
  void a_number_is_one_for_its_value_alone() {
    NumericColumn seen = new NumericColumn("sex", new double[] {1, 2, 9, 2});
    PatchNetwork reader =
        AttributeReader.of(
            new Attribute("sex", List.of("1", "2", "9"), new int[] {0, 1, 2, 1}), table(seen));

    assertThat(
            read(
                reader, new NumericColumn("sex", new double[] {1, 9, 2, 1.5, Double.NaN, -4, 1e9})))
        .containsExactly(
            new double[] {
              1, 0, 0, 0, //
              0, 0, 1, 0, //
              0, 1, 0, 0, //
              0, 0, 0, 1, //
              0, 0, 0, 1, //
              0, 0, 0, 1, //
              0, 0, 0, 1
            },
            within(1e-40));
  }

  @Test
  void rows_of_unknown_value_may_hold_anything() {
    TextColumn seen = TextColumn.of("town", List.of("east", "?", "west"));
    Attribute attribute =
        new Attribute("town", List.of("east", "west"), new int[] {0, Attribute.UNKNOWN, 1});

    assertThat(AttributeReader.of(attribute, table(seen)).outputs()).isEqualTo(3);
  }

  @Test
  void an_attribute_that_is_no_column_is_refused() {
    Attribute race = new Attribute("race", List.of("a", "b"), new int[] {0, 1});
    Table without = table(TextColumn.of("town", List.of("east", "west")));

    assertThat(AttributeReader.canRead(without, "race")).isFalse();
    assertThat(AttributeReader.canRead(without, "town")).isTrue();
    assertThatThrownBy(() -> AttributeReader.of(race, without))
        .isInstanceOf(BaselinesException.class)
        .hasMessage(
            "This method reads attribute 'race' when it serves, but the columns that it may read have none of that name: town.");
  }

  @Test
  void a_column_of_other_values_is_refused() {
    Attribute bands = new Attribute("age", List.of("young", "old"), new int[] {0, 1});
    String message =
        "Column 'age' does not hold the values of the attribute of that name (young, old), so it cannot be read when the model serves; give the attribute as a column of its own.";

    assertThatThrownBy(
            () -> AttributeReader.of(bands, table(new NumericColumn("age", new double[] {20, 70}))))
        .isInstanceOf(BaselinesException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () -> AttributeReader.of(bands, table(TextColumn.of("age", List.of("old", "young")))))
        .isInstanceOf(BaselinesException.class)
        .hasMessage(message);
  }

  @Test
  void an_attribute_known_by_probabilities_is_refused() {
    Attribute uncertain =
        new Attribute(
            "race", List.of("a", "b"), new int[] {0}, Optional.of(new double[] {0.7, 0.3}));

    assertThatThrownBy(
            () -> AttributeReader.of(uncertain, table(TextColumn.of("race", List.of("a")))))
        .isInstanceOf(BaselinesException.class)
        .hasMessageStartingWith("Attribute 'race' is known by probabilities only");
  }
}
