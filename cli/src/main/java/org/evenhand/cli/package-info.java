/** The {@code evenhand} command. */
@NullMarked
package org.evenhand.cli;

import org.jspecify.annotations.NullMarked;
