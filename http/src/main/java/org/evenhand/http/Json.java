package org.evenhand.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON as model servers write it. */
final class Json {
  /** Python servers write NaN and Infinity, which strict JSON has no words for. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  /** The sizes of a shape, which some servers write as texts; −1 for what is no whole number. */
  static List<Long> sizes(JsonNode shape) {
    List<Long> sizes = new ArrayList<>();
    for (JsonNode size : shape) {
      String text = size.asText();
      boolean whole = text.matches("-?\\d+");
      sizes.add(!whole ? -1 : text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text));
    }
    return List.copyOf(sizes);
  }

  /** How many values a shape holds; empty of none and of more than a number can count. */
  static Optional<Long> size(List<Long> shape) {
    if (shape.isEmpty() || shape.stream().anyMatch(size -> size < 0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(shape.stream().reduce(1L, Math::multiplyExact));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A reply that must be one JSON object. */
  static JsonNode object(byte[] reply, Question question) {
    try {
      JsonNode document = MAPPER.readTree(reply);
      if (document != null && document.isObject()) {
        return document;
      }
    } catch (IOException e) {
      // The excerpt below says more than the parser's complaint.
    }
    throw question.failure(
        "answered something other than a JSON object ('%s')"
            .formatted(Text.excerpt(new String(reply, StandardCharsets.UTF_8))),
        "check that the URL names a model of an Open Inference Protocol v2 server");
  }

  static byte[] canonical(JsonNode document) {
    try {
      return MAPPER.writeValueAsBytes(MAPPER.treeToValue(document, Object.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError("what was read as JSON can be written as JSON", e);
    }
  }
}
