/** Placeholder until the module's first class. */
@NullMarked
package org.evenhand.benchmarks;

import org.jspecify.annotations.NullMarked;
