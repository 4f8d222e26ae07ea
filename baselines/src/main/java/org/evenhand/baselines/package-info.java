/**
 * The plainest repairs, to hold the others against: what they gain is what any method must gain to
 * be worth its cost. {@link PriorShift} counts every class alike and knows nothing of groups.
 */
@NullMarked
package org.evenhand.baselines;

import org.jspecify.annotations.NullMarked;
