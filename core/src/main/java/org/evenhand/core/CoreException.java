package org.evenhand.core;

/** A table, a label set or a classifier's answer breaks its contract. */
public final class CoreException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public CoreException(String message) {
    super(message);
  }
}
