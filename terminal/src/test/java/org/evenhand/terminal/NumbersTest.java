package org.evenhand.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class NumbersTest {
  private final Numbers.Share share = new Numbers.Share();
  private final Numbers.Points points = new Numbers.Points();

  @ParameterizedTest
  @CsvSource({"0.05, 0.05", "5%, 0.05", "' 5 %', 0.05", "1, 1", "100%, 1", "-1, -1", "1e-3, 0.001"})
  void a_share_is_a_fraction_or_a_percentage(String text, double value) {
    assertThat(share.convert(text)).isCloseTo(value, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "2%, 2", "0, 0", "0.25, 0.25", "0.1%, 0.1", "-0.1, -0.1"})
  void points_are_a_number_or_a_percentage(String text, double value) {
    assertThat(points.convert(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"five", "", "%", "5%%", "NaN", "Infinity", "0x1"})
  void what_is_no_number_is_refused(String text) {
    assertThatThrownBy(() -> share.convert(text)).isInstanceOf(TypeConversionException.class);
    assertThatThrownBy(() -> points.convert(text)).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void a_share_that_reads_like_a_percentage_is_refused_with_both_spellings() {
    assertThatThrownBy(() -> share.convert("95"))
        .hasMessage("95 is more than the whole; write 0.95 or 95%");
  }

  @Test
  void points_that_read_like_a_fraction_are_refused_with_both_spellings() {
    assertThatThrownBy(() -> points.convert("0.05"))
        .hasMessage(
            "0.05 looks like a fraction, but points are expected: write 5 for 5 points, or 0.05% if so little is meant");
  }
}
