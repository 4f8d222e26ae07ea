/**
 * Experiments behind {@code evenhand reproduce}: each is one class, runs from seeds, and writes its
 * tables, generated and never edited, to {@code docs/results/}.
 */
@NullMarked
package org.evenhand.experiments;

import org.jspecify.annotations.NullMarked;
