package org.evenhand.core;

/**
 * A table, a label set or a classifier's answer breaks its contract, or a model is not what the
 * user declared.
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
}
