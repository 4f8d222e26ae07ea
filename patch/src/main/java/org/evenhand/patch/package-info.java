/** Placeholder until the module's first class. */
@NullMarked
package org.evenhand.patch;

import org.jspecify.annotations.NullMarked;
