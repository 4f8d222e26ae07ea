package org.evenhand.unlearning;

import java.util.List;
import org.evenhand.core.CounterfactualPairs.Relation;

/**
 * Chooses among judged settings: the lowest bias among those that cost no more accuracy than
 * allowed and do not reverse the bias. Where an edit can make the head more accurate by over a
 * point, and by more than chance explains, that gain is not given away either: then settings must
 * come within one standard error of the most accurate. Bias alone is never the criterion: a
 * destroyed model has none.
 */
final class Choice {
  private static final double STANDARD_ERRORS = 1.96;
  private static final double WORTHWHILE_GAIN = 0.01;
  private static final double MOST_LOSS = 1.05;

  private final HeldOut unchanged;
  private final PairRows pairs;
  private final PairGroups groups;
  private final double[] checkWeights;
  private final double maxAccuracyLoss;

  Choice(HeldOut unchanged, PairRows pairs, double[] checkWeights, double maxAccuracyLoss) {
    this.unchanged = unchanged;
    this.pairs = pairs;
    this.groups = PairGroups.of(pairs);
    this.checkWeights = checkWeights;
    this.maxAccuracyLoss = maxAccuracyLoss;
  }

  /**
   * The setting to use.
   *
   * @param settings at least one
   * @return its index; if none is admissible, that of the most accurate
   */
  int among(List<HeldOut> settings) {
    HeldOut best = mostAccurate(settings);
    int chosen = -1;
    for (int i = 0; i < settings.size(); i++) {
      HeldOut setting = settings.get(i);
      boolean lower = chosen < 0 || bias(setting) < bias(settings.get(chosen));
      if (lower && isAccurateEnough(setting, best) && !isFlat(setting) && !reverses(setting)) {
        chosen = i;
      }
    }
    return chosen >= 0 ? chosen : settings.indexOf(best);
  }

  private HeldOut mostAccurate(List<HeldOut> settings) {
    HeldOut best = settings.get(0);
    for (HeldOut setting : settings) {
      best = accuracy(setting) > accuracy(best) ? setting : best;
    }
    return best;
  }

  private boolean isAccurateEnough(HeldOut setting, HeldOut best) {
    double gain = accuracy(best) - accuracy(unchanged);
    double chance = STANDARD_ERRORS * best.standardError(unchanged, checkWeights);
    if (gain <= Math.max(WORTHWHILE_GAIN, chance)) {
      return costsNoMoreThanAllowed(setting);
    }
    double allowed = Math.max(maxAccuracyLoss, setting.standardError(best, checkWeights));
    return accuracy(setting) >= accuracy(best) - allowed;
  }

  /**
   * Whether probabilities have become worse by more than their bias explains. Members that are one
   * individual hold the content fixed, so that answers agree without becoming flat; and where the
   * labels themselves are biased, cross-entropy to them must rise.
   */
  boolean isFlat(HeldOut setting) {
    return pairs.relation() == Relation.OTHER_INDIVIDUAL
        && setting.loss(checkWeights) > MOST_LOSS * unchanged.loss(checkWeights);
  }

  /** Against the head as it is. */
  boolean costsNoMoreThanAllowed(HeldOut setting) {
    return accuracy(setting) >= accuracy(unchanged) - maxAccuracyLoss;
  }

  /** Whether the bias falls by more than chance explains. */
  boolean lowersBias(HeldOut setting) {
    double[] before = unchanged.differences();
    // Where a group's mean is near zero its sign is a coin toss: there along one direction.
    double[] direction =
        pairs.relation() == Relation.SAME_INDIVIDUAL ? setting.differences() : before;
    double[] falls =
        Vectors.plus(along(before, before), -1, along(direction, setting.differences()));
    return bias(unchanged) - bias(setting) > STANDARD_ERRORS * groups.standardError(falls);
  }

  /** Whether, beyond chance, pairs now differ in the opposite direction. */
  boolean reverses(HeldOut setting) {
    double[] alongBefore = along(unchanged.differences(), setting.differences());
    return mean(alongBefore) < -STANDARD_ERRORS * groups.standardError(alongBefore);
  }

  /** Differences counted as positive where they point as others do, group by group. */
  private double[] along(double[] direction, double[] differences) {
    double[] along = groups.signs(direction);
    for (int pair = 0; pair < along.length; pair++) {
      along[pair] *= differences[pair];
    }
    return along;
  }

  private double mean(double[] values) {
    return Vectors.dot(pairs.factual().weights(), values) / pairs.weight();
  }

  double bias(HeldOut setting) {
    return new CounterfactualBiasFunction(pairs).value(setting.differences());
  }

  double accuracy(HeldOut setting) {
    return setting.accuracy(checkWeights);
  }
}
