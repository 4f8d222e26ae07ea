package org.evenhand.audit;

/** A measured number with its confidence interval, or the reason why there is none. */
public sealed interface Estimate {
  /**
   * A measured number.
   *
   * @param value the point estimate
   * @param low lower end of the interval
   * @param high upper end of the interval
   */
  record Known(double value, double low, double high) implements Estimate {
    /**
     * @throws IllegalArgumentException if the value lies outside its interval or one of them is not
     *     a number
     */
    public Known {
      if (!(low <= value && value <= high)) {
        throw new IllegalArgumentException(
            "value %s outside its interval [%s, %s]".formatted(value, low, high));
      }
    }
  }

  /**
   * A number that the data cannot give.
   *
   * @param reason one sentence
   */
  record Unknown(String reason) implements Estimate {}
}
