package org.evenhand.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts ONNX Runtime on a thread with a large stack. Version 1.29 then matches a regular
 * expression against the process's command line, some 250 bytes of stack a letter: with a class
 * path of some thousand letters an ordinary thread's stack overflows, which ends the process.
 */
final class RuntimeStart {
  /** Reserved, and only as far as it is used taken from memory. */
  private static final long STACK_BYTES = 256L << 20;

  private RuntimeStart() {}

  static OrtEnvironment environment() {
    FutureTask<OrtEnvironment> start =
        new FutureTask<>(
            () ->
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "evenhand"));
    new Thread(null, start, "ONNX Runtime start", STACK_BYTES).start();
    try {
      return start.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("ONNX Runtime cannot be started", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ONNX Runtime was started", e);
    }
  }
}
