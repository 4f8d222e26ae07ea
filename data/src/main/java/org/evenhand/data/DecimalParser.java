package org.evenhand.data;

/** Reads decimal numbers from characters: to the last bit as {@link Double#parseDouble}, faster. */
final class DecimalParser {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long LARGEST_EXACT_INTEGER = 1L << 53;
  // One more digit still fits into a long.
  private static final long ROOM_FOR_A_DIGIT = 100_000_000_000_000_000L;
  private static final double ROUNDING_MARGIN = 0x1p-50;
  private static final int EXPONENT_LIMIT = 100_000;

  private DecimalParser() {}

  /**
   * The number that is written there, or NaN if none is: an optional sign, digits with an optional
   * point, an optional exponent, blanks around. Infinite if it is too large for a double.
   */
  static double parse(char[] text, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end && isBlank(text[at])) {
      at++;
    }
    while (end > at && isBlank(text[end - 1])) {
      end--;
    }
    int start = at;
    boolean negative = at < end && text[at] == '-';
    if (negative || (at < end && text[at] == '+')) {
      at++;
    }

    long significand = 0;
    boolean cut = false;
    int digits = 0;
    int decimals = 0;
    boolean afterPoint = false;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        if (significand < ROOM_FOR_A_DIGIT) {
          significand = 10 * significand + digit;
        } else {
          cut = true;
        }
        digits++;
        decimals += afterPoint ? 1 : 0;
      } else if (text[at] == '.' && !afterPoint) {
        afterPoint = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    int exponent = 0;
    if (at < end) {
      exponent = exponent(text, at, end);
      if (exponent == Integer.MIN_VALUE) {
        return Double.NaN;
      }
    }

    int scale = exponent - decimals;
    double magnitude =
        cut || Math.abs(scale) >= POWERS_OF_TEN.length ? Double.NaN : scaled(significand, scale);
    if (Double.isNaN(magnitude)) {
      return Double.parseDouble(new String(text, start, end - start));
    }
    return negative ? -magnitude : magnitude;
  }

  /** The double nearest to {@code significand · 10^scale}, or NaN if that takes longer to tell. */
  private static double scaled(long significand, int scale) {
    double power = POWERS_OF_TEN[Math.abs(scale)];
    if (significand <= LARGEST_EXACT_INTEGER) {
      // Both operands are exact, so the one rounding of IEEE arithmetic gives the nearest double.
      return scale < 0 ? significand / power : significand * power;
    }
    if (scale >= 0) {
      return Double.NaN;
    }
    // 17 digits, as Python and Java print a double: divide the nearest double, then add what the
    // exact remainder still gives. Its two roundings matter only beside a tie of the sum.
    double nearest = significand;
    double quotient = nearest / power;
    double remainder = Math.fma(-quotient, power, nearest) + (significand - (long) nearest);
    double correction = remainder / power;
    double low = quotient + correction * (1 - ROUNDING_MARGIN);
    double high = quotient + correction * (1 + ROUNDING_MARGIN);
    return low == high ? low : Double.NaN;
  }

  /** The exponent that fills the rest of the text, or {@link Integer#MIN_VALUE} if none does. */
  private static int exponent(char[] text, int from, int end) {
    int at = from;
    if ((text[at] | 0x20) != 'e') {
      return Integer.MIN_VALUE;
    }
    at++;
    boolean negative = at < end && text[at] == '-';
    if (negative || (at < end && text[at] == '+')) {
      at++;
    }
    if (at == end) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      exponent = Math.min(10 * exponent + digit, EXPONENT_LIMIT);
    }
    return negative ? -exponent : exponent;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
