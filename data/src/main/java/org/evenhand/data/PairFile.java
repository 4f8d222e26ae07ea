package org.evenhand.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Column;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/**
 * Pairs that a CSV file lists, for rows whose counterparts someone made: edited images, rewritten
 * texts. Each line names two rows of a table:
 *
 * <pre>
 * factual,counterfactual
 * face-17,face-17-edited
 * </pre>
 *
 * @param file where they were read
 * @param factual one key a pair
 * @param counterfactual one key a pair
 */
public record PairFile(Path file, List<String> factual, List<String> counterfactual) {
  private static final String FACTUAL = "factual";
  private static final String COUNTERFACTUAL = "counterfactual";

  /** Copies the lists. */
  public PairFile {
    factual = List.copyOf(factual);
    counterfactual = List.copyOf(counterfactual);
  }

  /**
   * Reads a file of pairs.
   *
   * @param file a CSV file with the columns {@code factual} and {@code counterfactual}
   * @throws DataException if it cannot be read or lacks one of them
   */
  public static PairFile read(Path file) {
    Set<String> names = Set.of(FACTUAL, COUNTERFACTUAL);
    Table table =
        Tables.read(file, TableOptions.defaults().withColumns(names).withTextColumns(names));
    return new PairFile(file, texts(table.column(FACTUAL)), texts(table.column(COUNTERFACTUAL)));
  }

  private static List<String> texts(Column column) {
    TextColumn text = (TextColumn) column;
    return IntStream.range(0, text.rows()).mapToObj(row -> text.value(row).strip()).toList();
  }

  /**
   * The pairs whose factual row is one of some rows, as versions of the same individual.
   *
   * @param all every row that the file may name
   * @param rows the rows whose pairs are wanted, such as those of a split
   * @param attribute the attribute that differs
   * @param key the column of the keys; if empty, the keys are numbers of rows, counted from 1
   * @throws DataException if a key is not there or not unique, or no pair remains
   * @throws org.evenhand.core.CoreException if a pair differs in its target or does not differ in
   *     the attribute; the message counts the pairs that remained
   */
  public CounterfactualPairs pairs(
      LabelledSet all, int[] rows, String attribute, Optional<String> key) {
    Map<String, Integer> rowOf = keys(all, key);
    boolean[] wanted = new boolean[all.rows()];
    for (int row : rows) {
      wanted[row] = true;
    }
    List<Integer> from = new ArrayList<>();
    List<Integer> to = new ArrayList<>();
    for (int pair = 0; pair < factual.size(); pair++) {
      int one = row(rowOf, factual.get(pair), pair, FACTUAL);
      int other = row(rowOf, counterfactual.get(pair), pair, COUNTERFACTUAL);
      if (wanted[one]) {
        from.add(one);
        to.add(other);
      }
    }
    if (from.isEmpty()) {
      throw new DataException(
          "%s lists no pair whose factual row is among the rows in use; check the split."
              .formatted(file));
    }
    Attribute groups = all.attribute(attribute);
    return new CounterfactualPairs(
        attribute, members(all, groups, from), members(all, groups, to), Relation.SAME_INDIVIDUAL);
  }

  /** Those rows, knowing one attribute. */
  static LabelledSet members(LabelledSet set, Attribute attribute, List<Integer> rows) {
    return new LabelledSet(set.inputs(), set.target(), List.of(attribute), set.weights())
        .select(rows.stream().mapToInt(Integer::intValue).toArray());
  }

  private Map<String, Integer> keys(LabelledSet all, Optional<String> key) {
    Map<String, Integer> rowOf = new HashMap<>();
    if (key.isEmpty()) {
      for (int row = 0; row < all.rows(); row++) {
        rowOf.put(Integer.toString(row + 1), row);
      }
      return rowOf;
    }
    Categories keys = Categories.of(all.inputs().column(key.get()));
    for (int row = 0; row < all.rows(); row++) {
      if (keys.codes()[row] == Categories.MISSING) {
        continue;
      }
      String value = keys.values().get(keys.codes()[row]);
      Integer twin = rowOf.put(value.strip(), row);
      if (twin != null) {
        throw new DataException(
            "Data rows %d and %d have the same key '%s' in column '%s'; pairs need keys that name one row each."
                .formatted(twin + 1, row + 1, value, key.get()));
      }
    }
    return rowOf;
  }

  private int row(Map<String, Integer> rowOf, String key, int pair, String column) {
    Integer row = rowOf.get(key);
    if (row == null) {
      throw new DataException(
          "%s, data row %d: no row has the %s key '%s'.".formatted(file, pair + 1, column, key));
    }
    return row;
  }
}
