package org.evenhand.training;

import org.evenhand.core.EvenhandException;

/** The settings, the rows or the machine do not allow a network to be trained. */
public final class TrainingException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public TrainingException(String message) {
    super(message);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
