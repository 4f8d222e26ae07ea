package org.evenhand.workflow;

import org.evenhand.core.EvenhandException;

/** A request cannot be met with the rows, the model or the files that it names. */
public final class WorkflowException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   */
  public WorkflowException(String message) {
    super(message);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  public WorkflowException(String message, Throwable cause) {
    super(message, cause);
  }
}
