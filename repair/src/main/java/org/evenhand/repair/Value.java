package org.evenhand.repair;

import java.util.List;

/** What a fact or a cell of a table of facts holds. */
public sealed interface Value {
  /**
   * A text.
   *
   * @param text may be empty
   */
  record Text(String text) implements Value {}

  /**
   * Sentences.
   *
   * @param sentences any number
   */
  record Texts(List<String> sentences) implements Value {
    /** Copies the list. */
    public Texts {
      sentences = List.copyOf(sentences);
    }
  }

  /**
   * A number.
   *
   * @param number not a number where it could not be computed
   * @param unit how it is shown
   */
  record Quantity(double number, Unit unit) implements Value {}

  /** How a number is shown; machine output has it as it is. */
  enum Unit {
    /** A fraction, shown in hundredths. */
    PERCENT,
    /** A difference of fractions, shown in percentage points. */
    POINTS,
    /** A difference of fractions that is small by nature. */
    FINE_POINTS,
    /** A number of rows. */
    COUNT,
    /** Natural logarithms of ratios of probabilities. */
    NATS,
    /** Any other number, shown with three digits. */
    PLAIN
  }
}
