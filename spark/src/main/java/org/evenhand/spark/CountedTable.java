package org.evenhand.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;

/** Distinct rows with their numbers, as the table that an audit is made of. */
final class CountedTable {
  /** The class that the executors decided, by its number. */
  static final String DECIDED = "(decided)";

  /** The most probable class, by its number. */
  static final String LIKELIEST = "(likeliest)";

  private final List<Row> rows;
  private final int bins;
  private final Labelling labelling;
  private final Table table;

  CountedTable(
      RowCounts.Counted counted, List<String> keys, RowColumns columns, Labelling labelling) {
    this.rows = counted.rows();
    this.bins = counted.bins();
    this.labelling = labelling;
    if (rows.isEmpty()) {
      throw new EvenhandSparkException("There are no rows to audit; check what was selected.");
    }
    List<Column> read = new ArrayList<>();
    for (int key = 0; key < keys.size(); key++) {
      String name = keys.get(key);
      read.add(
          columns.isNumber(name)
              ? new NumericColumn(name, numbers(key(key)))
              : TextColumn.of(
                  name, rows.stream().map(row -> row.<String>getAs(keyName(keys, name))).toList()));
    }
    read.add(new NumericColumn(CountedRows.ROWS, counts()));
    labelling
        .weights()
        .ifPresent(name -> read.add(new NumericColumn(name, numbers(RowCounts.WEIGHT))));
    this.table = Table.of(read);
  }

  /** What a key is called while rows are counted: names of columns may meet others there. */
  static String key(int number) {
    return "(key %d)".formatted(number);
  }

  private static String keyName(List<String> keys, String name) {
    return key(keys.indexOf(name));
  }

  /** The class whose probability is kept: the favourable one, else the last. */
  static int scored(Classes classes, AuditSettings settings) {
    return classes.size() == 2
        ? 1
        : settings
            .favourable()
            .map(classes::indexOf)
            .filter(found -> found.isPresent())
            .map(found -> found.getAsInt())
            .orElse(classes.size() - 1);
  }

  private double[] numbers(String column) {
    int at = rows.get(0).fieldIndex(column);
    return rows.stream()
        .mapToDouble(row -> row.isNullAt(at) ? Double.NaN : ((Number) row.get(at)).doubleValue())
        .toArray();
  }

  private double[] counts() {
    return numbers(RowCounts.ROWS);
  }

  /** How many rows there are, whatever their weights. */
  long total() {
    return CountedRows.total(table);
  }

  /** What a reader should know about the attributes' values. */
  List<String> notes() {
    return labelling.notes(table);
  }

  /**
   * @throws EvenhandSparkException if a weight, a score, a class or a decision is missing or none
   */
  void requireValid(RowAnswers answers) {
    labelling
        .weights()
        .ifPresent(
            name ->
                refuse(
                    row -> !rows.get(row).<Boolean>getAs(RowCounts.WEIGHED),
                    "Column '%s': the weight is missing, negative or not finite".formatted(name),
                    "weights are numbers that are not negative"));
    labelling.target().ifPresent(this::requireNoneMissing);
    if (answers instanceof RowAnswers.Decisions decisions) {
      requireNoneMissing(decisions.column());
    } else if (answers instanceof RowAnswers.Scores scores) {
      double[] most = numbers(RowCounts.MOST);
      double[] least = numbers(RowCounts.LEAST);
      refuse(
          row -> !(least[row] >= 0 && most[row] <= 1),
          "Column '%s': the score is missing, NaN or not between 0 and 1"
              .formatted(scores.column()),
          "expected the probability of the second class",
          Setting.SCORE_SCALE);
    } else if (answers instanceof RowAnswers.Probabilities probabilities) {
      double[] least = numbers(RowCounts.LEAST);
      refuse(
          row -> Double.isNaN(least[row]),
          "Column '%s': what it holds are not %d probabilities"
              .formatted(probabilities.column(), probabilities.classes().size()),
          "expected numbers between 0 and 1 with the sum 1, for the classes %s"
              .formatted(String.join(", ", probabilities.classes().names())));
    }
  }

  private void requireNoneMissing(String name) {
    Column column = table.column(name);
    refuse(
        row ->
            column instanceof NumericColumn numbers
                ? Double.isNaN(numbers.values()[row])
                : ((TextColumn) column).value(row).isEmpty(),
        "Column '%s': the class is missing".formatted(name),
        "every row needs one");
  }

  private void refuse(IntPredicate wrong, String what, String expected, Setting... settings) {
    double[] counts = counts();
    double refused =
        IntStream.range(0, counts.length).filter(wrong).mapToDouble(r -> counts[r]).sum();
    if (refused > 0) {
      throw new EvenhandSparkException(
          String.format(
              Locale.ROOT,
              "%s in %,.0f of %,.0f rows; %s.",
              what,
              refused,
              Arrays.stream(counts).sum(),
              expected),
          settings);
    }
  }

  /** The distinct rows with their labels. */
  LabelledSet labelled(RowAnswers answers) {
    Labelling weighted = labelling.withWeights(labelling.weights().orElse(CountedRows.ROWS));
    Optional<Classes> classes = classes(answers);
    classes.ifPresent(known -> labelling.target().ifPresent(name -> requireKnown(name, known)));
    return classes.map(weighted::withClasses).orElse(weighted).apply(table);
  }

  private Optional<Classes> classes(RowAnswers answers) {
    if (answers instanceof RowAnswers.OfModel ofModel) {
      return Optional.of(ofModel.model().classes());
    }
    if (answers instanceof RowAnswers.Probabilities probabilities) {
      return Optional.of(probabilities.classes());
    }
    return labelling.classes();
  }

  /** The answers to the distinct rows, with the decisions that the executors made. */
  Answers answers(RowAnswers answers, Classes classes, AuditSettings settings) {
    if (answers instanceof RowAnswers.Decisions decisions) {
      requireKnown(decisions.column(), classes);
      return Labels.predictions(table, decisions.column(), classes);
    }
    if (answers instanceof RowAnswers.Scores scores && classes.size() != 2) {
      throw new EvenhandSparkException(
          "The scores in column '%s' need a target of two classes, but it has %d: %s."
              .formatted(scores.column(), classes.size(), String.join(", ", classes.names())));
    }
    int[] decided = codes(DECIDED);
    double[] least = numbers(RowCounts.LEAST);
    if (Double.isNaN(least[0])) {
      return new Answers.Hard(classes, decided);
    }
    double[] most = numbers(RowCounts.MOST);
    double[] middle = new double[least.length];
    Arrays.setAll(middle, row -> (least[row] + most[row]) / 2);
    return soft(classes, settings, middle).withLabels(decided);
  }

  /**
   * Answers with one end of the bin that a row's score was gathered in.
   *
   * @param end {@link RowCounts#LEAST} or {@link RowCounts#MOST}
   */
  Answers.Soft scores(Classes classes, AuditSettings settings, String end) {
    return soft(classes, settings, numbers(end));
  }

  private Answers.Soft soft(Classes classes, AuditSettings settings, double[] scores) {
    int[] likeliest = codes(LIKELIEST);
    int scored = scored(classes, settings);
    double[] matrix = new double[rows.size() * classes.size()];
    for (int row = 0; row < rows.size(); row++) {
      spread(scores[row], scored, likeliest[row], matrix, row, classes.size());
    }
    return Answers.Soft.ofProbabilities(classes, matrix, Answers.FLOAT_FLOOR);
  }

  /**
   * A distribution of which one probability and the most probable class are known; no figure of an
   * audit depends on more.
   */
  private static void spread(
      double p, int scored, int likeliest, double[] matrix, int row, int classes) {
    for (int k = 0; k < classes; k++) {
      double rest =
          likeliest == scored || classes == 2
              ? (1 - p) / (classes - 1)
              : k == likeliest ? 1 - p : 0;
      matrix[row * classes + k] = k == scored ? p : rest;
    }
  }

  private int[] codes(String column) {
    return Arrays.stream(numbers(column)).mapToInt(code -> (int) code).toArray();
  }

  /** Names some wrong class with the number of its rows; where all are wrong, the labels say so. */
  private void requireKnown(String name, Classes classes) {
    Column column = table.column(name);
    List<String> wrong =
        IntStream.range(0, rows.size())
            .mapToObj(row -> value(column, row))
            .distinct()
            .filter(value -> classes.indexOf(value).isEmpty())
            .sorted()
            .toList();
    boolean someRight =
        IntStream.range(0, rows.size())
            .anyMatch(row -> classes.indexOf(value(column, row)).isPresent());
    if (someRight && !wrong.isEmpty()) {
      refuse(
          row -> value(column, row).equals(wrong.get(0)),
          "Column '%s': the class is '%s'".formatted(name, wrong.get(0)),
          "expected one of %s".formatted(String.join(", ", classes.names())),
          Setting.CLASSES);
    }
  }

  private static String value(Column column, int row) {
    return column instanceof NumericColumn numbers
        ? NumericColumn.written(numbers.values()[row])
        : ((TextColumn) column).value(row);
  }

  /** The width of the bins in which different scores were gathered; 0 if none were. */
  double binWidth() {
    double[] least = numbers(RowCounts.LEAST);
    double[] most = numbers(RowCounts.MOST);
    return IntStream.range(0, least.length).anyMatch(row -> least[row] < most[row])
        ? 1.0 / bins
        : 0;
  }
}
