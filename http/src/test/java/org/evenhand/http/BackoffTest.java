package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void pauses_double_within_half_of_their_length_up_to_the_longest() {
    for (long seed = 0; seed < 50; seed++) {
      Backoff backoff = new Backoff(Duration.ofSeconds(1), seed);
      for (int failures = 1; failures <= 12; failures++) {
        long longest = Math.min(1000L << (failures - 1), Backoff.LONGEST_PAUSE.toMillis());

        assertThat(backoff.pause(failures, Optional.empty()).toMillis())
            .isBetween(longest / 2, longest);
      }
    }
  }

  @Test
  void the_seed_and_nothing_else_decides_the_jitter() {
    assertThat(pauses(7)).isEqualTo(pauses(7)).isNotEqualTo(pauses(8));
  }

  private static List<Duration> pauses(long seed) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), seed);
    return IntStream.rangeClosed(1, 4)
        .mapToObj(failures -> backoff.pause(failures, Optional.empty()))
        .toList();
  }

  @Test
  void the_server_may_ask_for_more_patience_but_not_for_less() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), 1);

    assertThat(backoff.pause(1, Optional.of(Duration.ofSeconds(60)))).hasSeconds(60);
    assertThat(backoff.pause(1, Optional.of(Duration.ZERO)).toMillis()).isBetween(500L, 1000L);
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "0, 0", "'Sun, 22 Nov 2026 10:01:30 GMT', 90"})
  void retry_after_is_read_in_seconds_and_as_a_date(String header, long seconds) {
    assertThat(retryAfter(header)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"soon", "-5", "99999999999"})
  void retry_after_that_cannot_be_read_asks_for_nothing(String header) {
    assertThat(retryAfter(header)).isEmpty();
  }

  private static Optional<Duration> retryAfter(String value) {
    return Backoff.retryAfter(
        HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, v) -> true), NOW);
  }
}
