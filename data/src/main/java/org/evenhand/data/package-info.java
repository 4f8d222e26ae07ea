/** Placeholder until the module's first class. */
@NullMarked
package org.evenhand.data;

import org.jspecify.annotations.NullMarked;
