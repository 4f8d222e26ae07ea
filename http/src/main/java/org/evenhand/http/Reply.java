package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.evenhand.core.Setting;

/**
 * What a server answered about some rows.
 *
 * @param outputs that it holds, in its order
 * @param question that it answers
 * @param rows that were asked about, at least 1
 */
record Reply(List<Tensor> outputs, Question question, int rows) {
  /**
   * One output.
   *
   * @param name of it
   * @param datatype as the server writes it
   * @param shape as the server writes it; empty where it is none
   * @param values in row-major order, whether the server nests them or not
   */
  record Tensor(String name, String datatype, List<Long> shape, List<JsonNode> values) {
    Optional<Datatype> type() {
      return Datatype.of(datatype);
    }

    /** Values per row; none where they do not fill a shape of so many rows. */
    OptionalLong perRow(int rows) {
      Optional<Long> size = Json.size(shape);
      boolean complete = size.isPresent() && size.get() == values.size() && hasRows(rows);
      return complete ? OptionalLong.of(values.size() / rows) : OptionalLong.empty();
    }

    /** A leading dimension of 1 is a wrapper; one row alone may come without a dimension. */
    private boolean hasRows(int rows) {
      return rows == 1
          || shape.stream()
              .dropWhile(size -> size == 1)
              .findFirst()
              .filter(n -> n == rows)
              .isPresent();
    }

    /** As metadata would have declared it. */
    Optional<TensorInfo> info(int rows) {
      OptionalLong width = perRow(rows);
      if (width.isEmpty() || type().isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new TensorInfo(name, type().get(), List.of(-1, Math.toIntExact(width.getAsLong()))));
    }
  }

  static Reply read(byte[] body, Question question, int rows) {
    List<Tensor> outputs = new ArrayList<>();
    for (JsonNode output : Json.object(body, question).path("outputs")) {
      if (output.path("parameters").has("binary_data_size")) {
        throw question.failure(
            "answered in the protocol's binary form, which was not asked for",
            "let the server, or what stands between, answer in JSON");
      }
      List<JsonNode> values = new ArrayList<>();
      flatten(output.path("data"), values);
      outputs.add(
          new Tensor(
              output.path("name").asText(),
              output.path("datatype").asText(),
              Json.sizes(output.path("shape")),
              values));
    }
    return new Reply(outputs, question, rows);
  }

  /** The protocol allows data to be nested by shape or flat. */
  private static void flatten(JsonNode data, List<JsonNode> values) {
    for (JsonNode element : data) {
      if (element.isArray()) {
        flatten(element, values);
      } else {
        values.add(element);
      }
    }
  }

  boolean has(String name) {
    return outputs.stream().anyMatch(output -> output.name().equals(name));
  }

  /** The outputs that say something about each row, as metadata would have declared them. */
  List<TensorInfo> infos() {
    return outputs.stream().flatMap(output -> output.info(rows).stream()).toList();
  }

  Tensor output(String name) {
    return outputs.stream()
        .filter(output -> output.name().equals(name))
        .findFirst()
        .orElseThrow(() -> without(name));
  }

  private HttpModelException without(String name) {
    List<String> others = outputs.stream().map(Tensor::name).toList();
    return question.failure(
        "answered without output '%s', with %s"
            .formatted(name, others.isEmpty() ? "no output at all" : String.join(", ", others)),
        "name an output that it answers with",
        Setting.OUTPUT);
  }
}
