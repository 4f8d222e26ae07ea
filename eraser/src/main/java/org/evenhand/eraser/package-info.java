/** Placeholder until the module's first class. */
@NullMarked
package org.evenhand.eraser;

import org.jspecify.annotations.NullMarked;
