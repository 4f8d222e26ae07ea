/** What the documentation of the Java API shows of whole runs. */
@NullMarked
package org.evenhand.workflow.examples;

import org.jspecify.annotations.NullMarked;
