package org.evenhand.training;

import java.util.List;
import org.evenhand.core.ImageLayer;

/** An objective that trains a network up to its logits. */
interface WholeNetwork extends Objective {
  /** The network as plain data. */
  List<ImageLayer> freeze();
}
