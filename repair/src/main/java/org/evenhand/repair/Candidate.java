package org.evenhand.repair;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A form of a method that a search can choose.
 *
 * @param method it is a form of
 * @param form what distinguishes it from other forms, in a few words
 * @param decisions class index of every row of the task, each by a repair that was not fitted on
 *     that row
 * @param pairs what rows and their twins are given by the same repairs; empty if the task has no
 *     twins, or the method does not say
 * @param proposal fits it on all rows of the task
 */
public record Candidate(
    Method method,
    String form,
    int[] decisions,
    Optional<PairChances> pairs,
    Supplier<Proposal> proposal) {
  /**
   * A form that says nothing of twins.
   *
   * @param method it is a form of
   * @param form what distinguishes it from other forms, in a few words
   * @param decisions class index of every row of the task, each by a repair that was not fitted on
   *     that row
   * @param proposal fits it on all rows of the task
   */
  public Candidate(Method method, String form, int[] decisions, Supplier<Proposal> proposal) {
    this(method, form, decisions, Optional.empty(), proposal);
  }
}
