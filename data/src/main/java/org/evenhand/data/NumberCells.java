package org.evenhand.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.NumericColumn;

/** Cells that are numbers: because the caller says so, or as far as one can see. */
final class NumberCells implements Cells {
  /** What stands for a missing number, besides the empty cell. Text columns keep these words. */
  static final Set<String> MISSING = Set.of("NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?");

  private static final Set<String> INFINITE = Set.of("inf", "infinity");

  /** A cell that the column cannot keep. */
  private record Refused(String text, long line) {}

  private final String file;
  private final String name;
  private final boolean declared;
  private double[] values = new double[1024];
  private int rows;
  private boolean allEmpty = true;
  private Optional<Refused> notANumber = Optional.empty();
  private Optional<Refused> infinite = Optional.empty();

  NumberCells(String file, String name, boolean declared) {
    this.file = file;
    this.name = name;
    this.declared = declared;
  }

  @Override
  public boolean add(char[] buffer, int offset, int length, long line) {
    if (length == 0) {
      append(Double.NaN);
      return true;
    }
    double value = DecimalParser.parse(buffer, offset, length);
    if (!Double.isFinite(value)) {
      String word = new String(buffer, offset, length).strip();
      value = declared ? truth(word) : Double.NaN;
      if (Double.isNaN(value) && !acceptWord(word, line)) {
        return false;
      }
    }
    allEmpty = false;
    append(value);
    return true;
  }

  /** 1 or 0 where numbers are asked for and a boolean is written, as other tools do; else NaN. */
  private static double truth(String word) {
    return word.equalsIgnoreCase("true") ? 1 : word.equalsIgnoreCase("false") ? 0 : Double.NaN;
  }

  private boolean acceptWord(String word, long line) {
    if (word.isEmpty() || MISSING.contains(word)) {
      return true;
    }
    if (isInfinite(word)) {
      infinite = infinite.or(() -> Optional.of(new Refused(word, line)));
      return true;
    }
    if (allEmpty && !declared) {
      return false;
    }
    notANumber = notANumber.or(() -> Optional.of(new Refused(word, line)));
    return true;
  }

  private static boolean isInfinite(String word) {
    boolean signed = word.startsWith("-") || word.startsWith("+");
    return INFINITE.contains(word.substring(signed ? 1 : 0).toLowerCase(Locale.ROOT))
        || Double.isInfinite(DecimalParser.parse(word.toCharArray(), 0, word.length()));
  }

  private void append(double value) {
    if (rows == values.length) {
      values = Arrays.copyOf(values, 2 * rows);
    }
    values[rows++] = value;
  }

  @Override
  public boolean mixed() {
    return !declared && notANumber.isPresent();
  }

  @Override
  public NumericColumn column() {
    notANumber.ifPresent(
        cell -> {
          throw refuse(cell, "is not a number, but the column must be numeric");
        });
    infinite.ifPresent(
        cell -> {
          throw refuse(cell, "is not finite; leave the cell empty if the value is missing");
        });
    return new NumericColumn(name, Arrays.copyOf(values, rows));
  }

  @Override
  public Optional<NumericColumn> joined(List<Cells> parts) {
    int total = 0;
    for (Cells part : parts) {
      if (!(part instanceof NumberCells numbers)
          || numbers.notANumber.isPresent()
          || numbers.infinite.isPresent()) {
        return Optional.empty();
      }
      total += numbers.rows;
    }
    double[] all = new double[total];
    int at = 0;
    for (Cells part : parts) {
      NumberCells numbers = (NumberCells) part;
      System.arraycopy(numbers.values, 0, all, at, numbers.rows);
      at += numbers.rows;
    }
    return Optional.of(new NumericColumn(name, all));
  }

  private DataException refuse(Refused cell, String what) {
    return new DataException(
        "%s, line %d, column '%s': '%s' %s.".formatted(file, cell.line, name, cell.text, what));
  }
}
