package org.evenhand.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TextColumn;

/**
 * Targets, protected attributes, weights and recorded answers, taken from a table's columns. Read
 * them from the whole table before it is split, so that their codes mean the same in every part and
 * rows in messages are rows of the file.
 */
public final class Labels {
  /** The most values that a protected attribute may have, and a target without given classes. */
  public static final int MOST_VALUES = 100;

  /** The most numbers that are compared one by one; more are measurements, for bands. */
  public static final int MOST_NUMBERS = 20;

  private static final int SHOWN_VALUES = 10;

  private Labels() {}

  /**
   * The true classes, which are the values that the column holds: numbers by size, then texts.
   *
   * @param table any table
   * @param column the target's column
   * @throws DataException if a row has no value, all have the same, or there are more than {@link
   *     #MOST_VALUES}
   */
  public static Target target(Table table, String column) {
    Categories categories = Categories.of(table.column(column)).sorted();
    int values = categories.values().size();
    if (values > MOST_VALUES) {
      throw new DataException(
          "Column '%s' has %d distinct values, too many for a target (at most %d); name a column of classes."
              .formatted(column, values, MOST_VALUES));
    }
    requireTwoClasses(column, categories.values());
    Classes classes = new Classes(categories.values());
    requireNoneMissing(table, column, categories, classes);
    return new Target(column, classes, categories.codes());
  }

  /**
   * The true classes, in terms of a model's.
   *
   * @param table any table
   * @param column the target's column
   * @param classes the model's classes; values are matched as {@link Classes#indexOf} does
   * @throws DataException if a row has no value or one that is not a class, or all have the same
   */
  public static Target target(Table table, String column, Classes classes) {
    int[] codes = matched(table, column, classes);
    requireTwoClasses(
        column, Arrays.stream(codes).distinct().limit(2).mapToObj(classes.names()::get).toList());
    return new Target(column, classes, codes);
  }

  /**
   * A protected attribute, whose values are those that the column holds: numbers by size, then
   * texts; an empty cell is {@link Attribute#UNKNOWN}. A name such as {@code race,sex}, unless a
   * column is called so, crosses several columns; its values are the combinations that occur, and
   * unknown is what is unknown in one of them.
   *
   * @param table any table
   * @param name the attribute's column, or several with commas between them
   * @throws DataException if all known rows have the same value, or there are more than {@link
   *     #MOST_VALUES}
   */
  public static Attribute attribute(Table table, String name) {
    return attribute(table, name, List.of());
  }

  /**
   * The same with numbers in bands: the values of such a column are the bands that occur, in their
   * order.
   *
   * @param table any table
   * @param name the attribute's column, or several with commas between them
   * @param bands at most one per column; those of other columns do nothing
   * @throws DataException if all known rows have the same value, there are more than {@link
   *     #MOST_VALUES}, or a column in bands holds something else than numbers
   */
  public static Attribute attribute(Table table, String name, List<Bands> bands) {
    List<String> columns = columns(name, table.names());
    Attribute crossed = ofColumn(table, columns.get(0), bands);
    for (String column : columns.subList(1, columns.size())) {
      crossed = crossed.crossedWith(name, ofColumn(table, column, bands));
      requireTwoGroups(name, crossed.values());
    }
    if (crossed.size() > MOST_VALUES) {
      throw tooMany(name, crossed.size());
    }
    return crossed;
  }

  /**
   * The columns that an attribute's name stands for: itself, or several if it has commas and no
   * column is called so.
   *
   * @param name an attribute's name
   * @param known the names of the table's columns
   */
  public static List<String> columns(String name, Collection<String> known) {
    return known.contains(name)
        ? List.of(name)
        : Arrays.stream(name.split(",", -1)).map(String::strip).toList();
  }

  private static DataException tooMany(String name, int values) {
    return new DataException(
        "Column '%s' has %d distinct values, too many for a protected attribute (at most %d); audit numbers in bands, or name another column."
            .formatted(name, values, MOST_VALUES),
        Setting.BANDS);
  }

  private static DataException tooManyNumbers(NumericColumn column, int values) {
    double[] sorted =
        Arrays.stream(column.values()).filter(value -> !Double.isNaN(value)).sorted().toArray();
    String quartiles =
        IntStream.of(1, 2, 3)
            .mapToObj(quarter -> NumericColumn.written(sorted[quarter * sorted.length / 4]))
            .distinct()
            .collect(Collectors.joining(","));
    return new DataException(
        "Column '%s' holds %d different numbers, too many to compare one by one (at most %d); audit them in bands that begin at numbers such as %s=%s."
            .formatted(column.name(), values, MOST_NUMBERS, column.name(), quartiles),
        Setting.BANDS);
  }

  private static Attribute ofColumn(Table table, String column, List<Bands> bands) {
    Categories categories =
        bands.stream()
            .filter(those -> those.column().equals(column))
            .findFirst()
            .map(those -> those.of(table))
            .orElseGet(() -> Categories.of(table.column(column)).sorted());
    List<String> values = categories.values();
    boolean banded = bands.stream().anyMatch(those -> those.column().equals(column));
    if (!banded
        && values.size() > MOST_NUMBERS
        && table.column(column) instanceof NumericColumn numbers) {
      throw tooManyNumbers(numbers, values.size());
    }
    if (values.size() > MOST_VALUES) {
      throw tooMany(column, values.size());
    }
    requireTwoGroups(column, values);
    int[] codes =
        Arrays.stream(categories.codes())
            .map(code -> code == Categories.MISSING ? Attribute.UNKNOWN : code)
            .toArray();
    return new Attribute(column, values, codes);
  }

  /**
   * Frequency weights.
   *
   * @param table any table
   * @param column a numeric column
   * @return one weight per row, finite and not negative, with a positive sum
   * @throws DataException if a row has no such weight, or all are zero
   */
  public static double[] weights(Table table, String column) {
    double[] weights = numbers(table, column, "weights");
    for (int row = 0; row < weights.length; row++) {
      if (!(weights[row] >= 0)) {
        throw new DataException(
            "Column '%s', %s: the weight is %s; weights are numbers that are not negative."
                .formatted(column, CountedRows.place(table, row), shown(weights[row])));
      }
    }
    if (Arrays.stream(weights).noneMatch(weight -> weight > 0)) {
      throw new DataException(
          "All weights in column '%s' are zero; at least one row must count.".formatted(column));
    }
    return weights;
  }

  /**
   * Answers from a column of scores.
   *
   * @param table any table
   * @param column a numeric column: the probability of the second class, in [0,1]
   * @param classes two classes
   * @throws DataException if there are not two classes, or a score is not a probability
   */
  public static Answers.Soft scores(Table table, String column, Classes classes) {
    return ScoreReading.PROBABILITIES.answers(table, column, classes);
  }

  /**
   * Answers from a column of decided classes.
   *
   * @param table any table
   * @param column the predictions' column
   * @param classes the target's classes; values are matched as {@link Classes#indexOf} does
   * @throws DataException if a row has no value or one that is not a class
   */
  public static Answers.Hard predictions(Table table, String column, Classes classes) {
    return new Answers.Hard(classes, matched(table, column, classes));
  }

  private static int[] matched(Table table, String column, Classes classes) {
    Categories categories = Categories.of(table.column(column));
    requireNoneMissing(table, column, categories, classes);
    if (categories.values().stream().noneMatch(value -> classes.indexOf(value).isPresent())) {
      throw otherNames(column, categories.values(), classes);
    }
    int[] classOf = new int[categories.values().size()];
    for (int code = 0; code < classOf.length; code++) {
      String value = categories.values().get(code);
      int found = classes.indexOf(value).orElse(Categories.MISSING);
      if (found == Categories.MISSING) {
        throw new DataException(
            "Column '%s', %s: '%s' is none of the classes %s; correct the cell, or name the model's classes in its order."
                .formatted(column, firstPlace(table, categories, code), value, listed(classes)),
            Setting.CLASSES);
      }
      classOf[code] = found;
    }
    return Arrays.stream(categories.codes()).map(code -> classOf[code]).toArray();
  }

  /** Most likely the same classes by other names. */
  private static DataException otherNames(String column, List<String> values, Classes classes) {
    String some =
        values.stream().limit(SHOWN_VALUES).collect(Collectors.joining(", "))
            + (values.size() > SHOWN_VALUES ? ", …" : "");
    return new DataException(
        "Column '%s' holds %s, but the classes are called %s; call them as the column does, in the model's order. Other names can be shown on pages."
            .formatted(column, some, listed(classes)),
        Setting.CLASSES,
        Setting.LABEL);
  }

  private static void requireNoneMissing(
      Table table, String column, Categories categories, Classes classes) {
    if (Arrays.stream(categories.codes()).anyMatch(code -> code == Categories.MISSING)) {
      throw new DataException(
          "Column '%s', %s: the class is missing; expected one of %s."
              .formatted(
                  column, firstPlace(table, categories, Categories.MISSING), listed(classes)));
    }
  }

  private static String firstPlace(Table table, Categories categories, int code) {
    return CountedRows.place(table, categories.firstRow(code));
  }

  private static void requireTwoClasses(String column, List<String> classes) {
    requireTwo(column, classes, "in every row; a target needs at least two classes");
  }

  private static void requireTwoGroups(String column, List<String> values) {
    requireTwo(column, values, "wherever it is known; there is no second group to compare with");
  }

  private static void requireTwo(String column, List<String> values, String why) {
    if (values.isEmpty()) {
      throw new DataException("Column '%s' is empty in every row.".formatted(column));
    }
    if (values.size() == 1) {
      throw new DataException("Column '%s' is '%s' %s.".formatted(column, values.get(0), why));
    }
  }

  static double[] numbers(Table table, String name, String what) {
    Column column = table.column(name);
    if (column instanceof NumericColumn numeric) {
      return numeric.values();
    }
    if (column instanceof TextColumn text) {
      text.dictionary().stream()
          .filter(word -> word.matches("[+-]?[0-9]+,[0-9]+"))
          .findFirst()
          .ifPresent(
              word -> {
                throw new DataException(
                    "Column '%s' holds numbers with a decimal comma, such as %s; write them with a point."
                        .formatted(name, word));
              });
    }
    throw new DataException(
        "Column '%s' holds %s, but %s must be numbers."
            .formatted(name, InputColumn.Kind.of(column), what));
  }

  static String shown(double value) {
    return Double.isNaN(value) ? "missing" : NumericColumn.written(value);
  }

  private static String listed(Classes classes) {
    return String.join(", ", classes.names());
  }
}
