/**
 * Trains networks over images with libtorch: patches and bias predictors of an eraser, and the
 * kinds of deployed models that the papers compare. What is trained leaves as an {@link
 * org.evenhand.core.ImageNetwork}, plain data with batch normalisation folded away; nothing outside
 * this package knows of libtorch.
 *
 * <p>The same arguments, seed and number of threads give the same network to the last bit on the
 * same machine. With another number of threads libtorch adds in another order, so that the last
 * digits differ.
 */
@NullMarked
package org.evenhand.training;

import org.jspecify.annotations.NullMarked;
