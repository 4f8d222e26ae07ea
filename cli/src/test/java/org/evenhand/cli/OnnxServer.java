package org.evenhand.cli;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenhand.core.Column;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.onnx.OnnxClassifier;

/**
 * An ONNX model of two classes with one input a column and an output {@code logits}, behind the
 * Open Inference Protocol v2 on loopback.
 */
final class OnnxServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PATH = "/v2/models/loans";

  private final OnnxClassifier model;
  private final HttpServer server;
  private final AtomicInteger rows = new AtomicInteger();

  OnnxServer(Path file) {
    model = OnnxClassifier.open(file);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(PATH, exchange -> send(exchange, metadata()));
    server.createContext(PATH + "/infer", this::infer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** How many rows were asked about so far. */
  int rows() {
    return rows.get();
  }

  private ObjectNode metadata() {
    ObjectNode metadata = MAPPER.createObjectNode().put("name", "loans");
    ArrayNode inputs = metadata.putArray("inputs");
    for (InputColumn input : model.inputs()) {
      boolean text = input.kind() == InputColumn.Kind.TEXT;
      describe(inputs.addObject(), input.name(), text ? "BYTES" : "FP32", 1);
    }
    describe(metadata.putArray("outputs").addObject(), "logits", "FP32", 2);
    return metadata;
  }

  private static void describe(ObjectNode tensor, String name, String datatype, int width) {
    tensor.put("name", name).put("datatype", datatype).putArray("shape").add(-1).add(width);
  }

  private void infer(HttpExchange exchange) throws IOException {
    List<Column> columns = new ArrayList<>();
    for (JsonNode input : MAPPER.readTree(exchange.getRequestBody()).path("inputs")) {
      columns.add(column(input));
    }
    Table table = Table.of(columns);
    rows.addAndGet(table.rows());
    ObjectNode reply = MAPPER.createObjectNode();
    ObjectNode output = reply.putArray("outputs").addObject();
    output.put("name", "logits").put("datatype", "FP32");
    output.putArray("shape").add(table.rows()).add(2);
    output.set("data", MAPPER.valueToTree(model.rawOutput("logits", table)));
    send(exchange, reply);
  }

  private static Column column(JsonNode input) {
    String name = input.path("name").asText();
    List<JsonNode> cells = new ArrayList<>();
    input.path("data").forEach(cells::add);
    return input.path("datatype").asText().equals("BYTES")
        ? TextColumn.of(name, cells.stream().map(JsonNode::asText).toList())
        : new NumericColumn(
            name, cells.stream().mapToDouble(cell -> cell.asDouble(Double.NaN)).toArray());
  }

  private static void send(HttpExchange exchange, JsonNode reply) throws IOException {
    byte[] body = MAPPER.writeValueAsBytes(reply);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    model.close();
  }
}
