package org.evenhand.terminal;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.evenhand.core.Progress;

/**
 * A line on the terminal that says what is being done, how far the whole run has come, and how long
 * the rest will take, for whatever takes longer than two seconds; silent where no terminal is
 * attached.
 */
public final class ProgressBar implements Progress, AutoCloseable {
  private static final double QUIET_SECONDS = 2;

  /** Less than this tells nothing about the rest. */
  private static final double LEAST_SHARE = 0.02;

  private static final int WIDEST = 24;
  private static final int NARROWEST = 6;

  private final PrintWriter err;
  private final boolean terminal;
  private final IntSupplier width;
  private final LongSupplier clock;
  private final long start;
  private final Course course = new Course();
  private int characters;
  private boolean shown;

  ProgressBar(PrintWriter err, boolean terminal, IntSupplier width, LongSupplier clock) {
    this.err = err;
    this.terminal = terminal;
    this.width = width;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  /**
   * A bar on standard error, if a person is looking; the launcher knows, Java 22 and newer do not
   * tell.
   *
   * @param err standard error
   */
  public static ProgressBar on(PrintWriter err) {
    return new ProgressBar(err, Screen.showsErrors(), () -> Screen.width(true), System::nanoTime);
  }

  /**
   * The next part of the run begins.
   *
   * @param end share of the whole run that is behind when it ends, 0 to 1
   */
  public synchronized void begin(double end) {
    course.begin(end);
  }

  @Override
  public synchronized void step(String task, long done, long total) {
    // What follows a comma tells more than the task's name.
    double share = course.step(task.split(",", 2)[0], done, total);
    double seconds = (clock.getAsLong() - start) * 1e-9;
    if (!terminal || seconds < QUIET_SECONDS) {
      return;
    }
    if (characters == 0) {
      characters = width.getAsInt();
    }
    shown = true;
    err.print("\r" + line(task + " " + done + "/" + total, share, seconds) + "\u001b[K");
    err.flush();
  }

  /** A line that is full would go on in the next one. */
  private String line(String task, double share, double seconds) {
    String rest =
        String.format(Locale.ROOT, "%.0f %%", 100 * share)
            + (share < LEAST_SHARE
                ? ""
                : ", about " + time(seconds * (1 - share) / share) + " left");
    int room = characters - 1 - rest.length() - 1;
    if (room < 2) {
      return rest.substring(0, Math.min(rest.length(), characters - 1));
    }
    String what = task.length() <= room ? task : task.substring(0, Math.max(0, room - 1)) + "…";
    int bar = Math.min(WIDEST, room - what.length() - 3);
    if (bar < NARROWEST) {
      return what + " " + rest;
    }
    int filled = (int) Math.round(bar * share);
    return what + " [" + "=".repeat(filled) + " ".repeat(bar - filled) + "] " + rest;
  }

  private static String time(double seconds) {
    if (seconds < 90) {
      return String.format(Locale.ROOT, "%.0f s", Math.ceil(seconds));
    }
    return seconds < 90 * 60
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  /** Takes the line away; the next step shows it again. */
  @Override
  public synchronized void close() {
    if (shown) {
      err.print("\r\u001b[K");
      err.flush();
      shown = false;
    }
  }
}
