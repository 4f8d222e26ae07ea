package org.evenhand.core;

/**
 * A table, a label set or a classifier's answer breaks its contract, a model is not what the user
 * declared, or the machine lacks what is needed.
 */
public final class CoreException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   * @param settings that would help
   */
  public CoreException(String message, Setting... settings) {
    super(message, settings);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  public CoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
