package org.evenhand.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Column;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Split;
import org.evenhand.evidence.ExplanationRecord;
import org.evenhand.unlearning.Alignment;
import org.evenhand.unlearning.Explanation;

/**
 * An explanation of bias together with the training rows that it is about, for people and programs.
 */
final class BiasSource {
  private static final int CELLS = 100;

  private static final String LABEL_NOISE =
      "Mislabelled rows look bias-conflicting and surface among the helpful ones: check the labels there first.";

  private static final String NO_TRAINING_ROWS =
      "The rows are those that the pairs come from, not those that the model was trained on. They stand in for the training rows only as far as they are like them.";

  private final Explanation explanation;
  private final WhiteBox.Training training;
  private final Attribute attribute;
  private final String splitColumn;
  private final boolean[] aligned;
  private final int[] harmful;
  private final int[] helpful;

  /**
   * @param splitColumn a column that says nothing about a row
   * @param top how many rows of each kind are shown
   */
  BiasSource(
      Explanation explanation,
      WhiteBox.Training training,
      String attribute,
      String splitColumn,
      int top) {
    this.explanation = explanation;
    this.training = training;
    this.splitColumn = splitColumn;
    this.attribute = training.set().attribute(attribute);
    LabelledSet set = training.set();
    this.aligned = Alignment.of(set.target().codes(), this.attribute.codes(), set.weights());
    this.harmful = explanation.harmful(top);
    this.helpful = explanation.helpful(top);
  }

  /** A row of unknown value is neither aligned nor conflicting. */
  private boolean isKnown(int row) {
    return attribute.codes()[row] != Attribute.UNKNOWN;
  }

  /** Every training row with its influence. */
  Table table() {
    LabelledSet set = training.set();
    List<String> classes =
        Arrays.stream(set.target().codes())
            .mapToObj(code -> set.target().classes().names().get(code))
            .toList();
    return Table.of(
        List.of(
            new NumericColumn(
                "row", Arrays.stream(training.rows()).mapToDouble(row -> row + 1).toArray()),
            new NumericColumn("influence", explanation.influence()),
            TextColumn.of("target", classes),
            TextColumn.of(
                "attribute", IntStream.range(0, aligned.length).mapToObj(this::value).toList()),
            TextColumn.of(
                "aligned", IntStream.range(0, aligned.length).mapToObj(this::alignment).toList())));
  }

  private String alignment(int row) {
    if (!isKnown(row)) {
      return "";
    }
    return aligned[row] ? "yes" : "no";
  }

  void print(PrintWriter out) {
    line(
        out,
        "%s of '%s': %.4f; %d training rows (%s)",
        explanation.biasFunction(),
        attribute.name(),
        explanation.bias(),
        training.set().rows(),
        training.name());
    line(
        out,
        "bias-aligned: %.1f %% of all training rows, %.1f %% of the %d most harmful, %.1f %% of the %d most helpful",
        100 * share(IntStream.range(0, aligned.length).toArray()),
        100 * share(harmful),
        harmful.length,
        100 * share(helpful),
        helpful.length);
    double stability = explanation.stability(harmful.length);
    if (!Double.isNaN(stability)) {
      line(
          out,
          "stability: %.0f %% of the most harmful rows are found again when the pairs are drawn anew",
          100 * stability);
    }
    line(out, "");
    print(out, "most harmful: without the row, the bias is lower by its influence", harmful);
    print(out, "most helpful: without the row, the bias is higher", helpful);
    line(out, "%s", LABEL_NOISE);
  }

  private void print(PrintWriter out, String title, int[] rows) {
    line(out, "%s", title);
    for (int row : rows) {
      line(
          out,
          "  row %-7d %+.2e  %s = %s, %s = %s  %s",
          training.rows()[row] + 1,
          explanation.influence()[row],
          training.set().target().name(),
          target(row),
          attribute.name(),
          value(row),
          shortened(
              cells(row).entrySet().stream()
                  .map(cell -> cell.getKey() + "=" + cell.getValue())
                  .collect(Collectors.joining(" "))));
    }
    line(out, "");
  }

  private String target(int row) {
    return training.set().target().classes().names().get(training.set().target().codes()[row]);
  }

  private String value(int row) {
    return isKnown(row) ? attribute.values().get(attribute.codes()[row]) : "";
  }

  private double share(int[] rows) {
    return Explanation.alignedShare(Arrays.stream(rows).filter(this::isKnown).toArray(), aligned);
  }

  /** What else the table says about a row. */
  private Map<String, String> cells(int row) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (Column column : training.set().inputs().columns()) {
      boolean saidElsewhere =
          List.of(attribute.name(), training.set().target().name(), splitColumn)
              .contains(column.name());
      String cell = cell(column, row);
      if (!saidElsewhere && !cell.isEmpty()) {
        cells.put(column.name(), cell);
      }
    }
    return cells;
  }

  /** As the table writes it; empty for an image. */
  private static String cell(Column column, int row) {
    if (column instanceof TextColumn text) {
      return text.value(row);
    }
    if (column instanceof NumericColumn number) {
      double value = number.values()[row];
      return value == Math.rint(value)
          ? String.format(Locale.ROOT, "%.0f", value)
          : String.valueOf(value);
    }
    return "";
  }

  private static String shortened(String text) {
    return text.length() <= CELLS ? text : text.substring(0, CELLS) + " …";
  }

  /**
   * What the report page shows.
   *
   * @param commandLine gives the same numbers again
   * @param picture of a training row (PNG), if there is to be one
   */
  ExplanationRecord record(
      String commandLine, IntFunction<Optional<byte[]>> picture, Provenance provenance) {
    return new ExplanationRecord(
        commandLine,
        explanation.biasFunction(),
        attribute.name(),
        training.set().target().name(),
        explanation.bias(),
        training.name(),
        training.set().rows(),
        share(IntStream.range(0, aligned.length).toArray()),
        explanation.stability(harmful.length),
        ranking(harmful, picture),
        ranking(helpful, picture),
        training.name().equals(Split.TRAIN) ? List.of() : List.of(NO_TRAINING_ROWS),
        provenance);
  }

  private ExplanationRecord.Ranking ranking(int[] rows, IntFunction<Optional<byte[]>> picture) {
    return new ExplanationRecord.Ranking(
        share(rows),
        Arrays.stream(rows)
            .mapToObj(
                row ->
                    new ExplanationRecord.Row(
                        training.rows()[row] + 1,
                        explanation.influence()[row],
                        target(row),
                        value(row),
                        cells(row),
                        picture.apply(row)))
            .toList());
  }

  /** One object, as the other commands print it. */
  String json() {
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("command", "explain")
            .put("attribute", attribute.name())
            .put("bias_function", explanation.biasFunction())
            .put("bias", explanation.bias())
            .put("training_rows", training.set().rows())
            .put("training_rows_are", training.name())
            .put("ridge", explanation.ridge())
            .put("condition_number", explanation.conditionNumber())
            .put("aligned_share", share(IntStream.range(0, aligned.length).toArray()));
    number(node, "aligned_share_of_harmful", share(harmful));
    number(node, "aligned_share_of_helpful", share(helpful));
    number(node, "stability", explanation.stability(harmful.length));
    rows(node.putArray("harmful"), harmful);
    rows(node.putArray("helpful"), helpful);
    node.put("caution", LABEL_NOISE);
    return node.toPrettyString() + System.lineSeparator();
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }

  private void rows(ArrayNode nodes, int[] rows) {
    for (int row : rows) {
      ObjectNode node =
          nodes
              .addObject()
              .put("row", training.rows()[row] + 1)
              .put("influence", explanation.influence()[row])
              .put("target", target(row))
              .put("attribute", value(row))
              .put("aligned", isKnown(row) && aligned[row]);
      ObjectNode cells = node.putObject("columns");
      for (Column column : training.set().inputs().columns()) {
        if (!cell(column, row).isEmpty()) {
          cells.put(column.name(), cell(column, row));
        }
      }
    }
  }

  private static void line(PrintWriter out, String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
