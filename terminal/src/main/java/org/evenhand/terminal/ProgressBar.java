package org.evenhand.terminal;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.evenhand.core.Progress;

/**
 * A line on the terminal with rate and remaining time, for whatever takes longer than two seconds;
 * silent where no terminal is attached.
 */
public final class ProgressBar implements Progress, AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final int WIDTH = 24;

  private final PrintWriter err;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private final Map<String, Begin> begun = new HashMap<>();
  private long latest = start;
  private boolean shown;

  /** When a task began, and after how many of its steps. */
  private record Begin(long nanos, long done) {}

  private ProgressBar(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * A bar on standard error, if a person is looking; the launcher knows, Java 22 and newer do not
   * tell.
   *
   * @param err standard error
   */
  public static ProgressBar on(PrintWriter err) {
    return new ProgressBar(err, Boolean.getBoolean("evenhand.terminal"));
  }

  @Override
  public synchronized void step(String task, long done, long total) {
    long now = System.nanoTime();
    Begin begin = begin(task, done);
    latest = now;
    if (!terminal || now - start < QUIET_NANOS) {
      return;
    }
    shown = true;
    double rate = (done - begin.done()) / ((now - begin.nanos()) / 1e9);
    int filled = (int) (WIDTH * done / Math.max(total, 1));
    err.printf(
        Locale.ROOT,
        "\r%s [%s%s] %d/%d, %.1f/s, %.0f s left\u001b[K",
        task,
        "=".repeat(filled),
        " ".repeat(WIDTH - filled),
        done,
        total,
        rate,
        (total - done) / rate);
    err.flush();
  }

  /**
   * A task that is done several times begins anew with its first step; one that goes on after a
   * stop begins with a later one. What follows a comma tells more than the task's name.
   */
  private Begin begin(String task, long done) {
    String name = task.split(",", 2)[0];
    if (!begun.containsKey(name)) {
      begun.put(name, new Begin(start, done - 1));
    } else if (done == 1) {
      begun.put(name, new Begin(latest, 0));
    }
    return begun.getOrDefault(name, new Begin(start, 0));
  }

  @Override
  public void close() {
    if (shown) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
