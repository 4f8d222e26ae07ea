package org.evenhand.eraser;

import org.evenhand.core.EvenhandException;

/** The calibration rows or the settings do not allow a rule to be distilled. */
public final class EraserException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public EraserException(String message) {
    super(message);
  }
}
