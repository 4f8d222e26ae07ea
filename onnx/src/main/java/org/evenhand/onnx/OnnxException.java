package org.evenhand.onnx;

import org.evenhand.core.EvenhandException;
import org.evenhand.core.Setting;

/** An ONNX file, or what it was asked or answered, breaks the deployed-model contract. */
public final class OnnxException extends EvenhandException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the sentence that the user reads
   * @param settings that would help
   */
  public OnnxException(String message, Setting... settings) {
    super(message, settings);
  }

  /**
   * @param message the sentence that the user reads
   * @param cause what a developer may want to see
   */
  public OnnxException(String message, Throwable cause) {
    super(message, cause);
  }
}
