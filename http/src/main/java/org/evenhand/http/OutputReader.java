package org.evenhand.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.NamedClasses;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.Setting;

/**
 * Reads one output, or one per class, out of replies, and refuses what cannot be an answer.
 *
 * @param output what it holds, if it holds scores
 * @param declared its datatype; empty if the server does not say
 * @param width scores per row; empty if the server does not say
 * @param named the classes decided between
 */
record OutputReader(
    ScoreOutput output, Optional<Datatype> declared, OptionalInt width, NamedClasses named) {
  /** Fewer rows may well have scores of 0 and 1 alone. */
  private static final int ROWS_THAT_TELL_LABELS = 8;

  String name() {
    return output.name();
  }

  /** The outputs that are read. */
  List<String> names() {
    return output.outputs();
  }

  Classes classes() {
    return named.classes();
  }

  boolean namesClassesOnly() {
    return declared.isPresent() && (!declared.get().isFloatingPoint() || numbersClasses());
  }

  private boolean numbersClasses() {
    return width.isPresent()
        && width.getAsInt() == 1
        && output.layout() != Layout.COLUMNS
        && classes().size() > 2;
  }

  /** What the output is, for the user. */
  String describe() {
    return namesClassesOnly() ? describeLabels() : output.describe();
  }

  /** What the output is, where it holds labels, whatever its datatype. */
  String describeLabels() {
    return "'%s' (class labels only)".formatted(name());
  }

  /**
   * The answers in a reply.
   *
   * @param reply to the question about some rows
   * @param rows that were asked about, among others
   * @param asked which rows, in the order of the reply
   * @return one per row that was asked about
   */
  RowAnswer[] read(Reply reply, TableRows rows, int[] asked) {
    List<Reply.Tensor> tensors = names().stream().map(reply::output).toList();
    tensors.forEach(tensor -> requireDatatype(tensor, reply.question()));
    boolean scores = tensors.get(0).type().orElseThrow().isFloatingPoint() && !numbersClasses();
    int[] perRow = tensors.stream().mapToInt(tensor -> perRow(tensor, scores, reply)).toArray();
    RowAnswer[] answers = new RowAnswer[asked.length];
    for (int i = 0; i < asked.length; i++) {
      List<JsonNode> row = new ArrayList<>();
      for (int t = 0; t < perRow.length; t++) {
        row.addAll(tensors.get(t).values().subList(i * perRow[t], (i + 1) * perRow[t]));
      }
      answers[i] =
          scores
              ? scores(row, reply.question(), rows, asked[i])
              : label(row.get(0), reply.question(), asked[i]);
    }
    return answers;
  }

  private void requireDatatype(Reply.Tensor tensor, Question question) {
    boolean expected =
        tensor.type().isPresent()
            && (declared.isEmpty()
                || declared.get().isFloatingPoint() == tensor.type().get().isFloatingPoint());
    if (!expected) {
      throw question.failure(
          "answered output '%s' with datatype '%s' instead of %s"
              .formatted(
                  tensor.name(),
                  tensor.datatype(),
                  declared.map(Enum::name).orElse("one of the protocol")),
          "check that the model is the one that its metadata describes");
    }
  }

  private int perRow(Reply.Tensor tensor, boolean scores, Reply reply) {
    long perRow = tensor.perRow(reply.rows()).orElse(-1);
    boolean fits = (scores && names().size() == 1) ? fitsScores(perRow) : perRow == 1;
    if (!fits) {
      throw reply
          .question()
          .failure(
              "answered output '%s' with shape %s and %d values instead of %d rows of %d"
                  .formatted(
                      tensor.name(),
                      tensor.shape(),
                      tensor.values().size(),
                      reply.rows(),
                      scores && names().size() == 1 ? width.orElse(classes().size()) : 1),
              "each row needs one answer, so check the model and its metadata");
    }
    return Math.toIntExact(perRow);
  }

  private boolean fitsScores(long perRow) {
    return width.isPresent()
        ? perRow == width.getAsInt()
        : perRow == classes().size() || (perRow == 1 && classes().size() == 2);
  }

  private RowAnswer scores(List<JsonNode> values, Question question, TableRows rows, int row) {
    double[] given = new double[values.size()];
    for (int k = 0; k < given.length; k++) {
      JsonNode value = values.get(k);
      if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
        throw question.failure(
            "answered %s in output '%s' for class '%s' in row %d%s"
                .formatted(
                    value.isNumber() ? value.asText() : Text.excerpt(value.toString()),
                    names().get(names().size() == 1 ? 0 : k),
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
              .formatted(values, String.join("', '", names()), row, output.scale().label()),
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
    String text = labelText(value);
    if (position(text) < 0) {
      throw question.failure(
          "answered label '%s' in row %d, which is none of the classes %s"
              .formatted(Text.excerpt(text), row, String.join(", ", classes().names())),
          "name the classes as the model does",
          Setting.CLASSES);
    }
    return new RowAnswer.Label(text);
  }

  private static String labelText(JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean() ? "1" : "0";
    }
    boolean whole =
        value.isFloatingPointNumber() && value.asDouble() == Math.rint(value.asDouble());
    return whole && Math.abs(value.asDouble()) < 1e9
        ? String.valueOf((long) value.asDouble())
        : value.asText();
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

  /** Whether an answer that was kept could have been read from this output. */
  boolean canHaveRead(RowAnswer answer) {
    if (answer instanceof RowAnswer.Label label) {
      return mayBeLabels() && position(label.value()) >= 0;
    }
    double[] scores = ((RowAnswer.Scores) answer).values();
    return !namesClassesOnly()
        && scores.length == classes().size()
        && Arrays.stream(scores).allMatch(Double::isFinite)
        && output.scale().fits(scores);
  }

  private boolean mayBeLabels() {
    return declared.isEmpty() || namesClassesOnly();
  }

  /**
   * The answers to a table. Scores that are 0 and 1 without exception are labels.
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
    Answers.Soft answers = output.scale().answers(classes(), matrix);
    boolean zerosAndOnes =
        output.scale() == ScoreScale.PROBABILITIES
            && rows.length >= ROWS_THAT_TELL_LABELS
            && Arrays.stream(matrix).allMatch(score -> score == 0 || score == 1);
    return zerosAndOnes
        ? new Answers.Hard(classes(), answers.decisions(DecisionRule.MOST_PROBABLE))
        : answers;
  }
}
