package org.evenhand.baselines;

import org.evenhand.core.EvenhandException;

/** Rows for which a method has no answer; the message says why and what to do. */
public final class BaselinesException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  BaselinesException(String message) {
    super(message);
  }
}
