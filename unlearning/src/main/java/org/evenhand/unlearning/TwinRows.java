package org.evenhand.unlearning;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.repair.Twins;

/** The twins of a task's rows as a model's head sees them. */
final class TwinRows {
  private final Twins twins;
  private final HeadRows rows;
  private final HeadRows others;
  private final int[] from;
  private final int[] to;

  /**
   * Asks for their features.
   *
   * @param twins of the task
   * @param rows of the task
   * @param model asked about the twins
   * @param values of the attribute as the task numbers them; those that it does not know are too
   *     rare to fit anything to
   */
  TwinRows(Twins twins, HeadRows rows, HeadedClassifier model, List<String> values) {
    this.twins = twins;
    this.rows = rows;
    this.others = HeadRows.of(model, twins.pairs().counterfactual());
    this.from = codes(twins.pairs().factualAttribute(), values);
    this.to = codes(twins.pairs().counterfactualAttribute(), values);
  }

  private static int[] codes(Attribute attribute, List<String> values) {
    return IntStream.of(attribute.codes())
        .map(code -> values.indexOf(attribute.values().get(code)))
        .toArray();
  }

  /** The twins of some rows. */
  HeadRows of(int[] some) {
    return others.select(twins.of(some));
  }

  /** The pairs of some rows, of values that something can be fitted to; empty if there are none. */
  Optional<PairRows> pairs(boolean[] kept) {
    int[] some =
        IntStream.range(0, twins.size())
            .filter(pair -> kept[twins.rows()[pair]] && from[pair] >= 0 && to[pair] >= 0)
            .toArray();
    if (some.length == 0) {
      return Optional.empty();
    }
    HeadRows factual =
        rows.select(IntStream.of(some).map(pair -> twins.rows()[pair]).toArray())
            .weighted(
                IntStream.of(some)
                    .mapToDouble(pair -> twins.pairs().factual().weights()[pair])
                    .toArray());
    return Optional.of(
        new PairRows(
            factual,
            others.select(some).weighted(factual.weights()),
            IntStream.of(some).map(pair -> from[pair]).toArray(),
            IntStream.of(some).map(pair -> to[pair]).toArray()));
  }
}
