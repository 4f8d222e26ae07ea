package org.evenhand.patch;

import org.evenhand.core.EvenhandException;

/** The settings or the rows do not allow a patch to be trained. */
public final class PatchException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public PatchException(String message) {
    super(message);
  }
}
