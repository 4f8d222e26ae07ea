package org.evenhand.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON as model servers write it. */
final class Json {
  /** Python servers write NaN and Infinity, which strict JSON has no words for. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

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
