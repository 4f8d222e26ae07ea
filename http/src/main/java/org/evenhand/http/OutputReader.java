package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.NamedClasses;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.Setting;

/**
 * Reads one output out of replies, and refuses what cannot be an answer.
 *
 * @param output what it holds, if it holds scores
 * @param declared its datatype; empty if the server does not say
 * @param width scores per row; empty if the server does not say
 * @param named the classes decided between
 */
record OutputReader(
    ScoreOutput output, Optional<Datatype> declared, OptionalInt width, NamedClasses named) {
  String name() {
    return output.name();
  }

  Classes classes() {
    return named.classes();
  }

  boolean namesClassesOnly() {
    return declared.isPresent() && !declared.get().isFloatingPoint();
  }

  /** What the output is, for the user. */
  String describe() {
    return namesClassesOnly() ? "'%s' (class labels only)".formatted(name()) : output.describe();
  }

  /**
   * The answers in a reply.
   *
   * @param reply the body
   * @param question that it answers
   * @param rows that were asked about, among others
   * @param asked which rows, in the order of the reply
   * @return one per row that was asked about
   */
  RowAnswer[] read(byte[] reply, Question question, TableRows rows, int[] asked) {
    JsonNode tensor = tensor(Json.object(reply, question), question);
    Datatype datatype = datatype(tensor, question);
    List<JsonNode> values = new ArrayList<>();
    flatten(tensor.path("data"), values);
    int perRow = valuesPerRow(tensor, values.size(), datatype, asked.length, question);
    RowAnswer[] answers = new RowAnswer[asked.length];
    for (int i = 0; i < asked.length; i++) {
      List<JsonNode> row = values.subList(i * perRow, (i + 1) * perRow);
      answers[i] =
          datatype.isFloatingPoint()
              ? scores(row, question, rows, asked[i])
              : label(row.get(0), question, asked[i]);
    }
    return answers;
  }

  private JsonNode tensor(JsonNode reply, Question question) {
    List<String> others = new ArrayList<>();
    for (JsonNode output : reply.path("outputs")) {
      String found = output.path("name").asText();
      if (found.equals(name())) {
        return output;
      }
      others.add(found);
    }
    throw question.failure(
        "answered without output '%s', with %s"
            .formatted(name(), others.isEmpty() ? "no output at all" : String.join(", ", others)),
        "name an output that it answers with",
        Setting.OUTPUT);
  }

  private Datatype datatype(JsonNode tensor, Question question) {
    String said = tensor.path("datatype").asText();
    Optional<Datatype> datatype = Datatype.of(said);
    boolean expected =
        datatype.isPresent()
            && (declared.isEmpty()
                || declared.get().isFloatingPoint() == datatype.get().isFloatingPoint());
    if (!expected) {
      throw question.failure(
          "answered output '%s' with datatype '%s' instead of %s"
              .formatted(name(), said, declared.map(Enum::name).orElse("one of the protocol")),
          "check that the model is the one that its metadata describes");
    }
    return datatype.get();
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

  private int valuesPerRow(
      JsonNode tensor, int values, Datatype datatype, int rows, Question question) {
    List<Integer> shape =
        StreamSupport.stream(tensor.path("shape").spliterator(), false)
            .map(size -> size.asInt(-1))
            .toList();
    int size = shape.stream().reduce(1, Math::multiplyExact);
    boolean complete = !shape.isEmpty() && shape.get(0) == rows && size == values;
    int perRow = values / rows;
    boolean fits =
        datatype.isFloatingPoint()
            ? width.isPresent()
                ? perRow == width.getAsInt()
                : perRow == classes().size() || (perRow == 1 && classes().size() == 2)
            : perRow == 1;
    if (!complete || !fits) {
      throw question.failure(
          "answered output '%s' with shape %s and %d values instead of %d rows of %d"
              .formatted(
                  name(),
                  shape,
                  values,
                  rows,
                  datatype.isFloatingPoint() ? width.orElse(classes().size()) : 1),
          "each row needs one answer, so check the model and its metadata");
    }
    return perRow;
  }

  private RowAnswer scores(List<JsonNode> values, Question question, TableRows rows, int row) {
    double[] given = new double[values.size()];
    for (int k = 0; k < given.length; k++) {
      JsonNode value = values.get(k);
      if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
        throw question.failure(
            "answered %s in output '%s' for class '%s' in row %d%s"
                .formatted(
                    value.isNumber() ? value.asText() : value,
                    name(),
                    className(k, given.length),
                    row,
                    whereMissing(rows, row)),
            "every score must be a finite number");
      }
      given[k] = value.asDouble();
    }
    double[] scores = given.length == 1 ? output.scale().bothClasses(given[0]) : given;
    if (!output.scale().fits(scores)) {
      throw question.failure(
          "answered %s in output '%s' in row %d, which are no %s"
              .formatted(values, name(), row, output.scale().label()),
          "declare logits as 'logits' and independent sigmoids as 'sigmoid'",
          Setting.OUTPUT);
    }
    return new RowAnswer.Scores(scores);
  }

  private String className(int k, int size) {
    return classes().names().get(size == 1 ? 1 : k);
  }

  private static String whereMissing(TableRows rows, int row) {
    List<String> missing = rows.missing(row);
    return missing.isEmpty() ? "" : ", where " + String.join(", ", missing) + " is missing";
  }

  private RowAnswer label(JsonNode value, Question question, int row) {
    String text = value.isBoolean() ? (value.asBoolean() ? "1" : "0") : value.asText();
    if (position(text) < 0) {
      throw question.failure(
          "answered label '%s' in row %d, which is none of the classes %s"
              .formatted(text, row, String.join(", ", classes().names())),
          "name the classes as the model does",
          Setting.CLASSES);
    }
    return new RowAnswer.Label(text);
  }

  /** The position of the class that a label stands for; −1 if there is none. */
  private int position(String label) {
    List<String> names = classes().names();
    boolean numbered = names.stream().noneMatch(OutputReader::isWholeNumber);
    if (numbered && isWholeNumber(label)) {
      int position = Integer.parseInt(label);
      return position >= 0 && position < names.size() ? position : -1;
    }
    return classes().indexOf(label).orElse(-1);
  }

  private static boolean isWholeNumber(String text) {
    return text.matches("-?\\d{1,9}");
  }

  /**
   * The answers to a table.
   *
   * @param rows one answer per row, as {@link #read}
   */
  Answers answers(RowAnswer[] rows) {
    boolean labels = rows.length == 0 ? namesClassesOnly() : rows[0] instanceof RowAnswer.Label;
    if (labels) {
      int[] positions = new int[rows.length];
      for (int row = 0; row < rows.length; row++) {
        positions[row] = position(((RowAnswer.Label) rows[row]).value());
      }
      return new Answers.Hard(classes(), positions);
    }
    double[] matrix = new double[rows.length * classes().size()];
    for (int row = 0; row < rows.length; row++) {
      double[] scores = ((RowAnswer.Scores) rows[row]).values();
      System.arraycopy(scores, 0, matrix, row * classes().size(), scores.length);
    }
    return output.scale().answers(classes(), matrix);
  }
}
