package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.evenhand.audit.Estimate;
import org.evenhand.evidence.Numbers.Unit;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void fractions_become_percent_points_or_stay_ratios() {
    assertThat(Unit.PERCENT.show(0.4349)).isEqualTo("43.5\u00a0%");
    assertThat(Unit.POINTS.show(-0.031)).isEqualTo("−3.1");
    assertThat(Unit.RATIO.show(0.796)).isEqualTo("0.80");
    assertThat(Unit.PERCENT.interval(new Estimate.Known(0.5, 0.4, 0.6)))
        .isEqualTo("40.0 to 60.0\u00a0%");
  }

  @Test
  void what_rounds_to_zero_has_no_sign() {
    assertThat(Unit.POINTS.show(-0.0001)).isEqualTo("0.0");
  }

  @Test
  void an_open_end_is_infinity_and_an_unknown_is_a_dash() {
    assertThat(Unit.RATIO.show(Double.POSITIVE_INFINITY)).isEqualTo("∞");
    assertThat(Unit.RATIO.show(Double.NaN)).isEqualTo("–");
    assertThat(Unit.RATIO.show(new Estimate.Unknown("No row."))).isEqualTo("–");
  }

  @Test
  void a_p_value_is_never_zero() {
    assertThat(Numbers.pValue(0.0001)).isEqualTo("below 0.001");
    assertThat(Numbers.pValue(0.0321)).isEqualTo("0.032");
    assertThat(Numbers.pValue(Double.NaN)).isEqualTo("unknown");
  }

  @Test
  void counts_are_grouped_and_weights_keep_a_decimal() {
    assertThat(Numbers.count(5278)).isEqualTo("5,278");
    assertThat(Numbers.count(5278.5)).isEqualTo("5,278.5");
  }

  @Test
  void a_number_of_any_size_has_three_digits() {
    assertThat(Numbers.significant(0.014249)).isEqualTo("0.0142");
    assertThat(Numbers.significant(310.4)).isEqualTo("310");
    assertThat(Numbers.significant(-0.9999)).isEqualTo("−1.00");
    assertThat(Numbers.significant(42_000_000)).isEqualTo("4.20\u00a0×\u00a010⁷");
    assertThat(Numbers.significant(-3.21e-10)).isEqualTo("−3.21\u00a0×\u00a010⁻¹⁰");
    assertThat(Numbers.significant(0)).isEqualTo("0");
    assertThat(Numbers.significant(Double.POSITIVE_INFINITY)).isEqualTo("∞");
    assertThat(Numbers.significant(Double.NaN)).isEqualTo("–");
  }

  @Test
  void a_rise_has_a_plus_sign() {
    assertThat(Unit.POINTS.signed(0.021)).isEqualTo("+2.1");
    assertThat(Unit.POINTS.signed(-0.021)).isEqualTo("−2.1");
    assertThat(Unit.FINE_POINTS.signed(0.00002)).isEqualTo("0.00");
  }
}
