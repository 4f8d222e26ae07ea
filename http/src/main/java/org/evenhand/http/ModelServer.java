package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.evenhand.core.Setting;

/** Asks over HTTP and repeats what failed in passing. Safe for use by several threads. */
final class ModelServer {
  /** Answers that another attempt may well change. */
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

  /** A server that asks for more patience than this is not waited for. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Many times what a million scores take as text. */
  private static final long LARGEST_REPLY = 64 << 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          // Some servers stumble over the offer to upgrade.
          .version(HttpClient.Version.HTTP_1_1)
          // A redirect could carry rows and token to another host.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final HttpOptions options;

  ModelServer(HttpOptions options) {
    this.options = options;
  }

  /**
   * A failed attempt.
   *
   * @param deed see {@link Question#failure}
   * @param advice see {@link Question#failure}
   * @param settings see {@link Question#failure}
   * @param passing whether to try again
   * @param answered whether the server answered at all
   * @param retryAfter what the server asks for
   */
  private record Failure(
      String deed,
      String advice,
      List<Setting> settings,
      boolean passing,
      boolean answered,
      Optional<Duration> retryAfter) {
    Failure askingForPatience(Duration pause) {
      String later =
          "it asks to be left alone for %s, so run again later".formatted(Text.seconds(pause));
      return new Failure(deed, later, List.of(), passing, answered, retryAfter);
    }

    HttpModelException after(int attempts, Question question) {
      String times = attempts == 1 ? "" : " " + attempts + " times in a row";
      return question.failure(deed + times, advice, settings.toArray(Setting[]::new));
    }
  }

  /** The body of a good answer, or how the attempt failed. */
  private record Attempt(byte[] body, Optional<Failure> failure) {
    static Attempt failed(String deed, String advice, boolean passing, Setting... settings) {
      return new Attempt(
          new byte[0],
          Optional.of(
              new Failure(deed, advice, List.of(settings), passing, false, Optional.empty())));
    }
  }

  /**
   * The body of the answer.
   *
   * @throws HttpModelException if there is none, however often it is asked for
   */
  byte[] ask(Question question) {
    Backoff backoff = new Backoff(options.firstPause(), options.seed() + question.number());
    for (int attempts = 1; ; attempts++) {
      Attempt attempt = attempt(question);
      if (attempt.failure().isEmpty()) {
        return attempt.body();
      }
      Failure failure = attempt.failure().get();
      if (!failure.passing() || attempts > options.retries()) {
        throw failure.after(attempts, question);
      }
      Duration pause = backoff.pause(attempts, failure.retryAfter());
      if (pause.compareTo(PATIENCE) > 0) {
        throw failure.askingForPatience(pause).after(attempts, question);
      }
      sleep(pause, question);
    }
  }

  /** The body of the answer; empty where the server answers with an error, and asked once only. */
  Optional<byte[]> tryOnce(Question question) {
    Attempt attempt = attempt(question);
    if (attempt.failure().isEmpty()) {
      return Optional.of(attempt.body());
    }
    Failure failure = attempt.failure().get();
    if (failure.answered()) {
      return Optional.empty();
    }
    throw failure.after(1, question);
  }

  private static void sleep(Duration pause, Question question) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(question);
    }
  }

  private static HttpModelException interrupted(Question question) {
    Thread.currentThread().interrupt();
    return question.failure("was given up on", "the run was interrupted");
  }

  private Attempt attempt(Question question) {
    HttpRequest.Builder request = question.request();
    options.token().ifPresent(token -> request.header("Authorization", token.header()));
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request.build(), head -> new LimitedBody(LARGEST_REPLY));
    try {
      // Not the request's own time-out, which ends when the first byte of the answer arrives.
      return judged(answer.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS), question);
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Attempt.failed(
          "gave no whole answer within " + Text.seconds(options.timeout()),
          "allow it more time, or ask for less at once",
          true,
          Setting.TIMEOUT,
          Setting.BATCH_SIZE,
          Setting.CONCURRENCY);
    } catch (ExecutionException e) {
      return notConnected(e.getCause() instanceof IOException io ? io : new IOException(e));
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw interrupted(question);
    }
  }

  private static Attempt notConnected(IOException e) {
    String reason =
        e.getCause() instanceof UnresolvedAddressException ? "unknown host" : Text.reason(e);
    if (e instanceof SSLHandshakeException) {
      return Attempt.failed(
          "cannot be trusted (%s)".formatted(reason),
          "give Java the server's certificate with -Djavax.net.ssl.trustStore",
          false);
    }
    if (e instanceof ConnectException) {
      return Attempt.failed(
          "cannot be reached (%s)".formatted(reason),
          "check host and port, and that the server is running",
          true);
    }
    if (e instanceof LimitedBody.TooLong) {
      return Attempt.failed(
          "went on and on (%s)".formatted(reason),
          "ask for fewer rows at once",
          false,
          Setting.BATCH_SIZE);
    }
    return Attempt.failed(
        "broke the connection off (%s)".formatted(reason), "look into the server's log", true);
  }

  private Attempt judged(HttpResponse<byte[]> response, Question question) {
    int status = response.statusCode();
    if (status == 200) {
      return new Attempt(withoutToken(response.body()), Optional.empty());
    }
    if (status >= 300 && status < 400) {
      return Attempt.failed(
          "answered %d, a redirect to %s"
              .formatted(
                  status,
                  withoutToken(response.headers().firstValue("Location").orElse("nowhere"))),
          "redirects are not followed, so give the URL that the model is really served at",
          false);
    }
    String said = said(response.body());
    return new Attempt(
        new byte[0],
        Optional.of(
            new Failure(
                "answered %d%s".formatted(status, said.isEmpty() ? "" : " ('%s')".formatted(said)),
                advice(status, question),
                helpful(status, question),
                PASSING.contains(status),
                true,
                Backoff.retryAfter(response.headers(), Instant.now()))));
  }

  /** The protocol's error message, or the beginning of whatever else was answered. */
  private String said(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      JsonNode error = Json.MAPPER.readTree(body).path("error");
      text = error.isTextual() ? error.asText() : text;
    } catch (IOException e) {
      // Not the protocol's; the text itself must do.
    }
    return Text.excerpt(withoutToken(text));
  }

  /** A server may repeat in any answer what it was sent. */
  private String withoutToken(String text) {
    return options.token().map(token -> token.removedFrom(text)).orElse(text);
  }

  private byte[] withoutToken(byte[] body) {
    return options
        .token()
        .map(token -> token.removedFrom(new String(body, StandardCharsets.UTF_8)))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .orElse(body);
  }

  private static String advice(int status, Question question) {
    return switch (status) {
      case 400, 422 ->
          "check that columns and datatypes are what the model was trained on"
              + (question.severalRows()
                  ? ", and ask for fewer rows at once if the server limits them"
                  : "");
      case 401, 403 -> "put a token that may ask this model into " + BearerToken.VARIABLE;
      case 404 ->
          "check the model's name and version in the URL, and that the server has loaded it";
      case 413 -> "ask for less at once";
      case 429, 503 -> "ask for less at once, or run again later";
      default ->
          question.method().equals("GET")
              ? "look into the server's log, or say yourself what its metadata would"
              : "look into the server's log";
    };
  }

  private static List<Setting> helpful(int status, Question question) {
    return switch (status) {
      case 400, 422 -> question.severalRows() ? List.of(Setting.BATCH_SIZE) : List.of();
      case 413 -> List.of(Setting.BATCH_SIZE);
      case 429, 503 -> List.of(Setting.CONCURRENCY);
      default ->
          question.method().equals("GET")
              ? List.of(Setting.FEATURES, Setting.CLASSES, Setting.DATATYPE)
              : List.of();
    };
  }
}
