/**
 * Repairs by other authors, and the plainest ones to hold all others against: what a repair gains
 * beyond these is what it is worth.
 *
 * <ul>
 *   <li>{@link ValueThresholds}, {@link EqualizedOdds}, {@link RelaxedOdds}, {@link CalibratedOdds}
 *       and {@link RejectOption} end in one threshold for each value of the attribute, which is
 *       read by an {@link AttributeReader} when the model serves.
 *   <li>{@link BiasScores} turn decisions beyond a {@link BiasScoreLine}, without the attribute.
 *   <li>{@link PriorShift}, {@link Constant} and {@link NoModel} are controls.
 * </ul>
 */
@NullMarked
package org.evenhand.baselines;

import org.jspecify.annotations.NullMarked;
