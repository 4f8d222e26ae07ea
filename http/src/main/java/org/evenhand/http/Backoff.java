package org.evenhand.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.SplittableRandom;

/** How long to wait before asking again: twice as long each time, spread by jitter. */
final class Backoff {
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Duration first;
  private final SplittableRandom random;

  /**
   * @param first before the first repetition
   * @param seed of the jitter
   */
  Backoff(Duration first, long seed) {
    this.first = first;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Half to all of {@code first · 2^(failures − 1)}, at most {@link #LONGEST_PAUSE}, but never
   * shorter than the server asks for.
   *
   * @param failures so far, at least 1
   * @param asked by the server
   */
  Duration pause(int failures, Optional<Duration> asked) {
    double doubled = first.toMillis() * Math.pow(2, failures - 1.0);
    double longest = Math.min(doubled, (double) LONGEST_PAUSE.toMillis());
    Duration own = Duration.ofMillis((long) (longest * random.nextDouble(0.5, 1)));
    return asked.filter(pause -> pause.compareTo(own) > 0).orElse(own);
  }

  /**
   * What a server's {@code Retry-After} asks for; empty if it asks for nothing that can be read.
   *
   * @param headers of its answer
   * @param now for a server that names a date
   */
  static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
    return headers.firstValue("Retry-After").flatMap(value -> parse(value.strip(), now));
  }

  private static Optional<Duration> parse(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, date));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
