package org.evenhand.audit;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A figure that an audit gives, with all that texts, JSON, reports and documentation say of it.
 * Every kind of subject has its own registry: {@link OverallMetric}, {@link AttributeMetric},
 * {@link GroupMetric}, {@link ValueMetric} and {@link PairsMetric}, whose {@code of} reads the
 * figure.
 */
public sealed interface Metric
    permits OverallMetric, AttributeMetric, GroupMetric, ValueMetric, PairsMetric {

  /** How a number is to be read. */
  enum Unit {
    /** A share from 0 to 1, shown in percent. */
    PERCENT,
    /** A difference of shares or probabilities, shown in percentage points. */
    POINTS,
    /** A ratio or an area, shown as it is. */
    RATIO,
    /** A number of standard deviations or the like, without a range. */
    NUMBER
  }

  /** Which way is better, as far as that can be said of a number alone. */
  enum Better {
    /** The higher, the better. */
    HIGHER,
    /** The lower, the better. */
    LOWER,
    /** The nearer to zero, from either side. */
    NEAR_ZERO,
    /** The nearer to one, from either side. */
    NEAR_ONE,
    /** Neither: what matters is how values compare. */
    NEITHER
  }

  /**
   * What is said of a metric.
   *
   * @param title for people, as it stands in the middle of a sentence or, capitalised, at its start
   * @param unit how its number is read
   * @param better which way is better
   * @param definition one sentence
   */
  record Meaning(String title, Unit unit, Better better, String definition) {}

  /** The constant's name. */
  String name();

  /** What is said of it. */
  Meaning meaning();

  /**
   * The key in JSON: the name in lower case. Keys are a contract with users' programs, so constants
   * are never renamed.
   */
  default String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The title in the middle of a sentence, such as {@code selection rate}. */
  default String title() {
    return meaning().title();
  }

  /** The title at the start of a line, such as {@code Selection rate}. */
  default String heading() {
    return title().substring(0, 1).toUpperCase(Locale.ROOT) + title().substring(1);
  }

  /** How its number is read. */
  default Unit unit() {
    return meaning().unit();
  }

  /** Which way is better. */
  default Better better() {
    return meaning().better();
  }

  /** One sentence. */
  default String definition() {
    return meaning().definition();
  }

  /** Every metric. */
  static List<Metric> all() {
    return Stream.<Metric[]>of(
            OverallMetric.values(),
            AttributeMetric.values(),
            GroupMetric.values(),
            ValueMetric.values(),
            PairsMetric.values())
        .flatMap(Stream::of)
        .toList();
  }
}
