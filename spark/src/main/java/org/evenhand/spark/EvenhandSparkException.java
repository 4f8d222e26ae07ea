package org.evenhand.spark;

import org.evenhand.core.EvenhandException;
import org.evenhand.core.Setting;

/** A Dataset, or the cluster that computes it, does not give what was asked for. */
public final class EvenhandSparkException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   * @param settings that would help
   */
  public EvenhandSparkException(String message, Setting... settings) {
    super(message, settings);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what Spark threw
   */
  public EvenhandSparkException(String message, Throwable cause) {
    super(message, cause);
  }
}
