package org.evenhand.repair;

import java.util.function.Supplier;

/**
 * A form of a method that a search can choose.
 *
 * @param method it is a form of
 * @param form what distinguishes it from other forms, in a few words
 * @param decisions class index of every row of the task, each by a repair that was not fitted on
 *     that row
 * @param proposal fits it on all rows of the task
 */
public record Candidate(Method method, String form, int[] decisions, Supplier<Proposal> proposal) {}
