package org.evenhand.evidence;

import java.util.Locale;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Metric;
import org.evenhand.audit.PairsMetric;

/** Numbers as people read them, the same in every locale. */
final class Numbers {
  private static final String MINUS = "\u2212";
  private static final String UNKNOWN = "\u2013";

  /** The characters from '-' to '9', raised; '.' and '/' do not occur. */
  private static final String RAISED = "⁻  ⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numbers() {}

  /** How a fraction is shown. */
  enum Unit {
    /** In hundredths, with the sign. */
    PERCENT(100, 1, "\u00a0%", ""),
    /** Differences and gaps, in percentage points. */
    POINTS(100, 1, "", " points"),
    /** Differences that are small by nature, in percentage points. */
    FINE_POINTS(100, 2, "", " points"),
    /** Ratios, areas and plain numbers, as they are. */
    RATIO(1, 2, "", "");

    private final double factor;
    private final int decimals;
    private final String suffix;
    private final String word;

    /** How a metric is shown. */
    static Unit of(Metric metric) {
      return switch (metric.unit()) {
        case PERCENT -> PERCENT;
        case POINTS -> metric instanceof PairsMetric ? FINE_POINTS : POINTS;
        case RATIO, NUMBER -> RATIO;
      };
    }

    Unit(double factor, int decimals, String suffix, String word) {
      this.factor = factor;
      this.decimals = decimals;
      this.suffix = suffix;
      this.word = word;
    }

    /** The number with its unit's sign; a dash if it is not a number. */
    String show(double value) {
      return Double.isNaN(value) ? UNKNOWN : bare(value) + suffix;
    }

    /** A change: with a plus sign where it rises. */
    String signed(double change) {
      String text = show(change);
      return change > 0 && !text.equals(show(0)) ? "+" + text : text;
    }

    /** Both ends, the sign once. */
    String interval(Estimate.Known known) {
      return bare(known.low()) + " to " + bare(known.high()) + suffix;
    }

    /** The value, or a dash. */
    String show(Estimate estimate) {
      return estimate instanceof Estimate.Known known ? show(known.value()) : UNKNOWN;
    }

    /** The number in a sentence, with its unit. */
    String inWords(double value) {
      return show(value) + word;
    }

    /** The value in a sentence, or a dash. */
    String inWords(Estimate estimate) {
      return estimate instanceof Estimate.Known known ? inWords(known.value()) : UNKNOWN;
    }

    /** Both ends in a sentence, with the unit. */
    String range(Estimate.Known known) {
      return bare(known.low()) + " and " + inWords(known.high());
    }

    private String bare(double value) {
      return fixed(value * factor, decimals);
    }
  }

  /** With that many decimals, a true minus sign, and no negative zero. */
  static String fixed(double value, int decimals) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "\u221e" : MINUS + "\u221e";
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value));
    boolean zero = text.chars().allMatch(c -> c == '0' || c == '.');
    return value < 0 && !zero ? MINUS + text : text;
  }

  /** Three digits of a number of any size: 0.0142, 310, 4.20 × 10⁷. */
  static String significant(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return Double.isNaN(value) ? UNKNOWN : fixed(value, 0);
    }
    String[] parts = String.format(Locale.ROOT, "%.2e", value).split("e", 2);
    int exponent = Integer.parseInt(parts[1]);
    if (exponent >= -3 && exponent <= 2) {
      return fixed(value, 2 - exponent);
    }
    return parts[0].replace("-", MINUS) + "\u00a0×\u00a010" + superscript(exponent);
  }

  private static String superscript(int exponent) {
    StringBuilder raised = new StringBuilder();
    Integer.toString(exponent).chars().forEach(c -> raised.append(RAISED.charAt(c - '-')));
    return raised.toString();
  }

  /** A weighted number of rows: 5,278 or 5,278.5. */
  static String count(double rows) {
    return String.format(Locale.ROOT, rows == Math.rint(rows) ? "%,.0f" : "%,.1f", rows);
  }

  /** As in {@code 0.032} or {@code below 0.001}; never zero, which no number of draws can show. */
  static String pValue(double p) {
    if (Double.isNaN(p)) {
      return "unknown";
    }
    return p < 0.001 ? "below 0.001" : fixed(p, 3);
  }

  /** A coordinate of a picture. */
  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** A word that begins a line. */
  static String capitalized(String text) {
    int first = Math.min(1, text.length());
    return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
  }
}
