package org.evenhand.data;

/** Which other value of a column a row gets. */
public sealed interface Counterpart {
  /**
   * The most frequent value; a row that has it gets the next most frequent. Of two values this is
   * the other one.
   */
  record MostFrequent() implements Counterpart {}

  /**
   * This value; a row that has it gets the most frequent other one.
   *
   * @param value as the table writes it
   */
  record Value(String value) implements Counterpart {}

  /** Every other value: a row makes one pair with each and shares its weight among them. */
  record EveryOther() implements Counterpart {}

  /**
   * One of the other values at random, each as likely.
   *
   * @param seed of the draws, one per row, in the order of the rows
   */
  record RandomOther(long seed) implements Counterpart {}
}
