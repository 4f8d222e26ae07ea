package org.evenhand.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.Audit;
import org.evenhand.audit.AuditResult;
import org.evenhand.audit.AuditSettings;
import org.evenhand.audit.Estimate;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.ScoreBins;
import org.evenhand.audit.ValueMetric;
import org.evenhand.audit.ValueMetric.Basis;
import org.evenhand.audit.ValueMetrics;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.data.CountedRows;
import org.evenhand.data.Counting;
import org.evenhand.data.DataException;
import org.evenhand.data.Labelling;
import org.evenhand.data.Labels;
import org.evenhand.data.Split;
import org.evenhand.data.TableOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit of counted rows is an audit of all rows. */
class CountedAuditTest {
  private static final int ROWS = 50_000;
  private static final DecisionRule THRESHOLD = DecisionRule.threshold(0.62);
  private static final AuditSettings FREQUENCY =
      AuditSettings.builder().weights(WeightKind.FREQUENCY).build();
  private static final AuditSettings SETTINGS =
      AuditSettings.builder().decisionRule(THRESHOLD).weights(WeightKind.FREQUENCY).build();

  /** Uniform pseudo-random numbers u1 to u5 in [0,1), the same for row i wherever it stands. */
  private static final String DRAWS =
      "SELECT i, %s FROM range(%d) t(i)"
          .formatted(
              "hash(i) % 1000003 / 1000003.0::DOUBLE AS u1, hash(i, 2) % 1000003 / 1000003.0::DOUBLE AS u2,"
                  + " hash(i, 3) % 1000003 / 1000003.0::DOUBLE AS u3, hash(i, 4) % 1000003 / 1000003.0::DOUBLE AS u4,"
                  + " hash(i, 5) % 1000003 / 1000003.0::DOUBLE AS u5",
              ROWS);

  /** Decisions of which group 'b' gets worse ones; every hundredth score is at the threshold. */
  private static final String PEOPLE =
      """
      SELECT CAST(u1 < 0.4 AS INTEGER) AS repaid,
        CASE WHEN u2 < 0.5 THEN 'a' WHEN u2 < 0.9 THEN 'b' END AS race,
        CASE WHEN u3 < 0.5 THEN 'f' ELSE 'm' END AS sex,
        CASE WHEN i %% 100 = 0 THEN 0.62 WHEN i %% 100 = 1 THEN 0.6199999999999999::DOUBLE
          ELSE %s END AS score,
        CASE WHEN u4 + 0.4 * CAST(u1 < 0.4 AS INTEGER) < 0.7 THEN 'no' ELSE 'yes' END AS given,
        CASE WHEN u1 < 0.4 THEN 'yes' ELSE 'no' END AS deserved,
        CAST(floor(3 * u5) AS INTEGER) AS weight, u5 AS share,
        CASE WHEN u5 < 0.3 THEN 'test' ELSE 'train' END AS split
      FROM (%s)""";

  private static final String SCORE =
      "(0.7 * u4 + CASE WHEN u2 < 0.5 THEN 0.3 ELSE 0.15 END * CAST(u1 < 0.4 AS INTEGER))";

  private final Path folder;

  CountedAuditTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path people(String score) {
    return Duck.write(folder.resolve("people.parquet"), PEOPLE.formatted(score, DRAWS));
  }

  private static Labelling labelling() {
    return Labelling.of("repaid", List.of("race", "sex"));
  }

  private static AuditResult loaded(Path file, Labelling labelling) {
    Table table = ParquetTable.read(file, TableOptions.defaults());
    return audit(labelling.apply(table), table);
  }

  private static CountedRows count(Path file, Optional<String> weights) {
    Counting.Scores scores = Counting.Scores.decidedBy("score", THRESHOLD);
    return ParquetTable.countable(file)
        .count(
            new Counting(List.of("repaid", "race", "sex", "split"), Optional.of(scores), weights));
  }

  private static AuditResult counted(Path file, Labelling labelling) {
    CountedRows counted = count(file, labelling.weights());
    Labelling weighted = labelling.withWeights(labelling.weights().orElse(CountedRows.ROWS));
    LabelledSet set = weighted.apply(counted.table());
    AuditResult result = audit(set, counted.table());
    Classes classes = set.target().classes();
    return result.withScoreBins(
        ScoreBins.of(
            counted.scoreBinWidth(),
            set,
            result,
            Labels.scores(counted.table(), CountedRows.LEAST, classes),
            Labels.scores(counted.table(), CountedRows.GREATEST, classes)));
  }

  private static AuditResult audit(LabelledSet set, Table table) {
    return Audit.of(set, Labels.scores(table, "score", set.target().classes()), SETTINGS);
  }

  @Test
  void scores_of_up_to_four_decimals_give_the_same_audit_to_the_last_bit() {
    for (int decimals = 1; decimals <= 4; decimals++) {
      // Without the scores beside the threshold, which have more decimals.
      Path file =
          Duck.write(
              folder.resolve("rounded.parquet"),
              "SELECT * REPLACE (round(score, %d) AS score) FROM (%s)"
                  .formatted(decimals, PEOPLE.formatted(SCORE, DRAWS)));

      assertThat(counted(file, labelling())).isEqualTo(loaded(file, labelling()));
    }
  }

  @Test
  void weights_of_whole_numbers_give_the_same_audit_to_the_last_bit() {
    Path file = people("round(" + SCORE + ", 2)");
    Labelling labelling = labelling().withWeights("weight");

    AuditResult counted = counted(file, labelling);

    // The scores beside the threshold lie in one bin, but on two sides of the decision.
    assertThat(counted).isEqualTo(loaded(file, labelling));
    assertThat(counted.rows()).isNotEqualTo(ROWS);
  }

  @Test
  void every_figure_of_decisions_is_exact_whatever_the_scores() {
    Path file = people(SCORE);

    AuditResult counted = counted(file, labelling());

    assertThat(counted.scoreBins().width()).isEqualTo(1e-4);
    assertThat(counted.scoreBins().aucError()).isBetween(1e-9, 2e-4);
    assertThat(withoutScores(counted)).isEqualTo(withoutScores(loaded(file, labelling())));
  }

  private static List<Object> withoutScores(AuditResult result) {
    return List.of(
        result.rows(),
        result.overallAccuracy(),
        result.attributes().stream()
            .map(
                a ->
                    List.of(
                        a.attribute(),
                        a.reference(),
                        a.averageGroupAccuracy(),
                        a.worstGroupAccuracy(),
                        a.modelBias(),
                        a.verdict(),
                        a.explanation(),
                        a.groups(),
                        a.values().stream().map(CountedAuditTest::withoutScores).toList()))
            .toList());
  }

  private static ValueMetrics withoutScores(ValueMetrics v) {
    Estimate none = new Estimate.Unknown("not compared");
    return ValueMetrics.of(
        v.value(), v.n(), metric -> metric.basis() == Basis.SCORES ? none : v.of(metric));
  }

  @Test
  void figures_of_scores_are_as_near_as_the_bins_allow() {
    Path file = people(SCORE);
    Table table = ParquetTable.read(file, TableOptions.defaults());
    LabelledSet set = labelling().apply(table);
    double[] scores = ((NumericColumn) table.column("score")).values();
    AuditResult exact = audit(set, table);
    AuditResult binned = counted(file, labelling());

    for (int attribute = 0; attribute < set.attributes().size(); attribute++) {
      int[] codes = set.attributes().get(attribute).codes();
      for (int b = 0; b < set.attributes().get(attribute).size(); b++) {
        double[][] bins = bins(scores, set.target().codes(), codes, b);
        ValueMetrics exactMetrics = exact.attributes().get(attribute).values().get(b);
        ValueMetrics binnedMetrics = binned.attributes().get(attribute).values().get(b);

        assertThat(value(binnedMetrics.of(ValueMetric.AUC)))
            .isCloseTo(
                value(exactMetrics.of(ValueMetric.AUC)),
                within(binned.scoreBins().aucError() + 1e-12));
        assertThat(value(binnedMetrics.of(ValueMetric.CALIBRATION_ERROR)))
            .isCloseTo(
                value(exactMetrics.of(ValueMetric.CALIBRATION_ERROR)),
                within(calibrationBound(bins)));
        assertThat(value(binnedMetrics.of(ValueMetric.MEAN_SCORE_DIFFERENCE)))
            .as("no score moves by more than the width of a bin")
            .isCloseTo(
                value(exactMetrics.of(ValueMetric.MEAN_SCORE_DIFFERENCE)),
                within(binned.scoreBins().width()));
      }
    }
  }

  private static double value(Estimate estimate) {
    return ((Known) estimate).value();
  }

  /** Rows of one value by class and bin of scores. */
  private static double[][] bins(double[] scores, int[] classes, int[] codes, int b) {
    double[][] bins = new double[2][10_001];
    for (int row = 0; row < scores.length; row++) {
      if (codes[row] == b) {
        bins[classes[row]][(int) Math.rint(scores[row] * 10_000)]++;
      }
    }
    return bins;
  }

  /**
   * A score moves by half a bin at most, and at each of the 14 borders between the 15 parts of
   * equal mass one bin may change sides, which changes the sums of two parts.
   */
  private static double calibrationBound(double[][] bins) {
    double rows = Arrays.stream(bins[0]).sum() + Arrays.stream(bins[1]).sum();
    double most = 0;
    for (int bin = 0; bin < bins[0].length; bin++) {
      most = Math.max(most, bins[0][bin] + bins[1][bin]);
    }
    return 0.5e-4 + 2 * 14 * most / rows;
  }

  @Test
  void fractional_weights_are_summed_to_within_rounding() {
    Path file = people("round(" + SCORE + ", 2)");
    Labelling labelling = labelling().withWeights("share");

    AuditResult counted = counted(file, labelling);
    AuditResult loaded = loaded(file, labelling);

    assertThat(counted.rows()).isCloseTo(loaded.rows(), within(1e-9));
    assertThat(value(counted.attribute("race").modelBias().estimate()))
        .isCloseTo(value(loaded.attribute("race").modelBias().estimate()), within(1e-12));
  }

  @Test
  void row_groups_and_the_order_of_rows_change_nothing() {
    String people = PEOPLE.formatted(SCORE, DRAWS);
    Path small = Duck.write(folder.resolve("small.parquet"), people);
    Path large =
        Duck.copy(folder.resolve("large.parquet"), people, "FORMAT parquet, ROW_GROUP_SIZE 30000");
    Path shuffled =
        Duck.write(
            folder.resolve("shuffled.parquet"),
            PEOPLE.formatted(SCORE, DRAWS + " ORDER BY hash(i, 6)"));

    AuditResult result = counted(small, labelling());

    assertThat(counted(large, labelling())).isEqualTo(result);
    assertThat(counted(shuffled, labelling())).isEqualTo(result);
  }

  @Test
  void the_most_probable_class_is_a_boundary_too() {
    Path file = people("round(" + SCORE + ", 1)"); // with many scores of exactly ½
    Counting.Scores scores = Counting.Scores.decidedBy("score", DecisionRule.MOST_PROBABLE);
    Table table = ParquetTable.read(file, TableOptions.defaults());
    CountedRows counted =
        ParquetTable.countable(file)
            .count(
                new Counting(
                    List.of("repaid", "race", "sex"), Optional.of(scores), Optional.empty()));

    LabelledSet set = labelling().withWeights(CountedRows.ROWS).apply(counted.table());
    Answers answers = Labels.scores(counted.table(), "score", set.target().classes());
    LabelledSet all = labelling().apply(table);

    AuditResult result = Audit.of(set, answers, FREQUENCY);
    AuditResult expected =
        Audit.of(all, Labels.scores(table, "score", all.target().classes()), FREQUENCY);
    assertThat(withoutScores(result)).isEqualTo(withoutScores(expected));
  }

  @Test
  void recorded_decisions_of_one_split_give_the_same_audit() {
    Path file = people(SCORE);
    Labelling labelling = Labelling.of("deserved", List.of("race"));
    CountedRows counted =
        ParquetTable.countable(file)
            .count(
                new Counting(
                    List.of("deserved", "race", "split", "given"),
                    Optional.empty(),
                    Optional.empty()));

    assertThat(ofTestRows(counted.table(), labelling.withWeights(CountedRows.ROWS)))
        .isEqualTo(ofTestRows(ParquetTable.read(file, TableOptions.defaults()), labelling));
    // Two classes, three values with the missing one, two splits, two decisions.
    assertThat(counted.table().rows()).isEqualTo(24);
    assertThat(counted.scoreBinWidth()).isZero();
  }

  private static AuditResult ofTestRows(Table table, Labelling labelling) {
    int[] rows = Split.rows(table, "split", "test");
    LabelledSet set = labelling.apply(table);
    Answers answers = Labels.predictions(table, "given", Classes.of("no", "yes"));
    AuditSettings settings =
        AuditSettings.builder().draws(999).weights(WeightKind.FREQUENCY).build();
    return Audit.of(set.select(rows), answers.select(rows), settings);
  }

  @Test
  void a_score_or_weight_that_is_none_is_named_with_its_row() {
    String people = PEOPLE.formatted(SCORE, DRAWS);

    assertRefused(
        people.replace("i % 100 = 0 THEN 0.62", "i >= 30000 THEN 2.5 - i"),
        "Column 'score', data row 30001: the score is -29997.5; expected the probability of class '1', between 0 and 1.");
    assertRefused(
        people.replace("i % 100 = 0 THEN 0.62", "i >= 777 THEN NULL"),
        "Column 'score', data row 778: the score is missing; expected the probability of class '1', between 0 and 1.");
    assertRefused(
        people.replace("u5 AS share", "CASE WHEN i > 40000 THEN -i ELSE 1 END AS share"),
        "Column 'share', data row 40002: the weight is -40001; weights are numbers that are not negative.");
  }

  private void assertRefused(String query, String message) {
    Path file = Duck.write(folder.resolve("people.parquet"), query);
    assertThatThrownBy(() -> counted(file, labelling().withWeights("share")))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void bins_are_coarser_where_finer_ones_would_be_too_many() {
    // 60 values with 10,000 scores each are 600,000 distinct rows, more than the 500,000 allowed.
    Path file =
        Duck.write(
            folder.resolve("many.parquet"),
            "SELECT i % 60 AS race, i % 2 AS repaid, (i // 60) / 10000.0 AS score FROM range(600000) t(i)");
    Counting.Scores scores = Counting.Scores.decidedBy("score", DecisionRule.MOST_PROBABLE);

    CountedRows counted =
        ParquetTable.countable(file)
            .count(new Counting(List.of("repaid", "race"), Optional.of(scores), Optional.empty()));

    assertThat(counted.scoreBinWidth()).isEqualTo(1e-3);
    assertThat(
            Arrays.stream(((NumericColumn) counted.table().column(CountedRows.ROWS)).values())
                .sum())
        .isEqualTo(600_000);
  }

  @Test
  void columns_of_too_many_values_are_refused_by_name() {
    Path file =
        Duck.write(
            folder.resolve("many.parquet"),
            "SELECT i % 2 AS repaid, i AS id FROM range(500001) t(i)");

    assertThatThrownBy(
            () ->
                ParquetTable.countable(file)
                    .count(
                        new Counting(List.of("repaid", "id"), Optional.empty(), Optional.empty())))
        .isInstanceOf(ParquetException.class)
        .hasMessage(
            file
                + " has more than 500,000 distinct rows by repaid, id; name columns of fewer values, or audit fewer attributes at once.");
  }

  @Test
  void a_row_group_that_is_too_large_for_memory_is_refused_with_what_to_do() {
    Path file =
        Duck.copy(
            folder.resolve("large.parquet"),
            "SELECT i % 2 AS repaid, i % 3 AS race, hash(i) / 2e19 AS score FROM range(3000000) t(i)",
            "FORMAT parquet, ROW_GROUP_SIZE 3000000");
    Counting counting =
        new Counting(
            List.of("repaid", "race"),
            Optional.of(Counting.Scores.decidedBy("score", DecisionRule.MOST_PROBABLE)),
            Optional.empty());

    assertThatThrownBy(() -> RowCounter.count(file, counting, "10MB"))
        .isInstanceOf(ParquetException.class)
        .hasMessage(
            file
                + " cannot be counted by repaid, race in 10MB of memory; write it in smaller row groups, or audit fewer attributes at once.");
  }

  @Test
  void a_folder_of_parts_gives_the_same_audit_and_numbers_its_rows_through() {
    String people = PEOPLE.formatted(SCORE, DRAWS);
    Path whole = Duck.write(folder.resolve("whole.parquet"), people);
    Path parts = folder.resolve("parts");
    for (String part : List.of("a", "b", "c")) {
      Duck.write(
          PartsTest.folder(parts).resolve(part + ".parquet"),
          "SELECT * FROM (%s) WHERE i // 20000 = %d"
              .formatted(people.replace("AS repaid,", "AS repaid, i,"), part.charAt(0) - 'a'));
    }

    assertThat(counted(parts, labelling())).isEqualTo(counted(whole, labelling()));
    assertThat(first(count(parts, Optional.empty())))
        .isEqualTo(first(count(whole, Optional.empty())));
    assertThat(loaded(parts, labelling())).isEqualTo(loaded(whole, labelling()));
  }

  private static double[] first(CountedRows counted) {
    return ((NumericColumn) counted.table().column(CountedRows.FIRST)).values();
  }

  @Test
  void partitions_are_counted_by() {
    String people = PEOPLE.formatted("round(" + SCORE + ", 2)", DRAWS);
    Path whole = Duck.write(folder.resolve("whole.parquet"), people);
    Path parts = folder.resolve("parts");
    Duck.copy(parts, people, "FORMAT parquet, PARTITION_BY (race, sex)");

    assertThat(counted(parts, labelling())).isEqualTo(counted(whole, labelling()));
  }
}
