package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MembersTest {
  private static final List<String> RACES = List.of("Black", "White");

  private static Attribute race(int... codes) {
    return new Attribute("race", RACES, codes);
  }

  @Test
  void where_every_value_is_known_every_row_is_a_member_once() {
    double[] weights = {2, 1};

    Members members = Members.of(race(1, 0), weights);

    assertThat(members.rows()).containsExactly(0, 1);
    assertThat(members.attribute().codes()).containsExactly(1, 0);
    assertThat(members.weights()).isSameAs(weights);
    assertThat(members.known()).isEqualTo(3);
    assertThat(members.unknown()).isZero();
  }

  @Test
  void a_row_whose_value_is_unknown_is_no_member_and_is_counted_by_its_weight() {
    Members members = Members.of(race(1, Attribute.UNKNOWN, 0), new double[] {1, 5, 3});

    assertThat(members.rows()).containsExactly(0, 2);
    assertThat(members.attribute().codes()).containsExactly(1, 0);
    assertThat(members.weights()).containsExactly(1, 3);
    assertThat(members.known()).isEqualTo(4);
    assertThat(members.unknown()).isEqualTo(5);
  }

  @Test
  void a_row_known_by_probabilities_is_a_member_of_every_value_that_it_may_have() {
    Attribute uncertain =
        new Attribute(
            "race",
            RACES,
            new int[] {1, Attribute.UNKNOWN, 0},
            Optional.of(new double[] {0.25, 0.75, 0, 0, 1, 0}));

    Members members = Members.of(uncertain, new double[] {2, 1, 1});

    assertThat(members.rows()).containsExactly(0, 0, 2);
    assertThat(members.attribute().codes()).containsExactly(0, 1, 0);
    assertThat(members.attribute().certain()).isTrue();
    assertThat(members.weights()).containsExactly(0.5, 1.5, 1);
    assertThat(members.known()).isEqualTo(3);
    assertThat(members.unknown()).isEqualTo(1);
  }

  @Test
  void members_of_some_rows_are_theirs_and_what_is_known_of_all_stays_said() {
    Members all = Members.of(race(1, Attribute.UNKNOWN, 0, 1), new double[] {1, 5, 3, 2});

    Members some = all.among(new boolean[] {true, true, false, true});

    assertThat(some.rows()).containsExactly(0, 3);
    assertThat(some.attribute().codes()).containsExactly(1, 1);
    assertThat(some.weights()).containsExactly(1, 2);
    assertThat(some.known()).isEqualTo(6);
    assertThat(some.unknown()).isEqualTo(5);
  }

  @Test
  void selected_rows_keep_their_probabilities() {
    Attribute uncertain =
        new Attribute(
            "race", RACES, new int[] {1, 0}, Optional.of(new double[] {0.25, 0.75, 0.9, 0.1}));

    assertThat(uncertain.select(new int[] {1, 1, 0}).probabilities().orElseThrow())
        .containsExactly(0.9, 0.1, 0.9, 0.1, 0.25, 0.75);
  }

  @Test
  void probabilities_are_as_many_as_rows_times_values() {
    assertThatThrownBy(
            () -> new Attribute("race", RACES, new int[] {0}, Optional.of(new double[] {1})))
        .isInstanceOf(CoreException.class)
        .hasMessage("Attribute 'race' has 1 probabilities; 1 rows with 2 values need 2.");
  }

  @Test
  void rows_that_are_unknown_are_a_stratum_of_their_own() {
    Table inputs = Table.of(List.of(new NumericColumn("x", new double[4])));
    Target target = new Target("t", Classes.of("no", "yes"), new int[] {0, 0, 1, 1});

    int[] strata =
        LabelledSet.of(inputs, target, List.of(race(1, Attribute.UNKNOWN, Attribute.UNKNOWN, 1)))
            .strata();

    assertThat(strata).doesNotHaveDuplicates();
  }
}
