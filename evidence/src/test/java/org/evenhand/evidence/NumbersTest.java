package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.evenhand.audit.Estimate;
import org.evenhand.evidence.Numbers.Unit;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void fractions_become_percent_points_or_stay_ratios() {
    assertThat(Unit.PERCENT.show(0.4349)).isEqualTo("43.5%");
    assertThat(Unit.POINTS.show(-0.031)).isEqualTo("−3.1");
    assertThat(Unit.RATIO.show(0.796)).isEqualTo("0.80");
    assertThat(Unit.PERCENT.interval(new Estimate.Known(0.5, 0.4, 0.6))).isEqualTo("40.0 to 60.0%");
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
    assertThat(Numbers.pValue(0.0001)).isEqualTo("p < 0.001");
    assertThat(Numbers.pValue(0.0321)).isEqualTo("p = 0.032");
    assertThat(Numbers.pValue(Double.NaN)).isEqualTo("p unknown");
  }

  @Test
  void counts_are_grouped_and_weights_keep_a_decimal() {
    assertThat(Numbers.count(5278)).isEqualTo("5,278");
    assertThat(Numbers.count(5278.5)).isEqualTo("5,278.5");
  }
}
