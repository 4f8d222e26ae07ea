package org.evenhand.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.evenhand.spark.RowCounts.Counted;
import org.junit.jupiter.api.Test;

class RowCountsTest {
  /** Two groups with 10,000 scores each, of which every second is decided. */
  private static Dataset<Row> rows() {
    return Local.SPARK
        .range(0, 20_000, 1, 3)
        .selectExpr(
            "id % 2 AS group",
            "(id div 2) % 2 AS decided", "(id div 2) / 10000D AS `(score)`", "1D AS `(weight)`");
  }

  private static Counted count(int most) {
    return new RowCounts(List.of("group", "decided"), true, most)
        .distinct(rows(), "group, decided");
  }

  private static long total(Counted counted) {
    return counted.rows().stream().mapToLong(row -> row.<Long>getAs(RowCounts.ROWS)).sum();
  }

  @Test
  void bins_are_as_fine_as_the_number_of_distinct_rows_allows() {
    assertThat(count(20_000).bins()).isEqualTo(10_000);
    assertThat(count(20_000).rows()).hasSize(20_000);
    assertThat(count(19_999).bins()).isEqualTo(1_000);
    assertThat(count(500).bins()).isEqualTo(100);
  }

  @Test
  void coarser_bins_hold_the_same_rows_and_never_mix_decisions() {
    Counted coarse = count(19_999);

    assertThat(total(coarse)).isEqualTo(20_000);
    assertThat(coarse.rows()).hasSize(4 * 1_000);
    for (Row row : coarse.rows()) {
      double least = row.<Double>getAs(RowCounts.LEAST);
      double most = row.<Double>getAs(RowCounts.MOST);
      assertThat(most - least).isBetween(0.0, 1e-3);
      assertThat(Math.round(least * 10_000) % 2).isEqualTo(row.<Long>getAs("decided"));
    }
  }

  @Test
  void too_many_distinct_rows_are_refused_with_what_they_are_distinct_by() {
    assertThatThrownBy(() -> count(100))
        .isInstanceOf(EvenhandSparkException.class)
        .hasMessage(
            "There are more than 100 distinct rows by group, decided; name columns of fewer values, or audit fewer attributes at once.");
  }
}
