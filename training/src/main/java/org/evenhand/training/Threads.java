package org.evenhand.training;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads of our own that end with the program, and what failed on them. */
final class Threads {
  private Threads() {}

  /**
   * A pool.
   *
   * @param first what each thread does first
   */
  static ExecutorService daemons(String name, int count, Runnable first) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread =
              new Thread(
                  () -> {
                    first.run();
                    task.run();
                  },
                  name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Waits for all tasks. */
  static <T> List<Future<T>> all(ExecutorService threads, List<Callable<T>> tasks) {
    try {
      return threads.invokeAll(tasks);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** What a task gave; what it threw is thrown here. */
  static <T> T result(Future<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static TrainingException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new TrainingException("Training was interrupted.", e);
  }
}
