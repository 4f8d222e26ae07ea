package org.evenhand.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads batches of images ahead of the network, no more of them at a time than fit a window. */
final class Prefetch implements AutoCloseable {
  private final Images images;
  private final ExecutorService readers;
  private final int window;

  /**
   * @param threads that read; twice as many batches wait at most
   */
  Prefetch(Images images, int threads) {
    this.images = images;
    window = 2 * threads;
    readers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "evenhand-images");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What is done with a batch. */
  @FunctionalInterface
  interface Step {
    /**
     * Takes a batch.
     *
     * @param rows of the batch
     * @param pixels their images, one after the other
     */
    void take(int[] rows, float[] pixels);
  }

  /** Takes all batches in their order. */
  void forEach(List<int[]> batches, Step step) {
    Iterator<int[]> unread = batches.iterator();
    Deque<Future<float[]>> ahead = new ArrayDeque<>();
    try {
      for (int[] rows : batches) {
        while (ahead.size() < window && unread.hasNext()) {
          int[] next = unread.next();
          ahead.add(readers.submit(() -> images.read(next)));
        }
        step.take(rows, pixels(ahead.remove()));
      }
    } finally {
      ahead.forEach(future -> future.cancel(true));
    }
  }

  private static float[] pixels(Future<float[]> batch) {
    try {
      return batch.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("Training was interrupted.", e);
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
