package org.evenhand.workflow;

import org.evenhand.core.EvenhandException;
import org.evenhand.core.Setting;

/** A request cannot be met with the rows, the model or the files that it names. */
public final class WorkflowException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   * @param settings that would help
   */
  public WorkflowException(String message, Setting... settings) {
    super(message, settings);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  public WorkflowException(String message, Throwable cause) {
    super(message, cause);
  }
}
