package org.evenhand.repair;

import org.evenhand.core.EvenhandException;

/** A task that a method cannot work on. */
public final class RepairException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public RepairException(String message) {
    super(message);
  }
}
