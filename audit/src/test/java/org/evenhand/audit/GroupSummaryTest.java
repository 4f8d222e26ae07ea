package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

class GroupSummaryTest {
  private final SplittableRandom random = new SplittableRandom(19);

  @Test
  void two_classes_and_two_values_give_the_papers_figures() {
    // Group accuracies 1/2, 1, 1/4, 3/4 of 2, 1, 4, 4 rows: average 5/8, worst 1/4,
    // bias ½(|1/2-1| + |1/4-3/4|) = 1/2, overall (1+1+1+3)/11.
    Target target = target(2, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    Attribute attribute = attribute(2, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1);
    int[] decisions = {0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0};

    GroupSummary summary = GroupSummary.of(ConfusionTable.of(target, attribute, decisions));

    assertThat(summary).isEqualTo(new GroupSummary(5 / 8.0, 1 / 4.0, 1 / 2.0, 6 / 11.0));
  }

  @Test
  void bias_of_many_classes_and_values_is_the_mean_over_classes_and_pairs() {
    for (int repetition = 0; repetition < 200; repetition++) {
      int classes = 2 + random.nextInt(4);
      int values = 2 + random.nextInt(5);
      ConfusionTable table = randomTable(classes, values, 40 * classes * values);
      double sum = 0;
      int pairs = 0;
      for (int t = 0; t < classes; t++) {
        for (int b = 0; b < values; b++) {
          for (int other = b + 1; other < values; other++) {
            sum += Math.abs(table.accuracy(t, b) - table.accuracy(t, other));
            pairs++;
          }
        }
      }
      assertThat(GroupSummary.of(table).modelBias()).isCloseTo(sum / pairs, within(1e-12));
    }
  }

  @Test
  void for_two_classes_and_two_values_bias_is_at_most_twice_average_minus_worst() {
    for (int repetition = 0; repetition < 500; repetition++) {
      GroupSummary summary = GroupSummary.of(randomTable(2, 2, 8 + random.nextInt(300)));
      if (!Double.isNaN(summary.average())) {
        assertThat(summary.modelBias())
            .isLessThanOrEqualTo(2 * (summary.average() - summary.worst()) + 1e-12);
      }
    }
  }

  @Test
  void an_empty_group_leaves_only_the_overall_accuracy() {
    GroupSummary summary =
        GroupSummary.of(
            ConfusionTable.of(target(2, 0, 0, 1), attribute(2, 0, 1, 0), new int[] {0, 0, 0}));

    assertThat(summary.average()).isNaN();
    assertThat(summary.worst()).isNaN();
    assertThat(summary.modelBias()).isNaN();
    assertThat(summary.overall()).isEqualTo(2 / 3.0);
  }

  @Test
  void weights_count_as_repetitions_to_the_last_bit() {
    int rows = 500;
    int[] t = random.ints(rows, 0, 3).toArray();
    int[] b = random.ints(rows, 0, 2).toArray();
    int[] decisions = random.ints(rows, 0, 3).toArray();
    double[] weights = random.ints(rows, 0, 5).asDoubleStream().toArray();
    int[] repeated =
        IntStream.range(0, rows)
            .flatMap(row -> IntStream.generate(() -> row).limit((long) weights[row]))
            .toArray();

    GroupSummary weighted = GroupSummary.of(target(3, t), attribute(2, b), decisions, weights);
    GroupSummary duplicated =
        GroupSummary.of(
            ConfusionTable.of(
                target(3, t).select(repeated),
                attribute(2, b).select(repeated),
                IntStream.of(repeated).map(row -> decisions[row]).toArray()));

    assertThat(weighted).isEqualTo(duplicated);
  }

  @Test
  void counts_are_those_of_a_plain_loop_over_many_chunks() {
    int rows = 300_001;
    int[] t = random.ints(rows, 0, 2).toArray();
    int[] b = random.ints(rows, 0, 5).toArray();
    int[] decisions = random.ints(rows, 0, 2).toArray();
    double[][][] expected = new double[2][5][2];
    for (int row = 0; row < rows; row++) {
      expected[t[row]][b[row]][decisions[row]]++;
    }

    ConfusionTable table = ConfusionTable.of(target(2, t), attribute(5, b), decisions);

    for (int i = 0; i < 20; i++) {
      assertThat(table.count(i / 10, i / 2 % 5, i % 2))
          .isEqualTo(expected[i / 10][i / 2 % 5][i % 2]);
    }
  }

  @Test
  void lengths_that_differ_are_named() {
    assertThatThrownBy(
            () -> ConfusionTable.of(target(2, 0, 1), attribute(2, 0, 1), new int[] {0, 1, 1}))
        .isInstanceOf(AuditException.class)
        .hasMessage("The target 't' has 2 rows, but the decisions have 3.");
  }

  private ConfusionTable randomTable(int classes, int values, int rows) {
    return ConfusionTable.of(
        target(classes, random.ints(rows, 0, classes).toArray()),
        attribute(values, random.ints(rows, 0, values).toArray()),
        random.ints(rows, 0, classes).toArray());
  }

  private static Target target(int classes, int... codes) {
    return new Target("t", new Classes(names(classes)), codes);
  }

  private static Attribute attribute(int values, int... codes) {
    return new Attribute("b", names(values), codes);
  }

  private static List<String> names(int size) {
    return IntStream.range(0, size).mapToObj(Integer::toString).toList();
  }
}
