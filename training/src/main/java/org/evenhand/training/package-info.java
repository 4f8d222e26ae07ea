/**
 * Trains networks over images with libtorch: patches and bias predictors of an eraser, and the
 * kinds of deployed models that the papers compare. What is trained leaves as an {@link
 * org.evenhand.core.ImageNetwork}, plain data with batch normalisation folded away; nothing outside
 * this package knows of libtorch.
 *
 * <p>The same arguments and seed give the same network to the last bit on the same machine,
 * whatever the number of threads: a batch is computed in parts, whose number depends on the batch
 * alone.
 */
@NullMarked
package org.evenhand.training;

import org.jspecify.annotations.NullMarked;
