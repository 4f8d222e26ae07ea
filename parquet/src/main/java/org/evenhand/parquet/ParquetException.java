package org.evenhand.parquet;

import org.evenhand.core.EvenhandException;

/** A Parquet file cannot be read, or does not hold what was asked for. */
public final class ParquetException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  ParquetException(String message) {
    super(message);
  }

  ParquetException(String message, Throwable cause) {
    super(message, cause);
  }
}
