package org.evenhand.evidence;

import org.evenhand.core.EvenhandException;

/** Evidence cannot be written where the user wants it. */
public final class EvidenceException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  public EvidenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
