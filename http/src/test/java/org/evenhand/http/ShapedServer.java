package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Servers on loopback that behave as common ones do, each over the same logistic model of two
 * columns: p = sigmoid(a − b).
 */
abstract class ShapedServer implements AutoCloseable {
  /** What a server answers. */
  record Answer(int status, JsonNode body) {}

  private final HttpServer server;
  private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());

  ShapedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/v2/models/m",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer;
            if (exchange.getRequestURI().getPath().endsWith("/infer")) {
              JsonNode request = LoopbackServer.MAPPER.readTree(body);
              requests.add(request);
              answer = infer(request);
            } else {
              answer = metadata();
            }
            LoopbackServer.send(
                exchange, answer.status(), LoopbackServer.MAPPER.writeValueAsBytes(answer.body()));
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2/models/m";
  }

  List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  abstract Answer metadata();

  abstract Answer infer(JsonNode request);

  @Override
  public void close() {
    server.stop(0);
  }

  static Answer refuse(int status, String error) {
    return new Answer(status, LoopbackServer.MAPPER.createObjectNode().put("error", error));
  }

  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static double probability(double a, double b) {
    return 1 / (1 + Math.exp(b - a));
  }

  static ObjectNode output(ObjectNode reply, String name, String datatype, long... shape) {
    ObjectNode output = reply.withArray("outputs").addObject();
    output.put("name", name).put("datatype", datatype);
    ArrayNode sizes = output.putArray("shape");
    for (long size : shape) {
      sizes.add(size);
    }
    output.putArray("data");
    return output;
  }

  private static JsonNode data(ObjectNode output) {
    return output.path("data");
  }

  static void addLabel(ObjectNode output, double p) {
    ((ArrayNode) data(output)).add(p >= 0.5 ? 1 : 0);
  }

  static void addBoth(ObjectNode output, double p) {
    ((ArrayNode) data(output)).add(1 - p).add(p);
  }

  /**
   * As MLServer serves a scikit-learn model that was trained on a data frame: it declares nothing,
   * makes a frame of inputs named like columns if it is told to, predicts labels, and probabilities
   * under {@code predict_proba} when asked for them.
   */
  static final class MlServer extends ShapedServer {
    @Override
    Answer metadata() {
      ObjectNode metadata = LoopbackServer.MAPPER.createObjectNode().put("name", "m");
      metadata.putArray("inputs");
      metadata.putArray("outputs");
      return ok(metadata);
    }

    @Override
    Answer infer(JsonNode request) {
      JsonNode a = column(request, "a");
      JsonNode b = column(request, "b");
      if (!request.at("/parameters/content_type").asText().equals("pd")
          || a.isMissingNode()
          || b.isMissingNode()) {
        return refuse(400, "columns are missing: {'a', 'b'}");
      }
      String wanted = request.at("/outputs/0/name").asText("predict");
      if (!wanted.equals("predict") && !wanted.equals("predict_proba")) {
        return refuse(400, "SKLearnModel only supports 'predict', 'predict_proba'");
      }
      int n = a.size();
      ObjectNode reply = LoopbackServer.MAPPER.createObjectNode().put("model_name", "m");
      ObjectNode output =
          wanted.equals("predict")
              ? output(reply, wanted, "INT64", n, 1)
              : output(reply, wanted, "FP64", n, 2);
      for (int row = 0; row < n; row++) {
        double p = probability(a.get(row).asDouble(), b.get(row).asDouble());
        if (wanted.equals("predict")) {
          addLabel(output, p);
        } else {
          addBoth(output, p);
        }
      }
      return ok(reply);
    }

    private static JsonNode column(JsonNode request, String name) {
      for (JsonNode input : request.path("inputs")) {
        if (input.path("name").asText().equals(name)) {
          return input.path("data");
        }
      }
      return request.path("no such column");
    }
  }

  /**
   * As DJL Serving serves an ONNX model: no metadata but an error of the server, one tensor of the
   * declared datatype, and all outputs or none.
   */
  static final class Djl extends ShapedServer {
    @Override
    Answer metadata() {
      ObjectNode error = LoopbackServer.MAPPER.createObjectNode();
      error.put("code", 500).put("type", "InternalServerException").put("message", "null");
      return new Answer(500, error);
    }

    @Override
    Answer infer(JsonNode request) {
      if (request.has("outputs") && request.path("outputs").size() != 2) {
        return refuse(400, "the model has 2 outputs");
      }
      JsonNode input = request.at("/inputs/0");
      if (!input.path("datatype").asText().equals("FP32")) {
        return refuse(400, "unexpected datatype " + input.path("datatype").asText());
      }
      int n = input.at("/shape/0").asInt();
      ObjectNode reply = LoopbackServer.MAPPER.createObjectNode().put("model_name", "m");
      ObjectNode label = output(reply, "output_label", "INT64", n);
      ObjectNode both = output(reply, "output_probability", "FP32", n, 2);
      for (int row = 0; row < n; row++) {
        double p =
            probability(
                input.path("data").get(2 * row).asDouble(),
                input.path("data").get(2 * row + 1).asDouble());
        addLabel(label, p);
        addBoth(both, p);
      }
      return ok(reply);
    }
  }

  /** As Triton's FIL backend names classes: by their numbers, which it writes as FP32. */
  static final class FilClasses extends ShapedServer {
    private final int classes;

    FilClasses(int classes) {
      this.classes = classes;
    }

    @Override
    Answer metadata() {
      ObjectNode metadata = LoopbackServer.MAPPER.createObjectNode().put("name", "m");
      metadata.withArray("inputs").addObject().put("name", "x").put("datatype", "FP32");
      ((ObjectNode) metadata.at("/inputs/0")).putArray("shape").add(-1).add(2);
      metadata.withArray("outputs").addObject().put("name", "output__0").put("datatype", "FP32");
      ((ObjectNode) metadata.at("/outputs/0")).putArray("shape").add(-1).add(1);
      return ok(metadata);
    }

    @Override
    Answer infer(JsonNode request) {
      int n = request.at("/inputs/0/shape/0").asInt();
      ObjectNode reply = LoopbackServer.MAPPER.createObjectNode();
      ArrayNode data = (ArrayNode) output(reply, "output__0", "FP32", n, 1).path("data");
      for (int row = 0; row < n; row++) {
        data.add((double) (row % classes));
      }
      return ok(reply);
    }
  }

  /** Takes one row without a batch dimension, as Triton does where max_batch_size is 0. */
  static final class OneRow extends ShapedServer {
    @Override
    Answer metadata() {
      ObjectNode metadata = LoopbackServer.MAPPER.createObjectNode().put("name", "m");
      metadata.withArray("inputs").addObject().put("name", "x").put("datatype", "FP32");
      ((ObjectNode) metadata.at("/inputs/0")).putArray("shape").add(2);
      metadata
          .withArray("outputs")
          .addObject()
          .put("name", "probabilities")
          .put("datatype", "FP32");
      ((ObjectNode) metadata.at("/outputs/0")).putArray("shape").add(2);
      return ok(metadata);
    }

    @Override
    Answer infer(JsonNode request) {
      JsonNode input = request.at("/inputs/0");
      if (!input.path("shape").toString().equals("[2]")) {
        return refuse(400, "expected shape [2], got " + input.path("shape"));
      }
      ObjectNode reply = LoopbackServer.MAPPER.createObjectNode();
      addBoth(
          output(reply, "probabilities", "FP32", 2),
          probability(input.at("/data/0").asDouble(), input.at("/data/1").asDouble()));
      return ok(reply);
    }
  }

  /** Answers whatever it is told to. */
  static final class Scripted extends ShapedServer {
    private final String metadata;
    private final String reply;

    Scripted(String metadata, String reply) {
      this.metadata = metadata;
      this.reply = reply;
    }

    private static JsonNode parsed(String json) {
      try {
        return LoopbackServer.MAPPER.readTree(json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    Answer metadata() {
      return ok(parsed(metadata));
    }

    @Override
    Answer infer(JsonNode request) {
      return ok(parsed(reply));
    }
  }
}
