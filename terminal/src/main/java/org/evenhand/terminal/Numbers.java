package org.evenhand.terminal;

import java.math.BigDecimal;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line: what they may look like, and one sentence if they do not. */
public final class Numbers {
  private Numbers() {}

  /** How numbers of all options are read that name no converter of their own. */
  static void install(CommandLine line) {
    line.registerConverter(double.class, Numbers::number);
    line.registerConverter(Double.class, Numbers::number);
    line.registerConverter(int.class, Numbers::count);
    line.registerConverter(Integer.class, Numbers::count);
    line.registerConverter(
        long.class, text -> whole(text, Long::valueOf, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static Double number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new TypeConversionException("'%s' is not a number, such as 0.05".formatted(text));
  }

  private static Integer count(String text) {
    return whole(text, Integer::valueOf, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static <N> N whole(String text, Function<String, N> parse, long least, long most) {
    try {
      return parse.apply(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'%s' is not a whole number%s"
              .formatted(
                  text,
                  text.strip().matches("[-+]?\\d+")
                      ? " from %d to %d".formatted(least, most)
                      : ""));
    }
  }

  private static String moved(String number, int places) {
    return new BigDecimal(number.strip())
        .movePointRight(places)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static boolean isPercent(String text) {
    return text.strip().endsWith("%");
  }

  private static double withoutSign(String text) {
    String stripped = text.strip();
    return number(isPercent(text) ? stripped.substring(0, stripped.length() - 1) : stripped);
  }

  /** A share of a whole: {@code 0.05} or {@code 5%}. */
  public static final class Share implements ITypeConverter<Double> {
    /** For picocli. */
    public Share() {}

    @Override
    public Double convert(String text) {
      double given = withoutSign(text);
      if (isPercent(text)) {
        return given / 100;
      }
      if (given > 1) {
        throw new TypeConversionException(
            "%1$s is more than the whole; write %2$s or %1$s%%"
                .formatted(text.strip(), moved(text, -2)));
      }
      return given;
    }
  }

  /**
   * Points of a percentage: {@code 2} or {@code 2%}. What looks like a fraction is refused, because
   * a limit of 0.02 points is hardly meant.
   */
  public static final class Points implements ITypeConverter<Double> {
    private static final double SUSPICIOUS = 0.25;

    /** For picocli. */
    public Points() {}

    @Override
    public Double convert(String text) {
      double given = withoutSign(text);
      if (!isPercent(text) && given > 0 && given < SUSPICIOUS) {
        throw new TypeConversionException(
            "%1$s looks like a fraction, but points are expected: write %2$s for %2$s points, or %1$s%% if so little is meant"
                .formatted(text.strip(), moved(text, 2)));
      }
      return given;
    }
  }
}
