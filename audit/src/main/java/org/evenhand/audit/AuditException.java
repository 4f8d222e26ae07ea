package org.evenhand.audit;

import org.evenhand.core.EvenhandException;

/** The data or the settings do not allow an audit. */
public final class AuditException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public AuditException(String message) {
    super(message);
  }
}
