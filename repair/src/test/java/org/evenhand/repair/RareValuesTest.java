package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

class RareValuesTest {
  private static final List<String> TOWNS = List.of("east", "stray", "west");

  /** As many rows of each class as said, for each town. */
  private static LabelledSet rows(int... perClass) {
    int[] towns =
        IntStream.range(0, perClass.length)
            .flatMap(town -> IntStream.range(0, 2 * perClass[town]).map(row -> town))
            .toArray();
    int[] targets = IntStream.range(0, towns.length).map(row -> row % 2).toArray();
    return LabelledSet.of(
        Table.of(List.of(new NumericColumn("x", new double[towns.length]))),
        new Target("repaid", Loans.CLASSES, targets),
        List.of(new Attribute("town", TOWNS, towns)));
  }

  @Test
  void a_value_with_hardly_any_rows_is_unknown_to_a_repair() {
    RareValues found = RareValues.unknownIn(rows(30, 1, 40), List.of("town"));

    Attribute town = found.rows().attribute("town");
    assertThat(town.values()).containsExactly("east", "west");
    assertThat(town.codes()[59]).isZero();
    assertThat(town.codes()[60]).isEqualTo(Attribute.UNKNOWN);
    assertThat(town.codes()[62]).isEqualTo(1);
    assertThat(found.warnings())
        .containsExactly(
            "Of 'town' the value 'stray' has only 1 calibration rows in some class; a repair is fitted to the other values, and learns nothing of this one.");
  }

  @Test
  void rows_without_rare_values_stay_as_they_are() {
    LabelledSet rows = rows(30, 10, 40);

    assertThat(RareValues.unknownIn(rows, List.of("town")).rows()).isSameAs(rows);
  }

  @Test
  void two_values_are_left_or_all() {
    LabelledSet rows = rows(30, 1, 2);

    assertThat(RareValues.unknownIn(rows, List.of("town")))
        .isEqualTo(new RareValues(rows, List.of()));
  }

  @Test
  void attributes_that_are_not_repaired_stay_as_they_are() {
    LabelledSet rows = rows(30, 1, 40);

    assertThat(RareValues.unknownIn(rows, List.of()).rows()).isSameAs(rows);
  }
}
