/** Placeholder until the module's first class. */
@NullMarked
package org.evenhand.onnx;

import org.jspecify.annotations.NullMarked;
