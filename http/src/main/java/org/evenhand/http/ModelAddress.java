package org.evenhand.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where a model is served: {@code http[s]://host[:port]/…/v2/models/NAME[/versions/VERSION]}.
 *
 * @param metadata the address itself, without a slash at its end
 */
record ModelAddress(URI metadata) {
  private static final Pattern PATH =
      Pattern.compile("(/[^/]+)*/v2/models/(?<name>[^/]+)(/versions/[^/]+)?");

  static ModelAddress of(String text) {
    // Not repeated in the message, which may be logged.
    if (text.contains("@") || text.contains("?")) {
      throw new HttpModelException(
          "A model's URL takes no password and no query, since URLs are logged; put the secret into %s."
              .formatted(BearerToken.VARIABLE));
    }
    URI uri = parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web
        || uri.getHost() == null
        || uri.getRawFragment() != null
        || !PATH.matcher(uri.getRawPath()).matches()) {
      throw notAnAddress(text);
    }
    return new ModelAddress(uri);
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw notAnAddress(text);
    }
  }

  private static HttpModelException notAnAddress(String text) {
    return new HttpModelException(
        "'%s' is not the URL of a model; expected http(s)://HOST/v2/models/NAME, with /versions/VERSION if need be."
            .formatted(text));
  }

  URI infer() {
    return URI.create(metadata + "/infer");
  }

  /** The model's name as a file may be called. */
  String fileName() {
    var matcher = PATH.matcher(metadata.getRawPath());
    return matcher.matches() ? matcher.group("name").replaceAll("[^\\w.-]", "_") : "model";
  }

  @Override
  public String toString() {
    return metadata.toString();
  }
}
