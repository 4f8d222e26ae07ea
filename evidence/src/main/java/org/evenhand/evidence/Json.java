package org.evenhand.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.Estimate;

/** How numbers and objects are written in JSON. */
final class Json {
  // The fast writer prints the shortest text of a double on every JDK; Double.toString does so only
  // from 19 on.
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String print(ObjectNode object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.setPrettyPrinter(prettyPrinter());
      write(object, generator);
    } catch (IOException e) {
      throw new AssertionError("a tree of plain values can be printed", e);
    }
    return text + "\n";
  }

  /** What an object mapper would write, without the hundreds of classes that it loads first. */
  private static void write(JsonNode node, JsonGenerator out) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          out.writeFieldName(field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        for (JsonNode element : node) {
          write(element, out);
        }
        out.writeEndArray();
      }
      case STRING -> out.writeString(node.textValue());
      case BOOLEAN -> out.writeBoolean(node.booleanValue());
      case NULL -> out.writeNull();
      case NUMBER -> {
        if (node.isIntegralNumber()) {
          out.writeNumber(node.longValue());
        } else {
          out.writeNumber(node.doubleValue());
        }
      }
      default -> throw new AssertionError("evidence holds no " + node.getNodeType());
    }
  }

  /** A value with its interval, or null with the reason. */
  static ObjectNode estimate(Estimate estimate) {
    ObjectNode node = object();
    if (estimate instanceof Estimate.Known known) {
      fraction(node, "value", known.value());
      fraction(node, "low", known.low());
      fraction(node, "high", known.high());
      if (!Double.isFinite(known.low()) || !Double.isFinite(known.high())) {
        node.put("reason", "null stands for a side on which the interval has no end");
      }
    } else if (estimate instanceof Estimate.Unknown unknown) {
      node.putNull("value");
      node.put("reason", unknown.reason());
    }
    return node;
  }

  /** A number, or null for what JSON cannot hold. */
  static void fraction(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  /** A weighted number of rows, without a fraction when it is whole. */
  static void count(ObjectNode node, String key, double rows) {
    if (rows == Math.rint(rows) && Math.abs(rows) < 1L << 53) {
      node.put(key, (long) rows);
    } else {
      fraction(node, key, rows);
    }
  }

  static void text(ObjectNode node, String key, Optional<String> text) {
    node.put(key, text.orElse(null));
  }

  private static DefaultPrettyPrinter prettyPrinter() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }
}
