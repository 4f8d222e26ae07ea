package org.evenhand.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * Ranges in which the numbers of a protected attribute, such as ages, are audited. Only the
 * attribute's values become bands: the column stays as it is.
 *
 * <pre>{@code
 * Labelling.of("income", List.of("age")).withBands(List.of(Bands.parse("age=18,40,60")))
 * }</pre>
 *
 * @param column the attribute's column, of numbers or of text that holds numbers
 * @param cuts the lower end of every band but the lowest, in the column's unit: finite, ascending,
 *     at least one
 */
public record Bands(String column, List<Double> cuts) {
  private static final String EXAMPLE = "such as age=18,40,60";

  /**
   * @throws DataException if there is no cut, or the cuts are not finite or not ascending
   */
  public Bands {
    cuts = List.copyOf(cuts);
    if (cuts.isEmpty()) {
      throw new DataException(
          "Column '%s' is given no number at which a band begins; name at least one, %s."
              .formatted(column, EXAMPLE));
    }
    double below = Double.NEGATIVE_INFINITY;
    for (double cut : cuts) {
      if (!(cut > below && cut < Double.POSITIVE_INFINITY)) {
        throw new DataException(
            "The bands of '%s' begin at %s; each must begin at a number above the one before, %s."
                .formatted(column, written(cuts), EXAMPLE));
      }
      below = cut;
    }
  }

  private static String written(List<Double> cuts) {
    return cuts.stream().map(NumericColumn::written).collect(Collectors.joining(", "));
  }

  /**
   * Reads {@code age=18,40,60}.
   *
   * @param text column, then cuts
   * @throws DataException if it is not of that form, or the cuts are not ascending
   */
  public static Bands parse(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 1) {
      throw new DataException(
          "'%s' does not say which bands a column has; expected the column and the numbers at which bands begin, %s."
              .formatted(text, EXAMPLE));
    }
    String column = text.substring(0, equals).strip();
    String numbers = text.substring(equals + 1);
    List<Double> cuts = new ArrayList<>();
    for (String number : numbers.isBlank() ? new String[0] : numbers.split(",", -1)) {
      double cut = Categories.parsed(number);
      if (!Double.isFinite(cut)) {
        throw new DataException(
            "A band of '%s' cannot begin at '%s'; expected a number, %s."
                .formatted(column, number.strip(), EXAMPLE));
      }
      cuts.add(cut);
    }
    return new Bands(column, cuts);
  }

  /**
   * Refuses bands that nothing would be audited in, or that contradict each other.
   *
   * @param all the bands of a table
   * @param attributes the columns of its protected attributes
   * @throws DataException if a column has bands twice, or is no attribute
   */
  public static void requireAmong(Collection<String> attributes, List<Bands> all) {
    Set<String> banded = new HashSet<>();
    for (Bands bands : all) {
      if (!banded.add(bands.column)) {
        throw new DataException(
            "Column '%s' is given bands twice; name all numbers at which its bands begin at once."
                .formatted(bands.column));
      }
      if (!attributes.contains(bands.column)) {
        throw new DataException(
            "Column '%s' is given bands, but it is no protected attribute; name it as one, or leave the bands out."
                .formatted(bands.column));
      }
    }
  }

  /**
   * The bands that occur, in their order.
   *
   * @throws DataException if a cell is no number; the message names its row
   */
  Categories of(Table table) {
    double[] numbers = numbers(table);
    int[] codes = new int[numbers.length];
    int[] place = new int[cuts.size() + 1];
    Arrays.fill(place, Categories.MISSING);
    for (int row = 0; row < codes.length; row++) {
      codes[row] = Double.isNaN(numbers[row]) ? Categories.MISSING : band(numbers[row]);
      if (codes[row] != Categories.MISSING) {
        place[codes[row]] = 0;
      }
    }
    List<String> values = new ArrayList<>();
    for (int band = 0; band < place.length; band++) {
      if (place[band] == 0) {
        place[band] = values.size();
        values.add(name(band));
      }
    }
    for (int row = 0; row < codes.length; row++) {
      codes[row] = codes[row] == Categories.MISSING ? Categories.MISSING : place[codes[row]];
    }
    return new Categories(values, codes);
  }

  private int band(double number) {
    int band = 0;
    while (band < cuts.size() && number >= cuts.get(band)) {
      band++;
    }
    return band;
  }

  /** True of whole numbers and of others, so that a name does not depend on the rows. */
  private String name(int band) {
    if (band == 0) {
      return "under " + NumericColumn.written(cuts.get(0));
    }
    String from = NumericColumn.written(cuts.get(band - 1));
    return band == cuts.size()
        ? from + " and over"
        : from + " to under " + NumericColumn.written(cuts.get(band));
  }

  private double[] numbers(Table table) {
    Column found = table.column(column);
    if (!(found instanceof TextColumn text)) {
      return Labels.numbers(table, column, "values in bands");
    }
    double[] ofWord = text.dictionary().stream().mapToDouble(Bands::number).toArray();
    double[] numbers = new double[text.rows()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = ofWord[text.codes()[row]];
      if (Double.isInfinite(numbers[row])) {
        throw new DataException(
            "Column '%s', %s: '%s' is not a number, so that it is in no band; correct the cell, or empty it if the value is missing."
                .formatted(column, CountedRows.place(table, row), text.value(row)));
      }
    }
    return numbers;
  }

  /** NaN for a missing number, as in a numeric column; infinite for what is none. */
  private static double number(String text) {
    String word = text.strip();
    if (word.isEmpty() || NumberCells.MISSING.contains(word)) {
      return Double.NaN;
    }
    double number = Categories.parsed(word);
    return Double.isFinite(number) ? number : Double.POSITIVE_INFINITY;
  }
}
