package org.evenhand.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;

/**
 * Targets, protected attributes, weights and recorded answers, taken from a table's columns. Read
 * them from the whole table before it is split, so that their codes mean the same in every part and
 * rows in messages are rows of the file.
 */
public final class Labels {
  /**
   * The value that stands for a missing protected attribute: such rows are a group of their own.
   */
  public static final String MISSING = "(missing)";

  /** The most values that a protected attribute may have, and a target without given classes. */
  public static final int MOST_VALUES = 100;

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
    requireTwo(column, categories.values(), "a target needs at least two classes");
    Classes classes = new Classes(categories.values());
    requireNoneMissing(column, categories, "the class", classes);
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
    int[] codes = matched(column, Categories.of(table.column(column)), classes);
    requireTwo(
        column,
        Arrays.stream(codes).distinct().limit(2).mapToObj(classes.names()::get).toList(),
        "a target needs at least two classes");
    return new Target(column, classes, codes);
  }

  /**
   * A protected attribute, whose values are those that the column holds: numbers by size, then
   * texts, then {@link #MISSING} if a row has none.
   *
   * @param table any table
   * @param column the attribute's column
   * @throws DataException if all rows have the same value, or there are more than {@link
   *     #MOST_VALUES}
   */
  public static Attribute attribute(Table table, String column) {
    Categories categories = Categories.of(table.column(column)).sorted();
    List<String> values = new ArrayList<>(categories.values());
    if (values.size() > MOST_VALUES) {
      throw new DataException(
          "Column '%s' has %d distinct values, too many for a protected attribute (at most %d); group them into ranges or name another column."
              .formatted(column, values.size(), MOST_VALUES));
    }
    int[] codes = categories.codes().clone();
    int missing = values.indexOf(MISSING) >= 0 ? values.indexOf(MISSING) : values.size();
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] == Categories.MISSING) {
        codes[row] = missing;
        if (missing == values.size()) {
          values.add(MISSING);
        }
      }
    }
    requireTwo(column, values, "there is no second group to compare with");
    return new Attribute(column, values, codes);
  }

  /**
   * Frequency weights.
   *
   * @param table any table
   * @param column a numeric column
   * @return one weight a row, finite and not negative, with a positive sum
   * @throws DataException if a row has no such weight, or all are zero
   */
  public static double[] weights(Table table, String column) {
    double[] weights = numbers(table, column, "weights");
    for (int row = 0; row < weights.length; row++) {
      if (!(weights[row] >= 0)) {
        throw new DataException(
            "Column '%s', data row %d: the weight is %s; weights are numbers that are not negative."
                .formatted(column, row + 1, shown(weights[row])));
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
    if (classes.size() != 2) {
      throw new DataException(
          "The scores in column '%s' need a target of two classes, but it has %d: %s."
              .formatted(column, classes.size(), listed(classes)));
    }
    double[] scores = numbers(table, column, "scores");
    double[] probabilities = new double[2 * scores.length];
    for (int row = 0; row < scores.length; row++) {
      if (!(scores[row] >= 0 && scores[row] <= 1)) {
        throw new DataException(
            "Column '%s', data row %d: the score is %s; expected the probability of class '%s', between 0 and 1."
                .formatted(column, row + 1, shown(scores[row]), classes.names().get(1)));
      }
      probabilities[2 * row] = 1 - scores[row];
      probabilities[2 * row + 1] = scores[row];
    }
    return Answers.Soft.ofProbabilities(classes, probabilities, Answers.Soft.roundingFloor(scores));
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
    return new Answers.Hard(classes, matched(column, Categories.of(table.column(column)), classes));
  }

  private static int[] matched(String column, Categories categories, Classes classes) {
    requireNoneMissing(column, categories, "the class", classes);
    int[] classOf = new int[categories.values().size()];
    for (int code = 0; code < classOf.length; code++) {
      String value = categories.values().get(code);
      int found = classes.indexOf(value).orElse(Categories.MISSING);
      if (found == Categories.MISSING) {
        throw new DataException(
            "Column '%s', data row %d: '%s' is none of the classes %s; correct the cell, or name the model's classes in its order (--classes)."
                .formatted(column, categories.firstDataRow(code), value, listed(classes)));
      }
      classOf[code] = found;
    }
    return Arrays.stream(categories.codes()).map(code -> classOf[code]).toArray();
  }

  private static void requireNoneMissing(
      String column, Categories categories, String what, Classes classes) {
    if (Arrays.stream(categories.codes()).anyMatch(code -> code == Categories.MISSING)) {
      throw new DataException(
          "Column '%s', data row %d: %s is missing; expected one of %s."
              .formatted(
                  column, categories.firstDataRow(Categories.MISSING), what, listed(classes)));
    }
  }

  private static void requireTwo(String column, List<String> values, String why) {
    if (values.isEmpty()) {
      throw new DataException("Column '%s' is empty in every row.".formatted(column));
    }
    if (values.size() == 1) {
      throw new DataException(
          "Column '%s' is '%s' in every row; %s.".formatted(column, values.get(0), why));
    }
  }

  private static double[] numbers(Table table, String name, String what) {
    Column column = table.column(name);
    if (column instanceof NumericColumn numeric) {
      return numeric.values();
    }
    throw new DataException(
        "Column '%s' holds text, but %s must be numbers.".formatted(name, what));
  }

  private static String shown(double value) {
    return Double.isNaN(value) ? "missing" : Categories.written(value);
  }

  private static String listed(Classes classes) {
    return String.join(", ", classes.names());
  }
}
