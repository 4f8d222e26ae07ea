package org.evenhand.repair;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a search is for, and within which limits it may choose.
 *
 * @param aim what is to fall or rise
 * @param maxAccuracyLoss overall accuracy that a repair may cost, as a fraction
 * @param minImpactRatio the lowest selection rate over the highest that a repair must keep, 0 to 1;
 *     empty for any
 * @param access what a method may rely on
 * @param timeBudget after which no further method is begun; empty for none. It makes what is found
 *     depend on the machine
 */
public record SearchLimits(
    Aim aim,
    double maxAccuracyLoss,
    OptionalDouble minImpactRatio,
    Access access,
    Optional<Duration> timeBudget) {
  /** To lower Model Bias at no more than one point of overall accuracy, by any method. */
  public static final SearchLimits DEFAULT = of(Aim.MODEL_BIAS, 0.01);

  /**
   * @throws RepairException if a limit is no fraction, or there is no time
   */
  public SearchLimits {
    if (!(maxAccuracyLoss >= 0 && maxAccuracyLoss <= 1)) {
      throw new RepairException(
          "The accuracy that a repair may cost is %s points; it must lie between 0 and 100."
              .formatted(100 * maxAccuracyLoss));
    }
    if (minImpactRatio.isPresent()
        && !(minImpactRatio.getAsDouble() >= 0 && minImpactRatio.getAsDouble() <= 1)) {
      throw new RepairException(
          "The impact ratio to keep is %s; it must lie between 0 and 1."
              .formatted(minImpactRatio.getAsDouble()));
    }
    if (timeBudget.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
      throw new RepairException("The time for a search must be more than 0 seconds.");
    }
  }

  /**
   * An aim and what it may cost, by any method in any time.
   *
   * @param aim what is to fall or rise
   * @param maxAccuracyLoss overall accuracy that a repair may cost, as a fraction
   */
  public static SearchLimits of(Aim aim, double maxAccuracyLoss) {
    return new SearchLimits(
        aim, maxAccuracyLoss, OptionalDouble.empty(), Access.ATTRIBUTE, Optional.empty());
  }

  /**
   * The same with an impact ratio to keep.
   *
   * @param ratio the lowest selection rate over the highest, 0 to 1; empty for any
   */
  public SearchLimits withMinImpactRatio(OptionalDouble ratio) {
    return new SearchLimits(aim, maxAccuracyLoss, ratio, access, timeBudget);
  }

  /**
   * The same for methods that need no more than this.
   *
   * @param most what a method may rely on
   */
  public SearchLimits withAccess(Access most) {
    return new SearchLimits(aim, maxAccuracyLoss, minImpactRatio, most, timeBudget);
  }

  /**
   * The same within a time.
   *
   * @param time after which no further method is begun; empty for none
   */
  public SearchLimits withTimeBudget(Optional<Duration> time) {
    return new SearchLimits(aim, maxAccuracyLoss, minImpactRatio, access, time);
  }
}
