package org.evenhand.data;

import org.evenhand.core.EvenhandException;
import org.evenhand.core.Setting;

/** A file cannot be read, or its columns do not hold what they are taken for. */
public final class DataException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   * @param settings that would help
   */
  public DataException(String message, Setting... settings) {
    super(message, settings);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
