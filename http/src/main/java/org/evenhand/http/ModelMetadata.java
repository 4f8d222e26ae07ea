package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server says about a model.
 *
 * @param inputs may be empty: servers let a model go without
 * @param outputs may be empty as well
 * @param canonical the whole document, independent of the order of its keys
 */
record ModelMetadata(List<TensorInfo> inputs, List<TensorInfo> outputs, byte[] canonical) {
  static ModelMetadata read(byte[] reply, Question question) {
    JsonNode document = Json.object(reply, question);
    return new ModelMetadata(
        tensors(document, "inputs", question),
        tensors(document, "outputs", question),
        Json.canonical(document));
  }

  /** Of the canonical document. */
  String sha256() {
    return Sha256.hex(canonical);
  }

  private static List<TensorInfo> tensors(JsonNode document, String key, Question question) {
    List<TensorInfo> tensors = new ArrayList<>();
    for (JsonNode tensor : document.path(key)) {
      String name = tensor.path("name").asText();
      List<Integer> shape = new ArrayList<>();
      tensor.path("shape").forEach(size -> shape.add(size.asInt(-1)));
      String datatype = tensor.path("datatype").asText();
      tensors.add(
          new TensorInfo(
              name,
              Datatype.of(datatype)
                  .orElseThrow(
                      () ->
                          question.failure(
                              "declared datatype '%s' for '%s'".formatted(datatype, name),
                              "the datatypes of the protocol are " + Datatype.all())),
              shape));
    }
    return List.copyOf(tensors);
  }
}
