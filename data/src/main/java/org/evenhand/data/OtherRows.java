package org.evenhand.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.evenhand.core.Attribute;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.LabelledSet;

/**
 * Makes pairs of different individuals with the same target and another value of an attribute, for
 * images and texts that cannot be flipped (as Fast Model Debias pairs the images of CelebA).
 */
public final class OtherRows {
  private OtherRows() {}

  /**
   * Within every class, rows of the pivot in random order are the counterparts of the other rows in
   * random order, until one side is used up. No row occurs twice.
   *
   * @param set has the attribute
   * @param attribute its name
   * @param counterpart {@link Counterpart.Value} is the pivot, else it is the most frequent value
   * @param seed of the random order
   * @throws DataException if no class has rows on both sides, or there is no such value
   */
  public static CounterfactualPairs pairs(
      LabelledSet set, String attribute, Counterpart counterpart, long seed) {
    Attribute groups = set.attribute(attribute);
    Values values = Values.of(groups, set.weights());
    int pivot =
        counterpart instanceof Counterpart.Value value
            ? values.code(value.value())
            : values.mostFrequent();
    Random random = new Random(seed);
    List<Integer> factual = new ArrayList<>();
    List<Integer> counterfactual = new ArrayList<>();
    for (int target = 0; target < set.target().classes().size(); target++) {
      List<Integer> with = new ArrayList<>();
      List<Integer> without = new ArrayList<>();
      for (int row = 0; row < set.rows(); row++) {
        if (set.target().codes()[row] == target && !values.isMissing(groups.codes()[row])) {
          (groups.codes()[row] == pivot ? with : without).add(row);
        }
      }
      Collections.shuffle(with, random);
      Collections.shuffle(without, random);
      int pairs = Math.min(with.size(), without.size());
      factual.addAll(without.subList(0, pairs));
      counterfactual.addAll(with.subList(0, pairs));
    }
    if (factual.isEmpty()) {
      throw new DataException(
          "No two rows have the same '%s' and differ in '%s'; pairs of other rows need such rows."
              .formatted(set.target().name(), attribute));
    }
    return new CounterfactualPairs(
        attribute,
        PairFile.members(set, groups, factual),
        PairFile.members(set, groups, counterfactual),
        Relation.OTHER_INDIVIDUAL);
  }
}
