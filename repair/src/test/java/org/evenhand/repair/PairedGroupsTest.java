package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

class PairedGroupsTest {
  /** Two groups of one class, 100 rows each, and two of another that are always right. */
  private static PairedGroups groups(int rightBefore, int rightAfter) {
    int[] targets = new int[400];
    int[] codes = new int[400];
    int[] was = new int[400];
    int[] is = new int[400];
    for (int row = 0; row < 400; row++) {
      targets[row] = row / 200;
      codes[row] = row / 100 % 2;
      boolean first = row < 100;
      was[row] = !first || row < rightBefore ? targets[row] : 1 - targets[row];
      is[row] = !first || row < rightAfter ? targets[row] : 1 - targets[row];
    }
    Attribute attribute = new Attribute("g", List.of("a", "b"), codes);
    return PairedGroups.of(
        LabelledSet.of(
            Table.of(List.of(new NumericColumn("x", new double[400]))),
            new Target("t", Classes.of("no", "yes"), targets),
            List.of(attribute)),
        attribute,
        was,
        is,
        30,
        WeightKind.FREQUENCY,
        1);
  }

  @Test
  void every_figure_changes_by_what_the_counts_say() {
    PairedGroups groups = groups(60, 90);

    // The only gap falls from 40 to 10 points, the other class has none.
    assertThat(groups.modelBias().value()).isCloseTo(-0.15, within(1e-12));
    assertThat(groups.largestGap().value()).isCloseTo(-0.30, within(1e-12));
    assertThat(groups.worst().value()).isCloseTo(0.30, within(1e-12));
    assertThat(groups.average().value()).isCloseTo(0.30 / 4, within(1e-12));
  }

  @Test
  void the_ends_of_the_mean_are_those_of_a_paired_normal_difference() {
    PairedChange change = groups(60, 90).average();

    // 30 of 100 rows become right: variance of the mean of four groups, one of which changes; the
    // others are certain but for the two rows added to each.
    double ofGroup = (0.6 * 0.4 + 0.9 * 0.1 - 2 * (0.6 - 0.6 * 0.9)) / 100;
    double margin = 1.6449 * Math.sqrt(ofGroup) / 4;
    assertThat(change.value() - change.low()).isCloseTo(margin, within(0.25 * margin));
    assertThat(change.high() - change.value()).isCloseTo(margin, within(0.25 * margin));
  }

  @Test
  void a_clear_fall_is_shown_and_a_clear_rise_is_worse() {
    assertThat(Finding.of(groups(60, 90).modelBias(), false)).isEqualTo(Finding.SHOWN);
    assertThat(Finding.of(groups(90, 60).modelBias(), false)).isEqualTo(Finding.WORSE);
    assertThat(Finding.of(groups(90, 91).modelBias(), false)).isEqualTo(Finding.OPEN);
    assertThat(Finding.of(groups(60, 90).worst(), true)).isEqualTo(Finding.SHOWN);
  }

  @Test
  void groups_of_too_few_rows_take_no_part() {
    PairedGroups none =
        PairedGroups.of(
            Loans.rows(),
            Loans.rows().attributes().get(0),
            new int[6],
            new int[6],
            30,
            WeightKind.FREQUENCY,
            1);

    assertThat(none.modelBias().value()).isNaN();
    assertThat(none.worst().value()).isNaN();
  }

  @Test
  void a_change_that_is_not_there_is_rarely_shown_and_a_large_one_mostly() {
    for (PairedSimulation world : PairedSimulation.worlds()) {
      PairedSimulation.Shares shares = world.shares(200, 3);
      if (world.name().startsWith("19 to 5 points, 1,056")) {
        assertThat(shares.shown()).as(world.name()).isGreaterThan(0.95);
      }
      if (world.name().startsWith("0")
          || world.name().startsWith("10")
          || world.name().startsWith("the")) {
        // Two standard errors of 200 samples above 5 %.
        assertThat(shares.shown()).as(world.name()).isLessThan(0.085);
        assertThat(shares.worse()).as(world.name()).isLessThan(0.085);
      }
    }
  }

  /**
   * Two values of 150 rows a class, of which nothing changes on average; rows that change weigh up
   * to four times as much as others.
   */
  private static PairedChange weighted(WeightKind kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 600;
    int[] targets = new int[rows];
    int[] codes = new int[rows];
    int[] was = new int[rows];
    int[] is = new int[rows];
    double[] weights = new double[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = row % 2;
      codes[row] = row / 2 % 2;
      double right = codes[row] == 0 ? 0.9 : 0.6;
      was[row] = random.nextDouble() < right ? targets[row] : 1 - targets[row];
      is[row] = random.nextDouble() < right ? targets[row] : 1 - targets[row];
      weights[row] = was[row] == is[row] ? 1 : 1 + 6 * random.nextDouble();
    }
    Attribute attribute = new Attribute("g", List.of("a", "b"), codes);
    return PairedGroups.of(
            new LabelledSet(
                Table.of(List.of(new NumericColumn("x", new double[rows]))),
                new Target("t", Classes.of("no", "yes"), targets),
                List.of(attribute),
                weights),
            attribute,
            was,
            is,
            30,
            kind,
            seed)
        .modelBias();
  }

  @Test
  void sampling_weights_do_not_show_what_is_not_there() {
    int[] decided = new int[2];
    int samples = 300;
    for (int sample = 0; sample < samples; sample++) {
      decided[0] +=
          Finding.of(weighted(WeightKind.SAMPLING, sample), false) == Finding.OPEN ? 0 : 1;
      decided[1] +=
          Finding.of(weighted(WeightKind.FREQUENCY, sample), false) == Finding.OPEN ? 0 : 1;
    }
    // One sided 5 % either way, and two and a half standard errors.
    assertThat(decided[0]).isLessThan((int) (samples * 0.143));
    assertThat(decided[1]).as("as frequencies").isGreaterThan((int) (samples * 0.143));
  }
}
