package org.evenhand.http;

import org.evenhand.core.EvenhandException;

/** A model server cannot be asked, or what it answers breaks the protocol or our contract. */
public final class HttpModelException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public HttpModelException(String message) {
    super(message);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  public HttpModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
