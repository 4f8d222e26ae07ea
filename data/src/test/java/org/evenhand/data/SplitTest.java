package org.evenhand.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.CoreException;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final Table TABLE =
      Table.of(List.of(TextColumn.of("split", List.of("train", "test", "train", "", "test"))));

  @Test
  void the_rows_of_a_part_are_those_that_name_it() {
    assertThat(Split.rows(TABLE, Split.COLUMN, Split.TRAIN)).containsExactly(0, 2);
    assertThat(Split.rows(TABLE, Split.COLUMN, Split.TEST)).containsExactly(1, 4);
  }

  @Test
  void parts_may_be_numbered() {
    Table table = Table.of(List.of(new NumericColumn("fold", new double[] {0, 1, 0})));

    assertThat(Split.rows(table, "fold", "0")).containsExactly(0, 2);
  }

  @Test
  void an_empty_part_is_named_with_the_parts_that_there_are() {
    assertThatThrownBy(() -> Split.rows(TABLE, "split", "calibration"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "No row belongs to split 'calibration': column 'split' holds test (2 rows), train (2"
                + " rows).");
    assertThatThrownBy(() -> Split.rows(TABLE.select(new int[] {3}), "split", "test"))
        .isInstanceOf(DataException.class)
        .hasMessage("No row belongs to split 'test': column 'split' holds no value.");
    assertThatThrownBy(() -> Split.rows(TABLE, "fold", "test"))
        .isInstanceOf(CoreException.class)
        .hasMessage("There is no column 'fold'; the columns are split.");
  }

  @Test
  void every_row_goes_to_one_part_and_every_group_is_shared_out_evenly() {
    SplittableRandom random = new SplittableRandom(1);
    for (int repetition = 0; repetition < 50; repetition++) {
      int[] groups =
          IntStream.range(0, 20 + random.nextInt(400)).map(i -> random.nextInt(5)).toArray();
      double[] fractions = {0.6, 0.2, 0.2};

      List<int[]> parts = Split.stratified(groups, repetition, fractions);

      assertThat(parts.stream().flatMapToInt(Arrays::stream).sorted().toArray())
          .containsExactly(IntStream.range(0, groups.length).toArray());
      for (int part = 0; part < fractions.length; part++) {
        double share = fractions[part];
        assertThat((double) parts.get(part).length)
            .isBetween(share * groups.length - 1, share * groups.length + 1);
        for (int group = 0; group < 5; group++) {
          int wanted = group;
          double rows = Arrays.stream(groups).filter(g -> g == wanted).count();
          double taken = Arrays.stream(parts.get(part)).filter(r -> groups[r] == wanted).count();
          // Each end of the group's stretch may be off by less than one row.
          assertThat(taken).isBetween(share * rows - 2, share * rows + 2);
        }
      }
    }
  }

  @Test
  void the_seed_decides() {
    int[] groups = new int[100];

    int[] once = Split.stratified(groups, 7, 0.5, 0.5).get(0);

    assertThat(Split.stratified(groups, 7, 0.5, 0.5).get(0)).containsExactly(once);
    assertThat(Split.stratified(groups, 8, 0.5, 0.5).get(0)).isNotEqualTo(once);
  }

  @Test
  void every_row_has_the_same_chance_of_every_part() {
    // 4,000 draws of a share of 0.3: the standard error is 0.0072; five of them on either side.
    int[] groups = {0, 0, 0, 1, 1, 1, 1, 2, 2, 2};
    int[] taken = new int[groups.length];
    for (int seed = 0; seed < 4_000; seed++) {
      for (int row : Split.stratified(groups, seed, 0.7, 0.3).get(1)) {
        taken[row]++;
      }
    }
    for (int group = 0; group < 3; group++) {
      int wanted = group;
      int[] rows = IntStream.range(0, groups.length).filter(r -> groups[r] == wanted).toArray();
      double mean = Arrays.stream(rows).map(r -> taken[r]).average().orElseThrow() / 4_000;
      for (int row : rows) {
        assertThat(taken[row] / 4_000.0).isBetween(mean - 0.036, mean + 0.036);
      }
    }
  }

  @Test
  void fractions_are_shares_and_leave_no_part_empty() {
    assertThatThrownBy(() -> Split.stratified(new int[10], 1, 0.8, 0.1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "The fractions [0.8, 0.1] are not shares of the whole: they must be positive, with a sum"
                + " of 1.");
    assertThatThrownBy(() -> Split.stratified(new int[2], 1, 0.9, 0.1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "A fraction of 0.1 of 2 rows is no row at all; take a larger fraction or more rows.");
  }
}
