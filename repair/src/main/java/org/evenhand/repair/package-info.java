/**
 * Repairs of deployed models, whatever their method: what a method needs, what it proposes, and
 * what the proposal does to rows that it was not fitted on.
 *
 * <ul>
 *   <li>{@link Repair} is a method that proposes; {@link Method} says what it is and needs; {@link
 *       RepairTask} holds what it may learn from, {@link HeadTask} what it may see inside a model.
 *   <li>{@link Proposal} is what it found; {@link Detail} and its cases ({@link Fact}, {@link
 *       FactTable}, {@link FactGroup}) are what it says of that, for text, JSON and pages alike.
 *   <li>{@link RepairSearch} chooses among the {@link Candidate}s of {@link Searchable} methods, by
 *       what they answer {@link OutOfFold} about rows and, where there are any, their {@link
 *       Twins}.
 *   <li>{@link Measured} is what the proposal does to unseen rows, {@link PeopleChange} to the
 *       people in them.
 * </ul>
 */
@NullMarked
package org.evenhand.repair;

import org.jspecify.annotations.NullMarked;
