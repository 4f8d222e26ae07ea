package org.evenhand.workflow;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
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

/** An explanation of bias together with the training rows that it is about. */
final class BiasSource {
  private static final String NO_TRAINING_ROWS =
      "The rows are those that the pairs come from, not those that the model was trained on. They stand in for the training rows only as far as they are like them.";

  private final Explanation explanation;
  private final WhiteBox.Training training;
  private final Attribute attribute;
  private final boolean[] aligned;

  /**
   * @param attribute that the bias is about
   */
  BiasSource(Explanation explanation, WhiteBox.Training training, String attribute) {
    this.explanation = explanation;
    this.training = training;
    LabelledSet set = training.set();
    this.attribute = set.attribute(attribute);
    this.aligned = Alignment.of(set.target().codes(), this.attribute.codes(), set.weights());
  }

  /** A row of unknown value is neither aligned nor conflicting. */
  private boolean isKnown(int row) {
    return attribute.codes()[row] != Attribute.UNKNOWN;
  }

  /** Every training row with its influence. */
  Table influence() {
    int rows = aligned.length;
    return Table.of(
        List.of(
            new NumericColumn(
                "row", Arrays.stream(training.rows()).mapToDouble(row -> row + 1).toArray()),
            new NumericColumn("influence", explanation.influence()),
            TextColumn.of("target", IntStream.range(0, rows).mapToObj(this::target).toList()),
            TextColumn.of("attribute", IntStream.range(0, rows).mapToObj(this::value).toList()),
            TextColumn.of("aligned", IntStream.range(0, rows).mapToObj(this::alignment).toList())));
  }

  private String alignment(int row) {
    if (!isKnown(row)) {
      return "";
    }
    return aligned[row] ? "yes" : "no";
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

  /**
   * The record of it.
   *
   * @param top how many rows of each kind are looked at
   * @param showsRows whether they are to be shown one by one
   * @param splitColumn says nothing about a row
   * @param picture of a training row (PNG), if there is to be one
   * @param invocation how it was asked for
   * @param read the files that it comes from, the model first
   */
  ExplanationRecord record(
      int top,
      boolean showsRows,
      String splitColumn,
      IntFunction<Optional<byte[]>> picture,
      Invocation invocation,
      List<Provenance.Artefact> read) {
    int[] harmful = explanation.harmful(top);
    int[] helpful = explanation.helpful(top);
    String target = training.set().target().name();
    return new ExplanationRecord(
        invocation.commandLine(),
        explanation.biasFunction(),
        attribute.name(),
        target,
        explanation.bias(),
        training.name(),
        training.set().rows(),
        new ExplanationRecord.Hessian(explanation.ridge(), explanation.conditionNumber()),
        share(IntStream.range(0, aligned.length).toArray()),
        explanation.stability(harmful.length),
        groups(harmful, helpful),
        ranking(harmful, picture),
        ranking(helpful, picture),
        showsRows,
        Set.of(attribute.name(), target, splitColumn),
        training.name().equals(Split.TRAIN) ? List.of() : List.of(NO_TRAINING_ROWS),
        invocation.provenance(read),
        invocation.presentation());
  }

  /** By class and then by value; rows of unknown value follow those of the last one. */
  private List<ExplanationRecord.Group> groups(int[] harmful, int[] helpful) {
    int values = attribute.size() + 1;
    int[] codes =
        IntStream.range(0, aligned.length)
            .map(
                row ->
                    training.set().target().codes()[row] * values
                        + (isKnown(row) ? attribute.codes()[row] : attribute.size()))
            .toArray();
    return Arrays.stream(codes)
        .distinct()
        .sorted()
        .mapToObj(
            code -> {
              int[] rows =
                  IntStream.range(0, codes.length).filter(row -> codes[row] == code).toArray();
              int any = rows[0];
              return new ExplanationRecord.Group(
                  target(any),
                  value(any),
                  isKnown(any) && aligned[any],
                  rows.length,
                  Arrays.stream(rows)
                      .mapToDouble(row -> explanation.influence()[row])
                      .average()
                      .orElseThrow(),
                  (int) Arrays.stream(harmful).filter(row -> codes[row] == code).count(),
                  (int) Arrays.stream(helpful).filter(row -> codes[row] == code).count());
            })
        .toList();
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
                        isKnown(row) && aligned[row],
                        cells(row),
                        picture.apply(row)))
            .toList());
  }

  /** What the table says about a row. */
  private Map<String, String> cells(int row) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (Column column : training.set().inputs().columns()) {
      String cell = cell(column, row);
      if (!cell.isEmpty()) {
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
}
