package org.evenhand.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.evenhand.core.ModelContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOptionsTest {
  private static void assertRefused(HttpOptions.Builder options, String message) {
    assertThatThrownBy(options::build).isInstanceOf(HttpModelException.class).hasMessage(message);
  }

  @Test
  void numbers_out_of_range_are_refused() {
    assertRefused(
        HttpOptions.builder().batchSize(0), "The batch size is 0; it must be at least 1.");
    assertRefused(
        HttpOptions.builder().concurrency(0),
        "The number of requests in flight is 0; it must be at least 1.");
    assertRefused(
        HttpOptions.builder().retries(-1), "The number of retries is -1; it must be at least 0.");
    assertRefused(
        HttpOptions.builder().timeout(Duration.ZERO),
        "The time-out is 0.00 s; it must be above 0.");
    assertRefused(
        HttpOptions.builder().firstPause(Duration.ofMillis(-1)),
        "The pause before a retry is -0.00100 s; it must be above 0.");
  }

  @Test
  void a_token_does_not_show_itself() {
    BearerToken token = BearerToken.from(Map.of("EVENHAND_MODEL_TOKEN", " s3cret\n")).orElseThrow();

    assertThat(HttpOptions.builder().token(token).build().toString()).doesNotContain("s3cret");
    assertThat(token.header()).isEqualTo("Bearer s3cret");
    assertThat(BearerToken.from(Map.of())).isEmpty();
  }

  private static Object sent(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  @Test
  void options_travel_to_other_processes_but_a_token_does_not() throws Exception {
    HttpOptions.Builder builder =
        HttpOptions.builder()
            .contract(ModelContract.none().withFeatures(List.of("a", "b")).withOutput("p"))
            .datatypes(Map.of("a", "FP32"))
            .parameters(Map.of("content_type", "pd"))
            .batchSize(3)
            .concurrency(2)
            .timeout(Duration.ofSeconds(5))
            .retries(1)
            .firstPause(Duration.ofMillis(7))
            .seed(9)
            .answerCache(Path.of("kept", "answers"));
    HttpOptions options = builder.build();

    assertThat(sent(options)).isEqualTo(options);
    assertThat(sent(HttpOptions.defaults())).isEqualTo(HttpOptions.defaults());
    assertThatThrownBy(() -> sent(builder.token(BearerToken.of("s3cret")).build()))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage(
            "A bearer token is not sent to other processes; read it where the model is opened, with BearerToken.from(System.getenv()).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "line\nbreak", "schlüssel"})
  void a_token_that_no_header_takes_is_refused_without_being_shown(String secret) {
    assertThatThrownBy(() -> BearerToken.of(secret))
        .isInstanceOf(HttpModelException.class)
        .hasMessage(
            "The bearer token is empty or holds blanks or characters beyond ASCII, which no HTTP header takes; check"
                + " EVENHAND_MODEL_TOKEN.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host/v2/models/m",
        "https://host:8443/v2/models/m/versions/2",
        "http://host/gateway/loans/v2/models/m/"
      })
  void urls_of_models_are_known(String url) {
    assertThat(HttpClassifier.isUrl(url)).isTrue();
    assertThat(ModelAddress.of(url).infer().toString())
        .isEqualTo(url.replaceFirst("/$", "") + "/infer");
  }

  @ParameterizedTest
  @CsvSource({
    "http://host/",
    "http://host/v2/models/m/infer",
    "ftp://host/v2/models/m",
    "http:///v2/models/m",
    "http://host/v2/models/m#x",
    "http://ho st/v2/models/m"
  })
  void other_urls_are_refused_with_what_is_expected(String url) {
    assertThatThrownBy(() -> ModelAddress.of(url))
        .isInstanceOf(HttpModelException.class)
        .hasMessage(
            "'%s' is not the URL of a model; expected http(s)://HOST/v2/models/NAME, with /versions/VERSION if need be.",
            url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:s3cret@host/v2/models/m",
        "http://me:s3 cret@host/v2/models/m",
        "http://host/v2/models/m?key=s3cret"
      })
  void secrets_in_a_url_are_refused_without_being_shown(String url) {
    assertThatThrownBy(() -> ModelAddress.of(url))
        .isInstanceOf(HttpModelException.class)
        .hasMessage(
            "A model's URL takes no password and no query, since URLs are logged; put the secret into"
                + " EVENHAND_MODEL_TOKEN.");
  }
}
