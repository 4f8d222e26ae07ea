package org.evenhand.http;

import java.util.Map;
import java.util.Optional;

/** A secret that opens a model server. It shows itself to the server only, never in a message. */
public final class BearerToken {
  /** The environment variable that {@link #from} reads. */
  public static final String VARIABLE = "EVENHAND_MODEL_TOKEN";

  private final String secret;

  private BearerToken(String secret) {
    this.secret = secret;
  }

  /**
   * A token.
   *
   * @param secret what is sent as {@code Authorization: Bearer secret}; blanks around it, such as
   *     the line end of a file, are dropped
   * @throws HttpModelException if it is empty or holds characters that no HTTP header may hold
   */
  public static BearerToken of(String secret) {
    String stripped = secret.strip();
    if (stripped.isEmpty() || !stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new HttpModelException(
          "The bearer token is empty or holds blanks or characters beyond ASCII, which no HTTP header takes; check %s."
              .formatted(VARIABLE));
    }
    return new BearerToken(stripped);
  }

  /**
   * The token that the user set; empty if there is none.
   *
   * @param environment of the process, such as {@code System.getenv()}
   * @throws HttpModelException as {@link #of}
   */
  public static Optional<BearerToken> from(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE)).map(BearerToken::of);
  }

  String header() {
    return "Bearer " + secret;
  }

  /** A server may repeat in its error what it was sent. */
  String removedFrom(String text) {
    return text.replace(secret, "***");
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return "***";
  }
}
