package org.evenhand.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.evenhand.core.Attribute;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Setting;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;

/**
 * Makes counterfactual pairs by giving a column another value in every row and changing nothing
 * else but the columns that are linked to it (Fast Model Debias: x stays, a becomes ā).
 *
 * <pre>{@code
 * CounterfactualPairs pairs = Flip.of("sex").pairs(set);
 * CounterfactualPairs race = Flip.of("race").to(new Counterpart.Value("White")).pairs(set);
 * }</pre>
 *
 * @param column the flipped column, of text or numbers
 * @param counterpart which other value a row gets
 * @param links the columns that follow
 */
public record Flip(String column, Counterpart counterpart, LinkedColumns links) {
  /**
   * Each row gets the most frequent value, or the next if it has that.
   *
   * @param column the flipped column
   */
  public static Flip of(String column) {
    return new Flip(column, new Counterpart.MostFrequent(), LinkedColumns.NONE);
  }

  /**
   * The same with another rule for the value.
   *
   * @param other which other value a row gets
   */
  public Flip to(Counterpart other) {
    return new Flip(column, other, links);
  }

  /**
   * The same with columns that follow.
   *
   * @param other may hold links of other flipped columns, which do nothing here
   */
  public Flip with(LinkedColumns other) {
    return new Flip(column, counterpart, other);
  }

  /**
   * The columns that can be flipped and compared: those of a few distinct values.
   *
   * @param table any rows
   * @param names columns to look at; those that are not there are left out
   * @param most the most values that a column may have; the fewest are two
   * @return names, in their order
   */
  public static List<String> flippable(Table table, Collection<String> names, int most) {
    return names.stream()
        .filter(
            name ->
                table
                    .find(name)
                    .filter(column -> !(column instanceof TensorColumn))
                    .map(column -> Categories.of(column).values().size())
                    .filter(values -> values >= 2 && values <= most)
                    .isPresent())
        .toList();
  }

  /**
   * Every row that has a value, paired with itself had the value been another. Both members know
   * one attribute, the flipped one, because crossed and linked ones would have changed with it.
   *
   * @param set has the flipped column among its inputs and its attributes
   * @throws DataException if the column has no second value, no row has one, it does not hold the
   *     value asked for, or the attribute's values are bands of it
   * @throws org.evenhand.core.CoreException if there is no such column or attribute
   */
  public CounterfactualPairs pairs(LabelledSet set) {
    Categories cells = Categories.of(set.inputs().column(column));
    Attribute attribute = set.attribute(column);
    Values values = Values.of(attribute, set.weights());
    requireSame(cells, attribute);
    List<int[]> pairs = rowsAndCodes(values);
    int[] rows = rows(pairs);
    int[] codes = pairs.stream().mapToInt(pair -> pair[1]).toArray();
    // Pairs of one row share its weight, so that intervals count rows and not pairs.
    int share = counterpart instanceof Counterpart.EveryOther ? pairs.size() / values.rows() : 1;
    double[] weights = Arrays.stream(set.weights()).map(weight -> weight / share).toArray();
    LabelledSet factual =
        new LabelledSet(set.inputs(), set.target(), List.of(attribute), weights).select(rows);
    Attribute flipped = new Attribute(column, attribute.values(), codes);
    LabelledSet counterfactual =
        new LabelledSet(
            flipped(factual, flipped), factual.target(), List.of(flipped), factual.weights());
    return new CounterfactualPairs(column, factual, counterfactual, Relation.SAME_INDIVIDUAL);
  }

  /**
   * Which row every one of the {@link #pairs} is of.
   *
   * @param set as there
   * @throws DataException if the column has no second value, no row has one, or it does not hold
   *     the value asked for
   */
  public int[] rows(LabelledSet set) {
    return rows(rowsAndCodes(Values.of(set.attribute(column), set.weights())));
  }

  private static int[] rows(List<int[]> pairs) {
    return pairs.stream().mapToInt(pair -> pair[0]).toArray();
  }

  /** What is not in the cells, such as a band of numbers, cannot be written into them. */
  private void requireSame(Categories cells, Attribute attribute) {
    for (int row = 0; row < cells.codes().length; row++) {
      int code = attribute.codes()[row];
      int cell = cells.codes()[row];
      if (code != Attribute.UNKNOWN
          && cell != Categories.MISSING
          && !attribute.values().get(code).equals(cells.values().get(cell))) {
        throw new DataException(
            "Column '%s' cannot be flipped, because a row that holds %s counts as '%s'; pair rows instead of flipping them, or leave the bands out."
                .formatted(column, cells.values().get(cell), attribute.values().get(code)),
            Setting.PAIRS,
            Setting.BANDS);
      }
    }
  }

  /** A row and its other code, one per pair. */
  private List<int[]> rowsAndCodes(Values values) {
    SplittableRandom random =
        new SplittableRandom(counterpart instanceof Counterpart.RandomOther r ? r.seed() : 0);
    int[] codes = values.attribute().codes();
    List<int[]> pairs = new ArrayList<>();
    for (int row = 0; row < codes.length; row++) {
      if (!values.isMissing(codes[row])) {
        for (int other : others(values, codes[row], random)) {
          pairs.add(new int[] {row, other});
        }
      }
    }
    if (pairs.isEmpty()) {
      throw new DataException(
          "Column '%s' is missing in every row, so that there is nothing to flip."
              .formatted(column));
    }
    return pairs;
  }

  private int[] others(Values values, int code, SplittableRandom random) {
    if (counterpart instanceof Counterpart.EveryOther) {
      return values.othersThan(code);
    }
    if (counterpart instanceof Counterpart.RandomOther) {
      int[] others = values.othersThan(code);
      return new int[] {others[random.nextInt(others.length)]};
    }
    int pivot =
        counterpart instanceof Counterpart.Value value
            ? values.code(value.value())
            : values.mostFrequent();
    return new int[] {code == pivot ? values.mostFrequentOtherThan(pivot) : pivot};
  }

  private Table flipped(LabelledSet factual, Attribute after) {
    ColumnEdit flip = new ColumnEdit(factual.inputs().column(column), after.values());
    for (int pair = 0; pair < factual.rows(); pair++) {
      flip.write(pair, after.codes()[pair]);
    }
    Map<String, ColumnEdit> edits = new HashMap<>(Map.of(column, flip));
    for (LinkedColumns.Link link : links.of(column).links()) {
      edits
          .computeIfAbsent(
              link.column(),
              name -> new ColumnEdit(factual.inputs().column(name), links.targets(column, name)))
          .apply(link, factual.attribute(column), after);
    }
    return ColumnEdit.in(factual.inputs(), edits);
  }
}
