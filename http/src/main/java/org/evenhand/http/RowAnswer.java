package org.evenhand.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a server answered about one row: all that is kept of it. */
sealed interface RowAnswer {
  /**
   * One row of an output of numbers.
   *
   * @param values finite
   */
  record Scores(double[] values) implements RowAnswer {}

  /**
   * One row of an output of labels.
   *
   * @param value as the server writes it; 0 or 1 for a boolean
   */
  record Label(String value) implements RowAnswer {}

  /** JSON on one line, from which {@link #parse} gets the same answer to the last bit. */
  default String json() {
    try {
      return this instanceof Scores scores
          ? Json.MAPPER.writeValueAsString(scores.values())
          : Json.MAPPER.writeValueAsString(((Label) this).value());
    } catch (JsonProcessingException e) {
      throw new AssertionError("numbers and texts can be written as JSON", e);
    }
  }

  /** Empty if it is not what {@link #json} writes. */
  static Optional<RowAnswer> parse(String json) {
    try {
      JsonNode node = Json.MAPPER.readTree(json);
      if (node.isTextual()) {
        return Optional.of(new Label(node.asText()));
      }
      return node.isArray()
          ? Optional.of(new Scores(Json.MAPPER.treeToValue(node, double[].class)))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
