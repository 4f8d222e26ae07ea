/**
 * The Inference-Time Rule Eraser: distils the biased rule p(y|b) of a classifier that can only be
 * asked, and says what to subtract from its answers. Rule tables, estimators, the choice among
 * them, and the guards that decline a repair which the evidence does not support.
 */
@NullMarked
package org.evenhand.eraser;

import org.jspecify.annotations.NullMarked;
