package org.evenhand.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Attribute;

/**
 * The four-fifths check: the lowest selection rate over the highest among the values with enough
 * rows. It depends on no reference, stands beside the verdict and is none.
 *
 * @param ratio 0 to 1, with an interval that holds although both values were picked after looking;
 *     unknown where there is nothing to compare
 * @param state what the interval allows to say; empty if the ratio is unknown
 * @param lowest the value selected least often, the first of equals; empty if the ratio is unknown
 * @param highest the value selected most often, the first of equals; empty if the ratio is unknown
 */
public record FourFifths(
    Estimate ratio, Optional<State> state, Optional<String> lowest, Optional<String> highest) {
  /** The ratio that the check is about. */
  public static final double FOUR_FIFTHS = 0.8;

  /** What the interval of the ratio allows to say. */
  public enum State {
    /** All of the interval lies below four fifths. */
    BELOW("below"),
    /** All of the interval lies at or above four fifths, and every value has enough rows. */
    AT_LEAST("at_least"),
    /** Neither. */
    OPEN("open");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** The state as programs read it, such as {@code at_least}. */
    public String code() {
      return code;
    }
  }

  /**
   * No check, because the rates are unknown.
   *
   * @param reason one sentence
   */
  static FourFifths unknown(String reason) {
    return new FourFifths(
        new Unknown(reason), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Checks selection rates.
   *
   * @param attribute whose values were selected at these rates
   * @param selections rows given the favourable class, one share a value
   * @param favourable that class's name
   */
  static FourFifths of(
      Attribute attribute, Proportion[] selections, String favourable, AuditSettings settings) {
    int[] judged =
        IntStream.range(0, selections.length)
            .filter(b -> selections[b].n() >= settings.minGroupSize())
            .toArray();
    Proportion[] rates =
        Arrays.stream(judged).mapToObj(b -> selections[b]).toArray(Proportion[]::new);
    if (rates.length < 2) {
      return unknown(
          "fewer than two values of %s have at least %d rows"
              .formatted(attribute.name(), settings.minGroupSize()));
    }
    if (Arrays.stream(rates).allMatch(rate -> rate.hits() == 0)) {
      return unknown("no row of a judged value is given class '%s'".formatted(favourable));
    }
    LargestGapBounds bounds =
        new LargestGapBounds(PairTest.LOG_RATIO, List.<Proportion[]>of(rates));
    Known gap = bounds.interval(settings.confidence());
    double measured =
        rates[bounds.largest().lower()].value() / rates[bounds.largest().higher()].value();
    Known ratio =
        new Known(
            measured,
            Math.min(measured, Math.exp(-gap.high())),
            Math.max(measured, Math.exp(-gap.low())));
    State state = State.OPEN;
    if (ratio.high() < FOUR_FIFTHS) {
      state = State.BELOW;
    } else if (ratio.low() >= FOUR_FIFTHS && judged.length == selections.length) {
      state = State.AT_LEAST;
    }
    return new FourFifths(
        ratio,
        Optional.of(state),
        Optional.of(attribute.values().get(judged[bounds.largest().lower()])),
        Optional.of(attribute.values().get(judged[bounds.largest().higher()])));
  }
}
