package org.evenhand.http;

import org.evenhand.core.EvenhandException;
import org.evenhand.core.Setting;

/** A model server cannot be asked, or what it answers breaks the protocol or our contract. */
public final class HttpModelException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   * @param settings that would help
   */
  public HttpModelException(String message, Setting... settings) {
    super(message, settings);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   * @param settings that would help
   */
  public HttpModelException(String message, Throwable cause, Setting... settings) {
    super(message, cause, settings);
  }
}
