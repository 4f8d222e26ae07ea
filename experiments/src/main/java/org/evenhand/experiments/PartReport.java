package org.evenhand.experiments;

import java.nio.file.Path;
import java.util.List;

/** A page about deployed models that is written anew whenever there are more of them. */
interface PartReport {
  /** Adds what one deployed model gave. */
  void add(ErasedPart part);

  /** Writes what there is so far. */
  List<Path> write();
}
