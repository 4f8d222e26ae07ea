package org.evenhand.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets a process end only between steps that must be done whole: calls into native libraries, which
 * are freed under a running call when a signal ends the process; the unpacking of such libraries,
 * which leaves files behind where it is cut short; moves of several files. Once the process is
 * ending, running steps are waited for, none is begun any more, and then temporary files are
 * deleted.
 */
public final class ProcessEnd {
  /** No step takes longer, unless one batch of a very large network does. */
  private static final long STEP_SECONDS = 30;

  /**
   * How long a thread that would begin a step waits to be ended. Longer, and a shutdown hook that
   * asks a model would keep the process from ending.
   */
  private static final long THREAD_SECONDS = 5;

  /** What a shell calls a process that SIGINT has ended. */
  private static final int INTERRUPTED = 130;

  /** Read by running steps; written for good when the process ends. */
  private static final ReentrantReadWriteLock RUNNING = new ReentrantReadWriteLock();

  /** What cuts running steps short. */
  private static final Set<Runnable> CANCELS = ConcurrentHashMap.newKeySet();

  private static volatile boolean ending;

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(ProcessEnd::end, "end of running steps"));
    } catch (IllegalStateException e) {
      ending = true;
    }
  }

  private ProcessEnd() {}

  /** What must be done whole or not at all. */
  @FunctionalInterface
  public interface Step<T, E extends Exception> {
    /**
     * Does it.
     *
     * @throws E if it fails
     */
    T run() throws E;
  }

  /**
   * Takes a step that the end of the process waits for. It must not wait for a step of another
   * thread.
   *
   * <pre>{@code
   * OrtSession.Result result = ProcessEnd.waitsFor(() -> session.run(tensors));
   * }</pre>
   *
   * @param step takes seconds at most
   * @return what it returns
   * @throws E as the step
   * @throws CoreException if the process is ending, unless it ends before
   */
  public static <T, E extends Exception> T waitsFor(Step<T, E> step) throws E {
    begin();
    boolean done = false;
    try {
      T result = step.run();
      done = true;
      return result;
    } finally {
      RUNNING.readLock().unlock();
      if (!done) {
        // Nobody needs to hear of what fails because the process is ending.
        awaitEnd();
      }
    }
  }

  /**
   * Takes a step that the end of the process cuts short and then waits for.
   *
   * @param step may take long
   * @param cancel makes the running step fail soon; may be called several times, by another thread
   * @return what the step returns
   * @throws E as the step
   * @throws CoreException if the process is ending, unless it ends before
   */
  public static <T, E extends Exception> T waitsFor(Step<T, E> step, Runnable cancel) throws E {
    CANCELS.add(cancel);
    try {
      return waitsFor(step);
    } finally {
      CANCELS.remove(cancel);
    }
  }

  /** Whether a signal, or the program itself, is ending the process. */
  public static boolean isEnding() {
    return ending;
  }

  private static void begin() {
    // One step within another is part of it. The lock is free until the process is ending.
    while (!ending || RUNNING.getReadHoldCount() > 0) {
      if (RUNNING.readLock().tryLock()) {
        return;
      }
    }
    awaitEnd();
    throw new CoreException("The process is ending, so nothing more is begun.");
  }

  /** Returns at once unless the process is ending, with which this thread ends. */
  private static void awaitEnd() {
    if (ending && RUNNING.getReadHoldCount() == 0) {
      try {
        TimeUnit.SECONDS.sleep(THREAD_SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void end() {
    ending = true;
    boolean over = false;
    for (long tenths = 0; tenths < 10 * STEP_SECONDS && !over; tenths++) {
      CANCELS.forEach(Runnable::run);
      over = isOver();
    }
    TemporaryFiles.deleteAll();
    if (!over) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
  }

  /** Whether no step is running any more, after a tenth of a second at most. */
  private static boolean isOver() {
    try {
      return RUNNING.writeLock().tryLock(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
