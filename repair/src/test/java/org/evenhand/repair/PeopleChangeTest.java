package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.junit.jupiter.api.Test;

/** The true classes are no, yes, yes for the east and no, no, yes for the west. */
class PeopleChangeTest {
  private static final int[] BEFORE = {0, 0, 1, 1, 0, 1};
  private static final int[] AFTER = {1, 1, 1, 0, 0, 0};

  private static List<PeopleChange> count(LabelledSet rows, String favourable) {
    return PeopleChange.count(rows, List.of("town"), favourable, BEFORE, AFTER);
  }

  @Test
  void changes_are_counted_for_each_value_by_direction_and_by_right_and_wrong() {
    assertThat(count(Loans.rows(), "yes"))
        .containsExactly(
            new PeopleChange("town", "east", 3, 2, 2, 0, 1, 1),
            new PeopleChange("town", "west", 3, 2, 0, 2, 1, 1));
  }

  @Test
  void what_is_favourable_decides_the_direction() {
    assertThat(count(Loans.rows(), "no"))
        .extracting(PeopleChange::toFavourable, PeopleChange::toUnfavourable)
        .containsExactly(tuple(0.0, 2.0), tuple(2.0, 0.0));
  }

  @Test
  void without_a_favourable_class_there_is_no_direction() {
    assertThat(count(Loans.rows(), ""))
        .allSatisfy(
            change -> {
              assertThat(change.changed()).isEqualTo(2);
              assertThat(change.toFavourable()).isZero();
              assertThat(change.toUnfavourable()).isZero();
            });
  }

  @Test
  void a_row_of_weight_2_counts_as_the_row_twice() {
    LabelledSet rows = Loans.rows(Loans.TOWN, 2, 1, 1, 3, 1, 0);

    assertThat(count(rows, "yes"))
        .containsExactly(
            new PeopleChange("town", "east", 4, 3, 3, 0, 1, 2),
            new PeopleChange("town", "west", 4, 3, 0, 3, 3, 0));
  }

  @Test
  void people_of_unknown_value_are_in_no_group() {
    Attribute town =
        new Attribute("town", Loans.TOWNS, new int[] {Attribute.UNKNOWN, 0, 0, 1, 1, 1});

    assertThat(count(Loans.rows(town, 1, 1, 1, 1, 1, 1), "yes").get(0))
        .isEqualTo(new PeopleChange("town", "east", 2, 1, 1, 0, 1, 0));
  }

  @Test
  void people_known_by_probabilities_count_in_every_group_with_theirs() {
    double[] probabilities = {0.5, 0.5, 1, 0, 1, 0, 0.25, 0.75, 0, 1, 0, 1};
    Attribute town =
        new Attribute(
            "town", Loans.TOWNS, new int[] {0, 0, 0, 1, 1, 1}, Optional.of(probabilities));

    assertThat(count(Loans.rows(town, 1, 1, 1, 1, 1, 1), "yes"))
        .containsExactly(
            new PeopleChange("town", "east", 2.75, 1.75, 1.5, 0.25, 1.25, 0.5),
            new PeopleChange("town", "west", 3.25, 2.25, 0.5, 1.75, 0.75, 1.5));
  }
}
