package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server says about a model.
 *
 * @param inputs may be empty: servers let a model go without
 * @param outputs may be empty as well
 * @param canonical the whole document, independent of the order of its keys; {@code {}} where the
 *     server answers none
 */
record ModelMetadata(List<TensorInfo> inputs, List<TensorInfo> outputs, byte[] canonical) {
  /** More values per row, or classes, than any table or classifier has. */
  private static final long MOST_PER_DIMENSION = 1 << 20;

  /** Of a server that describes no model. */
  static ModelMetadata none() {
    return new ModelMetadata(List.of(), List.of(), new byte[] {'{', '}'});
  }

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

  /** The same where the declared shapes are those of one row, without a batch dimension. */
  ModelMetadata withRows() {
    return new ModelMetadata(withRows(inputs), withRows(outputs), canonical);
  }

  private static List<TensorInfo> withRows(List<TensorInfo> tensors) {
    return tensors.stream()
        .map(
            tensor ->
                new TensorInfo(
                    tensor.name(),
                    tensor.datatype(),
                    Stream.concat(Stream.of(1), tensor.shape().stream()).toList()))
        .toList();
  }

  private static List<TensorInfo> tensors(JsonNode document, String key, Question question) {
    List<TensorInfo> tensors = new ArrayList<>();
    for (JsonNode tensor : document.path(key)) {
      String name = tensor.path("name").asText();
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
              shape(tensor, name, question)));
    }
    return List.copyOf(tensors);
  }

  private static List<Integer> shape(JsonNode tensor, String name, Question question) {
    List<Long> sizes = Json.sizes(tensor.path("shape"));
    if (sizes.stream().anyMatch(size -> size > MOST_PER_DIMENSION)) {
      throw question.failure(
          "declared shape %s for '%s'".formatted(sizes, name),
          "a dimension of more than %d is no table's and no classifier's"
              .formatted(MOST_PER_DIMENSION));
    }
    return sizes.stream().map(size -> size < 0 ? -1 : (int) (long) size).toList();
  }
}
