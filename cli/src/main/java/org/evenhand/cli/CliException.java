package org.evenhand.cli;

import org.evenhand.core.EvenhandException;

/** Options or files that do not go together. */
final class CliException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  CliException(String message) {
    super(message);
  }

  CliException(String message, Throwable cause) {
    super(message, cause);
  }
}
