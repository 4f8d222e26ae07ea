package org.evenhand.experiments;

import org.evenhand.core.EvenhandException;

/** An experiment cannot be run as asked. */
public final class ExperimentException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public ExperimentException(String message) {
    super(message);
  }
}
