package org.evenhand.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

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
    readers = Threads.daemons("evenhand-images", threads, () -> {});
  }

  /** Takes all batches in their order. */
  void forEach(List<int[]> batches, Consumer<Batch> taker) {
    Iterator<int[]> unread = batches.iterator();
    Deque<Future<Batch>> ahead = new ArrayDeque<>();
    try {
      for (int taken = 0; taken < batches.size(); taken++) {
        while (ahead.size() < window && unread.hasNext()) {
          int[] rows = unread.next();
          ahead.add(
              readers.submit(() -> new Batch(rows, images.column().shape(), images.read(rows))));
        }
        taker.accept(Threads.result(ahead.remove()));
      }
    } finally {
      ahead.forEach(future -> future.cancel(true));
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
