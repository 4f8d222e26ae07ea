/**
 * The perceptron behind bias predictors and tabular patches, in plain Java, on one-hot and
 * standardised columns in sparse form.
 *
 * <p>What lives where: {@link Perceptron} trains with {@link PerceptronSettings}; {@link Examples}
 * are its encoded rows, {@link Network} its {@link Layer}s, {@link Adam} its steps.
 */
@NullMarked
package org.evenhand.patch;

import org.jspecify.annotations.NullMarked;
