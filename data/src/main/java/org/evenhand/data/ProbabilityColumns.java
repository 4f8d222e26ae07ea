package org.evenhand.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evenhand.core.Attribute;
import org.evenhand.core.Table;

/**
 * A protected attribute that no column names: for every value, a column holds the probability that
 * a row has it, as proxies of a restricted attribute do.
 *
 * <pre>{@code
 * ProbabilityColumns.parse("race=White:p_white,Black:p_black").of(table);
 * }</pre>
 *
 * @param attribute the attribute's name
 * @param values its values, at least two, distinct
 * @param columns one per value
 */
public record ProbabilityColumns(String attribute, List<String> values, List<String> columns) {
  private static final double TOLERANCE = 1e-3;

  /** Copies the lists. */
  public ProbabilityColumns {
    values = List.copyOf(values);
    columns = List.copyOf(columns);
  }

  /**
   * Reads {@code race=White:p_white,Black:p_black}.
   *
   * @param text attribute, then values with their columns
   * @throws DataException if it is not of that form, or a value or a column is named twice
   */
  public static ProbabilityColumns parse(String text) {
    int equals = text.indexOf('=');
    Map<String, String> columnOf = new LinkedHashMap<>();
    String[] pairs = text.substring(equals + 1).split(",", -1);
    for (String pair : pairs) {
      int colon = pair.indexOf(':');
      if (colon > 0 && colon < pair.length() - 1) {
        columnOf.put(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
      }
    }
    boolean distinct = columnOf.values().stream().distinct().count() == pairs.length;
    if (equals < 1 || pairs.length < 2 || columnOf.size() < pairs.length || !distinct) {
      throw new DataException(
          "'%s' does not say which columns hold the probabilities; expected an attribute and two values or more with a column each, such as race=White:p_white,Black:p_black."
              .formatted(text));
    }
    return new ProbabilityColumns(
        text.substring(0, equals).strip(),
        List.copyOf(columnOf.keySet()),
        List.copyOf(columnOf.values()));
  }

  /**
   * The attribute of every row. A row in which all of the columns are empty is unknown.
   *
   * @param table has the columns, as numbers
   * @throws DataException if a cell is not a probability, some but not all of a row's are empty, or
   *     they do not sum to one within 0.001; the message names column and row
   * @throws org.evenhand.core.CoreException if a column is not there
   */
  public Attribute of(Table table) {
    List<double[]> cells = new ArrayList<>();
    for (String column : columns) {
      cells.add(Labels.numbers(table, column, "probabilities"));
    }
    int size = values.size();
    int[] codes = new int[table.rows()];
    double[] probabilities = new double[codes.length * size];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = read(table, row, cells, probabilities);
    }
    return new Attribute(attribute, values, codes, Optional.of(probabilities));
  }

  /** Fills in a row's probabilities, scaled to sum to one, and returns its most probable value. */
  private int read(Table table, int row, List<double[]> cells, double[] probabilities) {
    if (cells.stream().allMatch(column -> Double.isNaN(column[row]))) {
      return Attribute.UNKNOWN;
    }
    double sum = 0;
    int most = 0;
    for (int b = 0; b < columns.size(); b++) {
      double p = cells.get(b)[row];
      if (!(p >= 0 && p <= 1)) {
        throw new DataException(
            "Column '%s', %s: the probability of %s = %s is %s; expected a number between 0 and 1, or no number in any of %s."
                .formatted(
                    columns.get(b),
                    CountedRows.place(table, row),
                    attribute,
                    values.get(b),
                    Labels.shown(p),
                    String.join(", ", columns)));
      }
      sum += p;
      most = p > cells.get(most)[row] ? b : most;
    }
    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Columns %s, %s: the probabilities of '%s' sum to %.6g; they must sum to 1, so give every value a column.",
              String.join(", ", columns),
              CountedRows.place(table, row),
              attribute,
              sum));
    }
    for (int b = 0; b < columns.size(); b++) {
      probabilities[row * columns.size() + b] = cells.get(b)[row] / sum;
    }
    return most;
  }
}
