package org.evenhand.audit;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;

/**
 * What the metrics of a value are computed from. What cannot be estimated is unknown and stays so
 * in every comparison; the reference beside itself differs by nothing, provided that its figures
 * exist.
 *
 * @param own decisions about the value's rows
 * @param reference decisions about the reference's rows; the same for the reference itself
 * @param ownScores scores of the value's rows
 * @param referenceScores scores of the reference's rows
 * @param settings of the audit
 */
record ValueComparison(
    Rates own,
    Rates reference,
    Optional<ScoredOutcomes> ownScores,
    Optional<ScoredOutcomes> referenceScores,
    AuditSettings settings) {
  private static final Known NO_DIFFERENCE = new Known(0, 0, 0);
  private static final Known EQUAL = new Known(1, 1, 1);
  private static final Unknown LABELS_ONLY =
      new Unknown("the answers are labels, without probabilities");

  /** A measure of two samples of scores. */
  @FunctionalInterface
  interface OfMoments {
    Estimate of(Moments own, Moments reference, double confidence);
  }

  private boolean isReference() {
    return own.equals(reference);
  }

  /** A rate over that of the reference. */
  Estimate ratio(Function<Rates, Estimate> rate) {
    if (rate.apply(own) instanceof Known mine) {
      if (rate.apply(reference) instanceof Known other) {
        if (other.value() == 0) {
          return reference.noneSelected();
        }
        return isReference() ? EQUAL : Mover.ratio(mine, other);
      }
      return rate.apply(reference);
    }
    return rate.apply(own);
  }

  /** A rate less that of the reference. */
  Estimate difference(Function<Rates, Estimate> rate) {
    return combination(new double[] {1, -1}, rate.apply(own), rate.apply(reference));
  }

  /** The mean of the differences of two rates. */
  Estimate meanDifference(Function<Rates, Estimate> first, Function<Rates, Estimate> second) {
    return combination(
        new double[] {0.5, -0.5, 0.5, -0.5},
        first.apply(own),
        first.apply(reference),
        second.apply(own),
        second.apply(reference));
  }

  private Estimate combination(double[] coefficients, Estimate... parts) {
    Known[] known = new Known[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!(parts[i] instanceof Known part)) {
        return parts[i];
      }
      known[i] = part;
    }
    return isReference() ? NO_DIFFERENCE : Mover.sum(coefficients, known);
  }

  /** A measure of the value's scores, given what to call its rows. */
  Estimate ofScores(BiFunction<ScoredOutcomes, String, Estimate> measure) {
    return ownScores
        .map(scores -> measure.apply(scores, own.label()))
        .orElseGet(this::withoutScores);
  }

  /** A difference between the value's scores and those of the reference. */
  Estimate ofBothScores(OfMoments measure) {
    if (ownScores.isEmpty() || referenceScores.isEmpty()) {
      return withoutScores();
    }
    Moments mine = ownScores.get().moments();
    Moments others = referenceScores.get().moments();
    if (mine.n() < 2 || others.n() < 2) {
      return new Unknown(
          "fewer than two rows with %s have scores"
              .formatted(mine.n() < 2 ? own.label() : reference.label()));
    }
    if (!mine.vary() && !others.vary()) {
      return new Unknown(
          "all rows with %s have one score, and so do those with %s"
              .formatted(own.label(), reference.label()));
    }
    return isReference() ? NO_DIFFERENCE : measure.of(mine, others, settings.confidence());
  }

  private Estimate withoutScores() {
    return own.hasFavourable() ? LABELS_ONLY : Rates.NO_FAVOURABLE;
  }
}
