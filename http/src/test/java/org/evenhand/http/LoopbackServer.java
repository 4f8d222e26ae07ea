package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server of the Open Inference Protocol v2 on loopback, with a plain Java function for a model,
 * that keeps what it was asked and can be told to fail.
 */
final class LoopbackServer implements AutoCloseable {
  static final ObjectMapper MAPPER = new ObjectMapper();

  /** What happens to a request instead of, or to, a good answer. */
  interface Fault {
    void answer(HttpExchange exchange, byte[] goodReply) throws IOException, InterruptedException;
  }

  static final Fault NONE = (exchange, reply) -> send(exchange, 200, reply);

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ObjectNode metadata = MAPPER.createObjectNode();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> rows = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private Fault lasting = NONE;
  private Function<List<JsonNode>, List<?>> model = row -> List.of();

  LoopbackServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(workers);
    server.createContext("/v2/models/loans", this::handle);
    server.start();
    metadata.put("name", "loans").put("platform", "java");
    metadata.putArray("inputs");
    metadata.putArray("outputs");
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2/models/loans";
  }

  LoopbackServer input(String name, String datatype, int... shape) {
    return tensor("inputs", name, datatype, shape);
  }

  LoopbackServer output(String name, String datatype, int... shape) {
    return tensor("outputs", name, datatype, shape);
  }

  private LoopbackServer tensor(String key, String name, String datatype, int... shape) {
    ObjectNode tensor = metadata.withArray(key).addObject();
    tensor.put("name", name).put("datatype", datatype).set("shape", MAPPER.valueToTree(shape));
    return this;
  }

  /** From the cells of a row, in the order of the inputs, to the values of every output. */
  LoopbackServer model(Function<List<JsonNode>, List<?>> answer) {
    model = answer;
    return this;
  }

  /** Befalls the next inference request that nothing has befallen yet. */
  LoopbackServer once(Fault fault) {
    synchronized (faults) {
      faults.add(fault);
    }
    return this;
  }

  /** Befalls all further inference requests. */
  LoopbackServer always(Fault fault) {
    synchronized (faults) {
      lasting = fault;
    }
    return this;
  }

  /** The bodies of the inference requests. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** The rows that were answered or would have been, as JSON arrays. */
  List<String> rows() {
    return List.copyOf(rows);
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/v2/models/loans")) {
        send(exchange, 200, MAPPER.writeValueAsBytes(metadata));
      } else if (path.equals("/v2/models/loans/infer")) {
        infer(exchange, body);
      } else {
        send(exchange, 404, "{\"error\": \"unknown model\"}".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void infer(HttpExchange exchange, byte[] body) throws IOException {
    requests.add(new String(body, StandardCharsets.UTF_8));
    byte[] reply = MAPPER.writeValueAsBytes(reply(MAPPER.readTree(body)));
    Fault fault;
    synchronized (faults) {
      fault = faults.isEmpty() ? lasting : faults.remove();
    }
    try {
      fault.answer(exchange, reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode reply(JsonNode request) {
    int n = request.at("/inputs/0/shape/0").asInt();
    List<List<?>> answers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<JsonNode> cells = new ArrayList<>();
      for (JsonNode input : request.path("inputs")) {
        int width = input.path("data").size() / n;
        for (int j = 0; j < width; j++) {
          cells.add(input.path("data").get(i * width + j));
        }
      }
      rows.add(cells.toString());
      answers.add(model.apply(cells));
    }
    ObjectNode reply = MAPPER.createObjectNode().put("model_name", "loans");
    ArrayNode outputs = reply.putArray("outputs");
    int wanted = 0;
    for (JsonNode declared : metadata.path("outputs")) {
      if (declared.path("name").equals(request.at("/outputs/0/name"))) {
        outputs.add(tensor(declared, answers, wanted));
      }
      wanted++;
    }
    return reply;
  }

  private static ObjectNode tensor(JsonNode declared, List<List<?>> answers, int output) {
    ObjectNode tensor = MAPPER.createObjectNode();
    tensor.set("name", declared.path("name"));
    tensor.set("datatype", declared.path("datatype"));
    ArrayNode shape = tensor.putArray("shape").add(answers.size());
    ArrayNode data = tensor.putArray("data");
    int width = 1;
    for (List<?> answer : answers) {
      JsonNode values = MAPPER.valueToTree(answer.get(output));
      if (values.isArray()) {
        width = values.size();
        values.forEach(data::add);
      } else {
        data.add(values);
      }
    }
    if (declared.path("shape").size() == 2) {
      shape.add(width);
    }
    return tensor;
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** An error as the protocol words it. */
  static Fault status(int status, String error) {
    return (exchange, reply) ->
        send(
            exchange,
            status,
            MAPPER.writeValueAsBytes(MAPPER.createObjectNode().put("error", error)));
  }

  /** Something else than the good answer. */
  static Fault text(String body) {
    return (exchange, reply) -> send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The good answer with something replaced. */
  static Fault edited(String pattern, String replacement) {
    return (exchange, reply) ->
        send(
            exchange,
            200,
            new String(reply, StandardCharsets.UTF_8)
                .replaceFirst(pattern, replacement)
                .getBytes(StandardCharsets.UTF_8));
  }

  /** The first half of the good answer, then the end of the connection. */
  static Fault half() {
    return (exchange, reply) -> {
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply, 0, reply.length / 2);
      exchange.getResponseBody().flush();
    };
  }

  /** No answer as long as the server runs. */
  Fault silence() {
    return (exchange, reply) -> closing.await();
  }

  /** The first half of the good answer and no more as long as the server runs. */
  Fault stall() {
    return (exchange, reply) -> {
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply, 0, reply.length / 2);
      exchange.getResponseBody().flush();
      closing.await();
    };
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
