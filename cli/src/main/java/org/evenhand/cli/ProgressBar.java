package org.evenhand.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.evenhand.core.Progress;

/**
 * A line on the terminal with rate and remaining time, for whatever takes longer than two seconds;
 * silent where no terminal is attached.
 */
final class ProgressBar implements Progress, AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final int WIDTH = 24;

  private final PrintWriter err;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private boolean shown;

  private ProgressBar(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * A bar on standard error, if a person is looking; the launcher knows, Java 22 and newer do not
   * tell.
   */
  static ProgressBar on(PrintWriter err) {
    return new ProgressBar(err, Boolean.getBoolean("evenhand.terminal"));
  }

  @Override
  public synchronized void step(String task, long done, long total) {
    long elapsed = System.nanoTime() - start;
    if (!terminal || elapsed < QUIET_NANOS) {
      return;
    }
    shown = true;
    double seconds = elapsed / 1e9;
    int filled = (int) (WIDTH * done / Math.max(total, 1));
    err.printf(
        Locale.ROOT,
        "\r%s [%s%s] %d/%d, %.1f/s, %.0f s left\u001b[K",
        task,
        "=".repeat(filled),
        " ".repeat(WIDTH - filled),
        done,
        total,
        done / seconds,
        seconds / done * (total - done));
    err.flush();
  }

  @Override
  public void close() {
    if (shown) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
