package org.evenhand.core;

import java.util.List;

/**
 * Something is wrong with what the user gave us. The message is one clear sentence for that user:
 * what was wrong, where (file, column, row, group), what was expected and what to do. It names no
 * option of any program; {@link #settings} say which ones would help. Every module has one
 * subclass.
 */
public abstract class EvenhandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Setting[] settings;

  /**
   * @param message the sentence that the user reads
   * @param settings that would help, the most likely first
   */
  protected EvenhandException(String message, Setting... settings) {
    super(message);
    this.settings = settings.clone();
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   * @param settings that would help, the most likely first
   */
  protected EvenhandException(String message, Throwable cause, Setting... settings) {
    super(message, cause);
    this.settings = settings.clone();
  }

  /** The settings that would help, the most likely first; often none. */
  public List<Setting> settings() {
    return List.of(settings);
  }
}
