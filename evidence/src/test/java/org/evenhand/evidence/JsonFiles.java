package org.evenhand.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads evidence, and the files that say what it must be. */
final class JsonFiles {
  private JsonFiles() {}

  static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON", e);
    }
  }

  /**
   * Fails unless the resource holds this text; with {@code -Devenhand.goldens=write} it is written
   * anew instead.
   */
  static void assertHolds(String name, String text) {
    if ("write".equals(System.getProperty("evenhand.goldens"))) {
      try {
        Files.writeString(Path.of("src/test/resources/org/evenhand/evidence", name), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return;
    }
    assertThat(text).isEqualTo(resource(name));
  }

  static String resource(String name) {
    try (InputStream in = JsonFiles.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }
}
