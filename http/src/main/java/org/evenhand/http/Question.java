package org.evenhand.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import org.evenhand.core.Setting;

/**
 * One thing to ask a server, and how to tell the user that it went wrong.
 *
 * @param url asked
 * @param method GET or POST
 * @param body of the request
 * @param wanted what the server is to answer, as it reads after "when asked for"
 * @param number of the question; jitter is drawn from it
 * @param severalRows whether fewer could be asked about at once
 */
record Question(
    URI url, String method, byte[] body, String wanted, long number, boolean severalRows) {
  static Question metadata(ModelAddress address) {
    return new Question(address.metadata(), "GET", new byte[0], "its metadata", -1, false);
  }

  /** About rows, of which the first and the last are named. */
  static Question answers(ModelAddress address, byte[] body, int first, int last) {
    return new Question(
        address.infer(),
        "POST",
        body,
        first == last
            ? "the answer to row %d".formatted(first)
            : "the answers to rows %d to %d".formatted(first, last),
        first,
        last > first);
  }

  HttpRequest.Builder request() {
    BodyPublisher publisher =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    return HttpRequest.newBuilder(url)
        .method(method, publisher)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json");
  }

  /**
   * One sentence.
   *
   * @param deed what the server did, as it reads after the URL
   * @param advice what to do
   * @param settings that would help
   */
  HttpModelException failure(String deed, String advice, Setting... settings) {
    return new HttpModelException(
        "%s %s when asked for %s; %s.".formatted(url, deed, wanted, advice), settings);
  }
}
