package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs models in onnxruntime-web, the browser's runtime, under Node. Tests hand over models with
 * what ONNX Runtime answered; after the last test of a class all of them run in one process, and
 * must answer the same.
 *
 * <p>Skipped with a message without Node or the package, except on the build server. To install it:
 * {@code cp onnx/src/test/node/package*.json onnx/target/node && npm ci --prefix onnx/target/node}.
 */
final class SecondRuntime implements AfterAllCallback {
  private static final double TOLERANCE = 1e-5;
  private static final int ROWS = 100;
  private static final Path SCRIPT = Path.of("src/test/node/run-models.mjs");
  private static final Path PACKAGES = Path.of("target/node");
  private static final Optional<String> MISSING = missing();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Job> JOBS = new ArrayList<>();

  /**
   * A model with what it must answer.
   *
   * @param request as the script wants it
   * @param expected by output
   */
  private record Job(ObjectNode request, Map<String, OutputValues> expected) {}

  /** Why models cannot be run here, if so. */
  private static Optional<String> missing() {
    if (!Files.isDirectory(PACKAGES.resolve("node_modules/onnxruntime-web"))) {
      return Optional.of("onnxruntime-web is not installed in onnx/target/node");
    }
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0
          ? Optional.empty()
          : Optional.of("node does not work");
    } catch (IOException e) {
      return Optional.of("Node is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /**
   * Hands over a model, which is copied, and some rows.
   *
   * @param model its file may be overwritten afterwards
   * @param table the rows, of which the first are taken
   */
  static void add(OnnxClassifier model, Table table) {
    if (MISSING.isPresent()) {
      JOBS.add(new Job(JSON.createObjectNode(), Map.of()));
      return;
    }
    ModelInputs inputs = model.modelInputs();
    int rows = inputs.fixedRows().orElse(Math.min(ROWS, table.rows()));
    Table first = table.slice(0, rows);
    Map<String, OutputValues> expected = new LinkedHashMap<>();
    try (OnnxSession session =
        OnnxSession.open(model.path(), model.model(), inputs, OnnxOptions.defaults())) {
      for (ValueInfoProto output : model.graph().outputs()) {
        // The browser's runtime has tensors only, no sequences of maps.
        session.run(first, Set.of(output.getName())).values().stream()
            .filter(values -> !(values instanceof OutputValues.Maps))
            .forEach(values -> expected.put(output.getName(), values));
      }
    }
    JOBS.add(new Job(request(copied(model.path()), inputs, first, expected.keySet()), expected));
  }

  private static Path copied(Path model) {
    try {
      Path copy = Files.createTempFile(PACKAGES, "model", ".onnx");
      return Files.write(copy, Files.readAllBytes(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode request(
      Path model, ModelInputs inputs, Table rows, Set<String> outputs) {
    ObjectNode request = JSON.createObjectNode().put("model", model.toAbsolutePath().toString());
    ArrayNode feeds = request.putArray("inputs");
    for (GraphInput input : inputs.inputs()) {
      ObjectNode feed = feeds.addObject();
      feed.put("name", input.name()).put("type", input.type().toString());
      ArrayNode dims = feed.putArray("dims");
      for (long size : shape(input, rows)) {
        dims.add(size);
      }
      ArrayNode data = feed.putArray("data");
      for (int row = 0; row < rows.rows(); row++) {
        for (String column : input.columns()) {
          add(data, input.type(), rows.column(column), row);
        }
      }
    }
    ArrayNode names = request.putArray("outputs");
    outputs.forEach(names::add);
    return request;
  }

  private static long[] shape(GraphInput input, Table rows) {
    return input.holdsTensors()
        ? GraphInput.shape(rows.rows(), input.tensors(rows))
        : input.shape(rows.rows());
  }

  private static void add(ArrayNode data, ElementType type, Column column, int row) {
    if (column instanceof TensorColumn tensors) {
      float[] image = new float[tensors.size()];
      tensors.read(row, image, 0);
      for (float value : image) {
        data.add(value);
      }
      return;
    }
    if (column instanceof TextColumn text) {
      data.add(text.value(row));
      return;
    }
    double value = ((NumericColumn) column).values()[row];
    if (Double.isNaN(value)) {
      data.addNull();
    } else if (type == ElementType.FLOAT || type == ElementType.DOUBLE) {
      data.add(value);
    } else {
      data.add((long) value);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
    List<Job> jobs = List.copyOf(JOBS);
    JOBS.clear();
    if (jobs.isEmpty()) {
      return;
    }
    if (MISSING.isPresent()) {
      assertThat(System.getenv("CI")).as(MISSING.get()).isNotEqualTo("true");
      // An aborted class says nothing on the console.
      System.err.println("No model was run in a second runtime: " + MISSING.get() + ".");
      return;
    }
    JsonNode results = run(jobs.stream().map(Job::request).toList());
    for (int i = 0; i < jobs.size(); i++) {
      assertSame(context.getDisplayName() + ", model " + i, jobs.get(i), results.get(i));
      Files.delete(Path.of(jobs.get(i).request().path("model").asText()));
    }
  }

  private static JsonNode run(List<ObjectNode> requests) throws IOException, InterruptedException {
    Path jobs = PACKAGES.resolve("jobs.json");
    Path results = PACKAGES.resolve("results.json");
    JSON.writeValue(jobs.toFile(), requests);
    Files.deleteIfExists(results);
    int exit =
        new ProcessBuilder(
                "node", SCRIPT.toString(), PACKAGES.toString(), jobs.toString(), results.toString())
            .inheritIO()
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(exit).as("exit code of node").isZero();
    return JSON.readTree(results.toFile());
  }

  private static void assertSame(String model, Job job, JsonNode result) {
    assertThat(result.path("error").asText()).as(model).isEmpty();
    job.expected()
        .forEach(
            (output, values) -> {
              JsonNode answered = result.path("outputs").path(output);
              String what = model + ", output '" + output + "'";
              if (values instanceof OutputValues.Numbers numbers) {
                assertClose(what, numbers.values(), answered);
              } else {
                List<String> texts = new ArrayList<>();
                answered.forEach(node -> texts.add(node.asText()));
                assertThat(texts).as(what).isEqualTo(((OutputValues.Labels) values).values());
              }
            });
  }

  private static void assertClose(String what, double[] expected, JsonNode answered) {
    assertThat(answered.size()).as(what).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      double value = answered.get(i).isNull() ? Double.NaN : answered.get(i).asDouble();
      boolean close =
          Math.abs(value - expected[i]) <= TOLERANCE * Math.max(1, Math.abs(expected[i]))
              || (Double.isNaN(value) && Double.isNaN(expected[i]));
      assertThat(close).as("%s, value %d: %s, not %s", what, i, value, expected[i]).isTrue();
    }
  }
}
