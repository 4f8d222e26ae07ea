package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalParserTest {
  private static double parse(String text) {
    String surrounded = "9" + text + "9";
    return DecimalParser.parse(surrounded.toCharArray(), 1, text.length());
  }

  private static void assertAsTheJdk(String text) {
    // Bits, so that the sign of zero counts.
    assertThat(Double.doubleToLongBits(parse(text)))
        .as(text)
        .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "1",
        "+1",
        "007",
        ".5",
        "5.",
        "-12.75",
        "1e3",
        "1E-3",
        "1e+22",
        "1e-22",
        "1e23",
        "9007199254740993",
        "9007199254740992.5",
        "0.1",
        "0.30000000000000004",
        "123456789012345678901234567890",
        "4.9e-324",
        "2.2250738585072011e-308",
        "1e400",
        "-1e400",
        "1e-400",
        "0e99999999999",
        "1.7976931348623157e308",
        " 1.5\t",
        "999999999999999999",
        "0.9999999999999999444888487687",
        "100000000000000008388608e-23"
      })
  void a_decimal_number_is_read_as_the_jdk_reads_it(String text) {
    assertAsTheJdk(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1e5x",
        "1.2.3",
        "1,5",
        "0x10",
        "1d",
        "1f",
        "NaN",
        "Infinity",
        "--1",
        "1 2",
        "١"
      })
  void what_is_not_a_plain_decimal_number_is_refused(String text) {
    assertThat(parse(text)).isNaN();
  }

  @Test
  void random_doubles_survive_being_printed_and_read() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      assertAsTheJdk(Double.toString(random.nextDouble()));
      assertAsTheJdk(Double.toString((random.nextDouble() - 0.5) * Math.pow(10, i % 20)));
    }
  }

  @Test
  void random_decimals_of_up_to_twenty_digits_are_rounded_as_the_jdk_rounds_them() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200_000; i++) {
      long digits = random.nextLong() >>> random.nextInt(1, 40);
      assertAsTheJdk(BigDecimal.valueOf(digits, random.nextInt(0, 24)).toPlainString());
      assertAsTheJdk(digits + "e" + random.nextInt(-30, 30));
    }
  }

  @Test
  void decimals_beside_the_midpoint_of_two_doubles_are_rounded_as_the_jdk_rounds_them() {
    // Eighteen digits cannot write a midpoint below 1 exactly, but they come as near as 1e-18.
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextDouble();
      BigDecimal midpoint =
          new BigDecimal(value).add(new BigDecimal(Math.ulp(value) / 2)).stripTrailingZeros();
      BigDecimal rounded = midpoint.setScale(18, java.math.RoundingMode.HALF_EVEN);
      assertAsTheJdk(rounded.toPlainString());
      assertAsTheJdk(rounded.add(BigDecimal.valueOf(1, 18)).toPlainString());
      assertAsTheJdk(rounded.subtract(BigDecimal.valueOf(1, 18)).toPlainString());
    }
    // Midpoints that are short decimals: odd multiples of half a unit at 2^53.
    for (int i = 0; i < 100_000; i++) {
      assertAsTheJdk((random.nextLong(1L << 53, 1L << 54) | 1) + "0e-1");
      assertAsTheJdk(random.nextLong(1L << 52, 1L << 53) + ".5");
    }
  }
}
