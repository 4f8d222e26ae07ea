package org.evenhand.core;

/**
 * Something is wrong with what the user gave us. The message is one clear sentence for that user:
 * what was wrong, where (file, column, row, group), what was expected and what to do. Every module
 * has one subclass.
 */
public abstract class EvenhandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  protected EvenhandException(String message) {
    super(message);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  protected EvenhandException(String message, Throwable cause) {
    super(message, cause);
  }
}
