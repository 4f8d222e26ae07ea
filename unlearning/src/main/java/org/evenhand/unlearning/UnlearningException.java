package org.evenhand.unlearning;

import org.evenhand.core.EvenhandException;

/** The head, the rows or the settings do not allow bias to be explained or unlearned. */
public final class UnlearningException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public UnlearningException(String message) {
    super(message);
  }
}
