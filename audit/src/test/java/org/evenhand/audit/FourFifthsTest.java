package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.audit.FourFifths.State;
import org.evenhand.core.Attribute;
import org.junit.jupiter.api.Test;

class FourFifthsTest {
  private static FourFifths check(double[] selected, double... rows) {
    Attribute attribute = Cells.attribute(rows.length, 0);
    Proportion[] rates =
        IntStream.range(0, rows.length)
            .mapToObj(b -> new Proportion(selected[b], rows[b]))
            .toArray(Proportion[]::new);
    return FourFifths.of(attribute, rates, "yes", AuditSettings.DEFAULT);
  }

  @Test
  void the_lowest_rate_is_divided_by_the_highest() {
    FourFifths check = check(new double[] {420, 620, 500}, 1000, 1000, 1000);

    assertThat(((Known) check.ratio()).value()).isCloseTo(42 / 62.0, within(1e-15));
    assertThat(check.lowest()).contains("a");
    assertThat(check.highest()).contains("b");
    assertThat(check.state()).contains(State.BELOW);
  }

  @Test
  void the_reference_does_not_matter() {
    double[][][] counts = {{{380, 120}, {190, 310}}, {{200, 300}, {190, 310}}};

    FourFifths one =
        Cells.of(counts)
            .audit(ValueMetricsTest.settings(Optional.of("1"), Map.of("g", "a")))
            .fourFifths();
    FourFifths other =
        Cells.of(counts)
            .audit(ValueMetricsTest.settings(Optional.of("1"), Map.of("g", "b")))
            .fourFifths();

    assertThat(one).isEqualTo(other);
    assertThat(((Known) one.ratio()).value()).isCloseTo(420 / 620.0, within(1e-15));
  }

  @Test
  void three_states_follow_from_the_interval() {
    assertThat(check(new double[] {5000, 4900}, 10_000, 10_000).state()).contains(State.AT_LEAST);
    assertThat(check(new double[] {50, 41}, 100, 100).state()).contains(State.OPEN);
    assertThat(check(new double[] {5000, 3500}, 10_000, 10_000).state()).contains(State.BELOW);
  }

  @Test
  void a_value_of_few_rows_cannot_be_below_but_leaves_nothing_at_least() {
    FourFifths check = check(new double[] {5000, 4900, 0}, 10_000, 10_000, 29);

    assertThat(((Known) check.ratio()).value()).isEqualTo(0.98);
    assertThat(check.state()).contains(State.OPEN);
    assertThat(check(new double[] {5000, 2000, 29}, 10_000, 10_000, 29).state())
        .contains(State.BELOW);
  }

  @Test
  void a_rate_of_zero_is_a_ratio_of_zero() {
    FourFifths check = check(new double[] {0, 244}, 500, 500);

    Known ratio = (Known) check.ratio();
    assertThat(ratio.value()).isZero();
    assertThat(ratio.low()).isZero();
    assertThat(ratio.high()).isBetween(0.001, 0.05);
    assertThat(check.state()).contains(State.BELOW);
  }

  @Test
  void what_cannot_be_divided_is_unknown_with_its_reason_and_has_no_state() {
    FourFifths none = check(new double[] {0, 0}, 100, 100);
    FourFifths one = check(new double[] {50, 5}, 100, 10);

    assertThat(none.ratio())
        .isEqualTo(new Unknown("no row of a judged value is given class 'yes'"));
    assertThat(none.state()).isEmpty();
    assertThat(one.ratio())
        .isEqualTo(new Unknown("fewer than two values of g have at least 30 rows"));
    assertThat(one.lowest()).isEmpty();
  }

  @Test
  void without_a_favourable_class_there_is_nothing_to_check() {
    double[][][] counts = new double[3][2][3];
    for (double[][] ofClass : counts) {
      ofClass[0] = new double[] {50, 50, 50};
      ofClass[1] = new double[] {50, 50, 60};
    }

    assertThat(Cells.of(counts).audit().fourFifths().ratio())
        .isEqualTo(new Unknown("name the favourable class"));
  }

  @Test
  void intervals_hold_the_ratio_of_the_extremes_of_several_values() {
    double[] rates = {0.5, 0.4, 0.45, 0.5, 0.4};
    SplittableRandom random = new SplittableRandom(6);
    int low = 0;
    int high = 0;
    for (int repetition = 0; repetition < 1_000; repetition++) {
      double[] selected = new double[5];
      double[] rows = {60, 200, 400, 90, 150};
      for (int b = 0; b < 5; b++) {
        selected[b] = new BinomialSampler((long) rows[b], rates[b]).draw(random);
      }
      Known ratio = (Known) check(selected, rows).ratio();
      low += ratio.low() > 0.8 ? 1 : 0;
      high += ratio.high() < 0.8 ? 1 : 0;
    }

    // 25 expected at most on either side; 41 is exceeded in one of a thousand runs.
    assertThat(low).isLessThanOrEqualTo(41);
    assertThat(high).isLessThanOrEqualTo(41);
  }
}
