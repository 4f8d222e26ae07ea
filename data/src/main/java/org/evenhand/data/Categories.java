package org.evenhand.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;

/**
 * The distinct values of a column, as text.
 *
 * @param values the values that occur, missing ones left out
 * @param codes one index into the values a row, or {@link #MISSING}
 */
record Categories(List<String> values, int[] codes) {
  static final int MISSING = -1;

  private static final int MOST_LISTED = 20;
  private static final int FEW = 8;

  /** Numbers in their order, then texts in theirs. */
  private static final Comparator<String> NUMBERS_FIRST =
      Comparator.comparingDouble(Categories::number).thenComparing(Comparator.naturalOrder());

  /**
   * The values in order of first appearance.
   *
   * @throws DataException if it is a column of tensors
   */
  static Categories of(Column column) {
    if (column instanceof TensorColumn) {
      throw new DataException(
          "Column '%s' holds tensors, such as images, which are no values to tell rows apart by; name a column of numbers or text."
              .formatted(column.name()));
    }
    if (column instanceof TextColumn text) {
      return ofText(text);
    }
    if (column instanceof NumericColumn numbers) {
      return ofNumbers(numbers);
    }
    throw new DataException(
        "Column '%s' holds tensors, which are neither classes nor groups; name a column of labels."
            .formatted(column.name()));
  }

  private static Categories ofText(TextColumn column) {
    // A column of selected rows keeps the whole dictionary, so what occurs has to be looked up.
    int[] codeOf = new int[column.dictionary().size()];
    Arrays.fill(codeOf, MISSING);
    List<String> values = new ArrayList<>();
    int[] codes = new int[column.rows()];
    for (int row = 0; row < codes.length; row++) {
      int word = column.codes()[row];
      if (codeOf[word] == MISSING && !column.dictionary().get(word).isEmpty()) {
        codeOf[word] = values.size();
        values.add(column.dictionary().get(word));
      }
      codes[row] = codeOf[word];
    }
    return new Categories(values, codes);
  }

  private static Categories ofNumbers(NumericColumn column) {
    // Classes are few: comparing with the first values spares an object for every row.
    double[] first = new double[FEW];
    Map<Double, Integer> codeOf = new HashMap<>();
    List<String> values = new ArrayList<>();
    int[] codes = new int[column.rows()];
    for (int row = 0; row < codes.length; row++) {
      double value = column.values()[row] + 0.0; // so that -0.0 is 0.0
      if (Double.isNaN(value)) {
        codes[row] = MISSING;
        continue;
      }
      int code = indexOf(first, Math.min(values.size(), FEW), value);
      if (code == MISSING) {
        code = codeOf.getOrDefault(value, values.size());
        if (code == values.size()) {
          if (code < FEW) {
            first[code] = value;
          }
          codeOf.put(value, code);
          values.add(NumericColumn.written(value));
        }
      }
      codes[row] = code;
    }
    return new Categories(values, codes);
  }

  private static int indexOf(double[] numbers, int count, double value) {
    for (int i = 0; i < count; i++) {
      if (numbers[i] == value) {
        return i;
      }
    }
    return MISSING;
  }

  /** The same with the values in order: numbers by size, then texts. */
  Categories sorted() {
    List<String> sorted = new ArrayList<>(values);
    Collections.sort(sorted, NUMBERS_FIRST);
    Map<String, Integer> codeOf = new HashMap<>();
    for (int code = 0; code < sorted.size(); code++) {
      codeOf.put(sorted.get(code), code);
    }
    int[] placeOf =
        values.stream().mapToInt(value -> codeOf.getOrDefault(value, MISSING)).toArray();
    int[] recoded = new int[codes.length];
    for (int row = 0; row < codes.length; row++) {
      recoded[row] = codes[row] == MISSING ? MISSING : placeOf[codes[row]];
    }
    return new Categories(sorted, recoded);
  }

  /** The first row of that code, counted from 0. */
  int firstRow(int code) {
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] == code) {
        return row;
      }
    }
    throw new IllegalArgumentException("no row has code " + code);
  }

  private static double number(String value) {
    double number = parsed(value);
    return Double.isNaN(number) ? Double.POSITIVE_INFINITY : number;
  }

  /** The number that a value is written as, or NaN. */
  static double parsed(String value) {
    return DecimalParser.parse(value.toCharArray(), 0, value.length());
  }

  /**
   * Where a value is among others, or {@link #MISSING}. A number is the same however it is written.
   */
  static int indexOf(List<String> values, String value) {
    int exact = values.indexOf(value);
    double number = parsed(value);
    return exact >= 0 || Double.isNaN(number)
        ? exact
        : values.indexOf(NumericColumn.written(number));
  }

  /** Some values for a message, cut where there are very many. */
  static String listed(List<String> values) {
    String listed = String.join(", ", values.subList(0, Math.min(values.size(), MOST_LISTED)));
    return values.size() > MOST_LISTED ? listed + ", …" : listed;
  }
}
