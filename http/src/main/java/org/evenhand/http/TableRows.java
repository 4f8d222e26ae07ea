package org.evenhand.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** Rows of one table as the protocol writes them. */
final class TableRows {
  private final List<ModelInput> inputs;
  private final List<List<Column>> columns;

  /**
   * @param inputs of the model
   * @param table already checked against them
   */
  TableRows(List<ModelInput> inputs, Table table) {
    this.inputs = inputs;
    this.columns =
        inputs.stream().map(input -> input.columns().stream().map(table::column).toList()).toList();
  }

  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static byte[] written(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written to it", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The body of an inference request.
   *
   * @param rows to ask about
   * @param outputs wanted; none for all
   * @param parameters of the request
   */
  byte[] request(int[] rows, List<String> outputs, Map<String, String> parameters) {
    return written(
        json -> {
          json.writeStartObject();
          if (!parameters.isEmpty()) {
            json.writeFieldName("parameters");
            writeParameters(json, parameters);
          }
          json.writeArrayFieldStart("inputs");
          for (int i = 0; i < inputs.size(); i++) {
            writeTensor(json, i, rows);
          }
          json.writeEndArray();
          if (!outputs.isEmpty()) {
            json.writeArrayFieldStart("outputs");
            for (String output : outputs) {
              json.writeStartObject();
              json.writeStringField("name", output);
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  /** What reads as a truth value or a whole number is one; all else is a text. */
  private static void writeParameters(JsonGenerator json, Map<String, String> parameters)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> parameter : new TreeMap<>(parameters).entrySet()) {
      String value = parameter.getValue();
      json.writeFieldName(parameter.getKey());
      if (value.equals("true") || value.equals("false")) {
        json.writeBoolean(value.equals("true"));
      } else if (value.matches("-?\\d{1,18}")) {
        json.writeNumber(Long.parseLong(value));
      } else {
        json.writeString(value);
      }
    }
    json.writeEndObject();
  }

  private void writeTensor(JsonGenerator json, int i, int[] rows) throws IOException {
    ModelInput input = inputs.get(i);
    int[] shape = input.shape(rows.length);
    json.writeStartObject();
    json.writeStringField("name", input.name());
    json.writeFieldName("shape");
    json.writeArray(shape, 0, shape.length);
    json.writeStringField("datatype", input.datatype().name());
    json.writeArrayFieldStart("data");
    for (int row : rows) {
      writeCells(json, i, row);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** One row as it is sent, whatever the batch it is sent in. */
  byte[] content(int row) {
    return written(
        json -> {
          json.writeStartArray();
          for (int i = 0; i < inputs.size(); i++) {
            writeCells(json, i, row);
          }
          json.writeEndArray();
        });
  }

  private void writeCells(JsonGenerator json, int i, int row) throws IOException {
    for (Column column : columns.get(i)) {
      if (column instanceof TextColumn text) {
        json.writeString(text.value(row));
      } else {
        writeNumber(json, inputs.get(i), (NumericColumn) column, row);
      }
    }
  }

  private static void writeNumber(
      JsonGenerator json, ModelInput input, NumericColumn column, int row) throws IOException {
    double value = column.values()[row];
    Datatype type = input.datatype();
    if (Double.isNaN(value) && type.isFloatingPoint()) {
      // JSON has no NaN; servers built on numpy read null as one.
      json.writeNull();
      return;
    }
    if (!type.takes(value)) {
      throw new HttpModelException(
          "Column '%s' has %s in row %d, but the model's input '%s' takes %s."
              .formatted(
                  column.name(),
                  Double.isNaN(value) ? "a missing value" : String.valueOf(value),
                  row,
                  input.name(),
                  type.described()));
    }
    switch (type) {
      case BOOL -> json.writeBoolean(value == 1);
      case FP64 -> json.writeNumber(value);
      case FP32, FP16, BF16 -> json.writeNumber((float) value);
      default -> json.writeNumber((long) value);
    }
  }

  /** The numeric columns that have no value in a row. */
  List<String> missing(int row) {
    List<String> missing = new ArrayList<>();
    for (List<Column> side : columns) {
      for (Column column : side) {
        if (column instanceof NumericColumn number && Double.isNaN(number.values()[row])) {
          missing.add(column.name());
        }
      }
    }
    return missing;
  }
}
