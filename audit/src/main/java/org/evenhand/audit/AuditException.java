package org.evenhand.audit;

import org.evenhand.core.EvenhandException;
import org.evenhand.core.Setting;

/** The data or the settings do not allow an audit. */
public final class AuditException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   * @param settings that would help
   */
  public AuditException(String message, Setting... settings) {
    super(message, settings);
  }
}
