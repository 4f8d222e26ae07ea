package org.evenhand.experiments;

import java.util.stream.IntStream;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.Counterpart;
import org.evenhand.data.OtherRows;

/** Which people are paired. */
enum CelebaPairs {
  /** As in the authors' code. */
  BLOND("pairs of blond people, as in the authors' code") {
    @Override
    int[] candidates(LabelledSet known) {
      int[] hair = known.target().codes();
      return IntStream.range(0, hair.length).filter(row -> hair[row] == 1).toArray();
    }
  },

  /** As the command makes them. */
  ALL("pairs of both classes, as `evenhand unlearn` makes them") {
    @Override
    int[] candidates(LabelledSet known) {
      return IntStream.range(0, known.rows()).toArray();
    }
  };

  private final String title;

  CelebaPairs(String title) {
    this.title = title;
  }

  /** The rows that may be paired. */
  abstract int[] candidates(LabelledSet known);

  String title() {
    return title;
  }

  /** Pairs of other people with the same hair, no one in two. */
  CounterfactualPairs of(LabelledSet known, String attribute, long seed) {
    return OtherRows.pairs(
        known.select(candidates(known)), attribute, new Counterpart.MostFrequent(), seed);
  }
}
