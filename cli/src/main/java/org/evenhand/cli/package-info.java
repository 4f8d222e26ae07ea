/** Placeholder until the module's first class. */
@NullMarked
package org.evenhand.cli;

import org.jspecify.annotations.NullMarked;
