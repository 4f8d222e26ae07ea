package org.evenhand.repair;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a repair is for, and what it may cost.
 *
 * @param aims what it sets out to do, at least one
 * @param maxAccuracyLoss overall accuracy that it may cost, as a fraction; empty for any
 * @param searched whether a search keeps that limit by cross-validation, so that going beyond it on
 *     unseen rows is said, but is no reason to decline
 * @param refused harms for which it is declined
 * @param acceptUnproven whether it is offered where unseen rows leave open that it does what it is
 *     for
 */
public record RepairGoals(
    List<Aim> aims,
    OptionalDouble maxAccuracyLoss,
    boolean searched,
    Set<Harm.Code> refused,
    boolean acceptUnproven) {
  /**
   * @throws RepairException if there is no aim, or the loss is no fraction
   */
  public RepairGoals {
    aims = List.copyOf(aims);
    refused = Set.copyOf(refused);
    if (aims.isEmpty()) {
      throw new RepairException("A repair needs an aim.");
    }
    maxAccuracyLoss.ifPresent(
        loss -> {
          if (!(loss >= 0 && loss <= 1)) {
            throw new RepairException(
                "The accuracy that a repair may cost is %s points; it must lie between 0 and 100."
                    .formatted(100 * loss));
          }
        });
  }

  /**
   * Goals whose limit declines.
   *
   * @param aims what it sets out to do, at least one
   * @param maxAccuracyLoss overall accuracy that it may cost, as a fraction; empty for any
   * @param refused harms for which it is declined
   * @param acceptUnproven whether it is offered where unseen rows leave open that it does what it
   *     is for
   */
  public RepairGoals(
      List<Aim> aims,
      OptionalDouble maxAccuracyLoss,
      Set<Harm.Code> refused,
      boolean acceptUnproven) {
    this(aims, maxAccuracyLoss, false, refused, acceptUnproven);
  }

  /**
   * One aim, no limit.
   *
   * @param aim what the repair sets out to do
   */
  public static RepairGoals of(Aim aim) {
    return new RepairGoals(List.of(aim), OptionalDouble.empty(), Set.of(), false);
  }
}
