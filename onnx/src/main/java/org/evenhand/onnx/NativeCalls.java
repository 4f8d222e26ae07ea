package org.evenhand.onnx;

import ai.onnxruntime.OrtException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets a process end only between calls into ONNX Runtime. Its own shutdown hook frees what running
 * calls still use, and so do the destructors that run when a process exits, which ended most
 * interrupted runs with a crash.
 */
final class NativeCalls {
  /** No call takes longer, unless one batch of a very large network does. */
  private static final long PATIENCE_SECONDS = 30;

  /** What a shell calls a process that SIGINT has ended. */
  private static final int INTERRUPTED = 130;

  /** Read by running calls; written for good when the process ends. */
  private static final ReentrantReadWriteLock RUNNING = new ReentrantReadWriteLock();

  private NativeCalls() {}

  /** A call into ONNX Runtime. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws OrtException;
  }

  /**
   * Makes a call, unless the process is ending: then the thread waits for that.
   *
   * @throws OrtException as the call
   */
  static <T> T run(Call<T> call) throws OrtException {
    RUNNING.readLock().lock();
    try {
      return call.run();
    } finally {
      RUNNING.readLock().unlock();
    }
  }

  /** Called in a shutdown hook: returns when no call is running, and none will any more. */
  static void end() {
    try {
      if (!RUNNING.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(INTERRUPTED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
