/** Placeholder until the module's first class. */
@NullMarked
package org.evenhand.experiments;

import org.jspecify.annotations.NullMarked;
