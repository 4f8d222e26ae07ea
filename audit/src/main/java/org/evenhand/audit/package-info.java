/**
 * Measures bias from a classifier's decisions: group accuracies, Model Bias and the usual group
 * metrics, each with an interval or a count, and one verdict per attribute.
 */
@NullMarked
package org.evenhand.audit;

import org.jspecify.annotations.NullMarked;
