package org.evenhand.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A protected attribute of every row (the bias attribute b in the papers). A row's value may be
 * unknown, or be known by probabilities only; {@link Members} says which groups a row then counts
 * in.
 *
 * @param name the column it came from
 * @param values the distinct values, at least one
 * @param codes one index into the values a row, or {@link #UNKNOWN}; where only probabilities are
 *     known, the most probable value
 * @param probabilities rows × |B|, row-major: the chance that a row has a value, in [0,1], zeros
 *     where nothing is known; empty if codes say all that there is to know
 */
public record Attribute(
    String name, List<String> values, int[] codes, Optional<double[]> probabilities) {
  /** The code of a row whose value nobody knows: it belongs to no group. */
  public static final int UNKNOWN = -1;

  /**
   * @throws CoreException if a code has no value, or there are not |B| probabilities a row
   */
  public Attribute {
    values = List.copyOf(values);
    Codes.requireInRange("Attribute '" + name + "'", codes, UNKNOWN, values.size());
    int expected = codes.length * values.size();
    if (probabilities.isPresent() && probabilities.get().length != expected) {
      throw new CoreException(
          "Attribute '%s' has %d probabilities; %d rows with %d values need %d."
              .formatted(name, probabilities.get().length, codes.length, values.size(), expected));
    }
  }

  /**
   * An attribute whose values are certain or unknown.
   *
   * @param name the column it came from
   * @param values the distinct values, at least one
   * @param codes one index into the values a row, or {@link #UNKNOWN}
   * @throws CoreException if a code has no value
   */
  public Attribute(String name, List<String> values, int[] codes) {
    this(name, values, codes, Optional.empty());
  }

  /** |B|, the number of values. */
  public int size() {
    return values.size();
  }

  /** Whether every row has exactly one value, so that codes can be used as they are. */
  public boolean certain() {
    if (probabilities.isPresent()) {
      return false;
    }
    for (int code : codes) {
      if (code == UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same rows with some of the values only; a row of another value is then unknown.
   *
   * @param kept indices of values, at least one
   */
  public Attribute keep(int[] kept) {
    int[] renumbered = new int[values.size()];
    Arrays.fill(renumbered, UNKNOWN);
    for (int value = 0; value < kept.length; value++) {
      renumbered[kept[value]] = value;
    }
    return new Attribute(
        name,
        Arrays.stream(kept).mapToObj(values::get).toList(),
        Arrays.stream(codes).map(code -> code == UNKNOWN ? UNKNOWN : renumbered[code]).toArray(),
        probabilities.map(all -> columns(all, kept)));
  }

  private double[] columns(double[] all, int[] kept) {
    double[] columns = new double[codes.length * kept.length];
    for (int row = 0; row < codes.length; row++) {
      for (int value = 0; value < kept.length; value++) {
        columns[row * kept.length + value] = all[row * size() + kept[value]];
      }
    }
    return columns;
  }

  /**
   * The given rows, in the given order; the values stay the same even if some no longer occur.
   *
   * @param rows indices of rows
   */
  public Attribute select(int[] rows) {
    return new Attribute(
        name,
        values,
        Codes.select(codes, rows),
        probabilities.map(all -> Codes.select(all, size(), rows)));
  }

  /**
   * Two attributes as one, whose values are the combinations that occur, such as {@code Female,
   * Black}; unknown is what is unknown in one of them.
   *
   * @param crossing name of the crossed attribute
   * @param other of the same rows, known by codes like this one
   * @throws CoreException if the rows differ in number, or values are known by probabilities only
   */
  public Attribute crossedWith(String crossing, Attribute other) {
    if (probabilities.isPresent() || other.probabilities.isPresent()) {
      throw new CoreException(
          "'%s' and '%s' cannot be crossed where values are known by probabilities only: those of one say nothing of how it goes with the other."
              .formatted(name, other.name));
    }
    if (codes.length != other.codes.length) {
      throw new CoreException(
          "'%s' has %d rows and '%s' has %d; crossed attributes need the same rows."
              .formatted(name, codes.length, other.name, other.codes.length));
    }
    int[] crossed = new int[codes.length];
    int[] numbers = new int[size() * other.size()];
    Arrays.fill(numbers, UNKNOWN);
    for (int row = 0; row < codes.length; row++) {
      boolean known = codes[row] != UNKNOWN && other.codes[row] != UNKNOWN;
      crossed[row] = known ? codes[row] * other.size() + other.codes[row] : UNKNOWN;
      if (known) {
        numbers[crossed[row]] = 0;
      }
    }
    List<String> occurring = new ArrayList<>();
    for (int pair = 0; pair < numbers.length; pair++) {
      if (numbers[pair] != UNKNOWN) {
        numbers[pair] = occurring.size();
        occurring.add(
            values.get(pair / other.size()) + ", " + other.values.get(pair % other.size()));
      }
    }
    for (int row = 0; row < crossed.length; row++) {
      crossed[row] = crossed[row] == UNKNOWN ? UNKNOWN : numbers[crossed[row]];
    }
    return new Attribute(crossing, occurring, crossed);
  }
}
