package org.evenhand.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.evenhand.core.CoreException;
import org.evenhand.core.PackedLibrary;

/**
 * Starts ONNX Runtime on a thread with a large stack. Version 1.29 then matches a regular
 * expression against the process's command line, some 250 bytes of stack a letter: with a class
 * path of some thousand letters an ordinary thread's stack overflows, which ends the process.
 */
final class RuntimeStart {
  /** Reserved, and only as far as it is used taken from memory. */
  private static final long STACK_BYTES = 256L << 20;

  private static final PackedLibrary LIBRARY = PackedLibrary.inTemporaryFolder("ONNX Runtime", 50);

  private RuntimeStart() {}

  static OrtEnvironment environment() {
    FutureTask<OrtEnvironment> start = new FutureTask<>(() -> LIBRARY.start(RuntimeStart::start));
    new Thread(null, start, "ONNX Runtime start", STACK_BYTES).start();
    try {
      return start.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CoreException told) {
        throw told;
      }
      throw e.getCause() instanceof IOException failure
          ? LIBRARY.notStarted(failure)
          : new IllegalStateException("ONNX Runtime cannot be started", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ONNX Runtime was started", e);
    }
  }

  private static OrtEnvironment start() throws IOException {
    Optional<Path> folder = RuntimeFolder.unpacked();
    try {
      // Failures are told as exceptions, in one sentence.
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "evenhand");
      keepOpen();
      return environment;
    } finally {
      folder.ifPresent(RuntimeFolder::discard);
    }
  }

  /**
   * Takes a second reference to the environment, so that the shutdown hook of ONNX Runtime, which
   * runs at once when a signal ends the process, does not free it under running calls. Its Java
   * binding offers no other way; where it has changed, an interrupted run may end with a crash.
   * Also deletes the empty folder that the binding leaves behind where it unpacks nothing.
   */
  private static void keepOpen() {
    try {
      Class<?> runtime = Class.forName("ai.onnxruntime.OnnxRuntime");
      Field api = runtime.getDeclaredField("ortApiHandle");
      api.setAccessible(true);
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      create.invoke(
          null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL.getValue(), "evenhand");
      Field unused = runtime.getDeclaredField("tempDirectory");
      unused.setAccessible(true);
      if (unused.get(null) instanceof Path folder) {
        Files.deleteIfExists(folder);
      }
    } catch (ReflectiveOperationException | IOException | RuntimeException e) {
      // What cannot be held is freed by the hook.
    }
  }
}
