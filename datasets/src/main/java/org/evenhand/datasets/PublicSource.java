package org.evenhand.datasets;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.evenhand.core.Artefacts;
import org.evenhand.data.DataException;

/**
 * A file that anyone can download.
 *
 * @param uri where
 * @param sha256 of its bytes, in lower-case hexadecimal
 */
record PublicSource(URI uri, String sha256) {
  private static final Duration TO_CONNECT = Duration.ofSeconds(20);
  private static final Duration TO_ANSWER = Duration.ofMinutes(2);

  /**
   * Its bytes.
   *
   * @throws DataException if it cannot be had, or is not the file that was hashed
   */
  byte[] download() {
    HttpResponse<byte[]> response = get();
    if (response.statusCode() != 200) {
      throw new DataException(
          "The server answered %d for %s.".formatted(response.statusCode(), uri));
    }
    String actual = Artefacts.sha256(response.body());
    if (!actual.equals(sha256)) {
      throw new DataException(
          "%s is not the file it was: its SHA-256 is %s, expected %s; nothing was kept."
              .formatted(uri, actual, sha256));
    }
    return response.body();
  }

  private HttpResponse<byte[]> get() {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TO_ANSWER).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new DataException(
          "%s could not be downloaded (%s); check the network or set EVENHAND_DATA to a folder that has the data."
              .formatted(uri, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("The download of %s was interrupted.".formatted(uri), e);
    }
  }
}
