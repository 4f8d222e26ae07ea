package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

class CelebaPairsTest {
  /** Twelve women, five of them blond, and eight men, two of them blond. */
  private static LabelledSet people() {
    int[] hair = new int[20];
    int[] gender = new int[20];
    Arrays.fill(hair, 0, 5, 1);
    Arrays.fill(hair, 12, 14, 1);
    Arrays.fill(gender, 12, 20, 1);
    return LabelledSet.of(
        Table.of(
            List.of(new NumericColumn("row", IntStream.range(0, 20).asDoubleStream().toArray()))),
        new Target("Blond_Hair", Classes.of("0", "1"), hair),
        List.of(new Attribute("Male", List.of("0", "1"), gender)));
  }

  @Test
  void blond_people_are_paired_with_blond_people_of_the_other_gender() {
    CounterfactualPairs pairs = CelebaPairs.BLOND.of(people(), "Male", 1);

    assertThat(pairs.size()).isEqualTo(2);
    assertThat(pairs.relation()).isEqualTo(Relation.OTHER_INDIVIDUAL);
    assertThat(pairs.factual().target().codes()).containsOnly(1);
    assertThat(pairs.factualAttribute().codes()).containsOnly(1);
    assertThat(pairs.counterfactualAttribute().codes()).containsOnly(0);
  }

  @Test
  void pairs_of_both_classes_share_their_hair() {
    CounterfactualPairs pairs = CelebaPairs.ALL.of(people(), "Male", 1);

    // Two of blond people, six of others.
    assertThat(pairs.size()).isEqualTo(8);
    assertThat(pairs.counterfactual().target().codes())
        .containsExactly(pairs.factual().target().codes());
    assertThat(Arrays.stream(pairs.factual().target().codes()).sum()).isEqualTo(2);
  }
}
