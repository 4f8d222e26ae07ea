/**
 * The perceptron behind bias predictors and tabular patches, trained in plain Java on one-hot and
 * standardised columns in sparse form.
 */
@NullMarked
package org.evenhand.patch;

import org.jspecify.annotations.NullMarked;
