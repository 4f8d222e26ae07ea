package org.evenhand.http;

import java.time.Duration;
import java.util.Locale;

/** Pieces of messages. */
final class Text {
  private static final int EXCERPT = 160;

  private Text() {}

  /** The beginning of what a server said, on one line. */
  static String excerpt(String text) {
    String line = text.strip().replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3g s", duration.toMillis() / 1000.0);
  }

  /** The message that says most: that of the innermost cause that has one. */
  static String reason(Throwable failure) {
    String reason = failure.getClass().getSimpleName();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      reason = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }
    return reason;
  }
}
