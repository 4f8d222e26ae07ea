/** Placeholder until the module's first class. */
@NullMarked
package org.evenhand.evidence;

import org.jspecify.annotations.NullMarked;
