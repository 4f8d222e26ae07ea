package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.junit.jupiter.api.Test;

class ValueMetricsTest {
  /**
   * ProPublica's contingency tables of the COMPAS score (medium or high is class 1) against
   * recidivism within two years, for black (b) and white (a) defendants.
   */
  private static final double[][][] PROPUBLICA = {
    {{1139, 349}, {990, 805}}, {{461, 505}, {532, 1369}}
  };

  @Test
  void rates_are_those_that_propublica_published() {
    ValueMetrics white = Cells.of(PROPUBLICA).audit().values().get(0);
    ValueMetrics black = Cells.of(PROPUBLICA).audit().values().get(1);

    // "How We Analyzed the COMPAS Recidivism Algorithm": FP rate 44.85 and 23.45, FN rate 27.99 and
    // 47.72, PPV 0.63 and 0.59.
    assertValue(black.of(ValueMetric.FALSE_POSITIVE_RATE), 0.4485, 5e-5);
    assertValue(white.of(ValueMetric.FALSE_POSITIVE_RATE), 0.2345, 5e-5);
    assertValue(black.of(ValueMetric.TRUE_POSITIVE_RATE), 1 - 0.2799, 6e-5);
    assertValue(white.of(ValueMetric.TRUE_POSITIVE_RATE), 1 - 0.4772, 6e-5);
    assertValue(black.of(ValueMetric.FALSE_NEGATIVE_RATE), 0.2799, 6e-5);
    assertValue(white.of(ValueMetric.FALSE_NEGATIVE_RATE), 0.4772, 6e-5);
    assertValue(black.of(ValueMetric.POSITIVE_PREDICTIVE_VALUE), 0.63, 5e-3);
    assertValue(white.of(ValueMetric.POSITIVE_PREDICTIVE_VALUE), 0.59, 5e-3);
  }

  @Test
  void every_rate_is_its_share_of_the_confusion_table_with_wilsons_interval() {
    // Black defendants: 990 true negatives, 805 false positives, 532 false negatives, 1369 true
    // positives.
    ValueMetrics black = Cells.of(PROPUBLICA).audit().values().get(1);

    assertShare(black, ValueMetric.SELECTION_RATE, 805 + 1369, 3696);
    assertShare(black, ValueMetric.BASE_RATE, 532 + 1369, 3696);
    assertShare(black, ValueMetric.ACCURACY, 990 + 1369, 3696);
    assertShare(black, ValueMetric.TRUE_POSITIVE_RATE, 1369, 532 + 1369);
    assertShare(black, ValueMetric.FALSE_NEGATIVE_RATE, 532, 532 + 1369);
    assertShare(black, ValueMetric.FALSE_POSITIVE_RATE, 805, 990 + 805);
    assertShare(black, ValueMetric.POSITIVE_PREDICTIVE_VALUE, 1369, 805 + 1369);
    assertShare(black, ValueMetric.FALSE_DISCOVERY_RATE, 805, 805 + 1369);
    assertShare(black, ValueMetric.NEGATIVE_PREDICTIVE_VALUE, 990, 990 + 532);
    assertShare(black, ValueMetric.FALSE_OMISSION_RATE, 532, 990 + 532);
  }

  private static void assertShare(
      ValueMetrics values, ValueMetric metric, double hits, double rows) {
    assertThat(values.of(metric))
        .as(metric.title())
        .isEqualTo(new Proportion(hits, rows).wilson(AuditSettings.DEFAULT.z()));
  }

  @Test
  void among_three_classes_all_but_the_favourable_one_are_negative() {
    double[][][] counts = {
      {{5, 6, 7}, {9, 9, 9}}, {{8, 9, 10}, {9, 9, 9}}, {{11, 12, 13}, {9, 9, 9}},
    };

    ValueMetrics value =
        Cells.of(counts).audit(settings(Optional.of("2"), Map.of())).values().get(0);

    assertShare(value, ValueMetric.FALSE_NEGATIVE_RATE, 11 + 12, 36);
    assertShare(value, ValueMetric.FALSE_DISCOVERY_RATE, 7 + 10, 30);
    assertShare(value, ValueMetric.FALSE_OMISSION_RATE, 11 + 12, 51);
    assertShare(value, ValueMetric.NEGATIVE_PREDICTIVE_VALUE, 5 + 6 + 8 + 9, 51);
    assertShare(value, ValueMetric.ACCURACY, 5 + 9 + 13, 81);
  }

  @Test
  void where_every_row_is_selected_nothing_is_said_of_those_who_are_not() {
    double[][][] counts = {{{0, 40}, {40, 20}}, {{0, 40}, {10, 50}}};

    ValueMetrics value = Cells.of(counts).audit().values().get(0);

    Unknown allGiven = new Unknown("every row with g = a is given class '1'");
    assertThat(value.of(ValueMetric.FALSE_OMISSION_RATE)).isEqualTo(allGiven);
    assertThat(value.of(ValueMetric.NEGATIVE_PREDICTIVE_VALUE)).isEqualTo(allGiven);
  }

  @Test
  void mean_scores_are_compared_with_those_of_the_reference() {
    // Value a: 0.2, 0.4; value b, the most selected: 0.6, 0.8, 0.7.
    AuditResult result =
        auditOfScores(new double[] {0.2, 0.4, 0.6, 0.8, 0.7}, new int[] {0, 0, 1, 1, 1});

    ValueMetrics a = result.attributes().get(0).values().get(0);
    ValueMetrics b = result.attributes().get(0).values().get(1);
    assertValue(a.of(ValueMetric.MEAN_SCORE_DIFFERENCE), 0.3 - 0.7, 1e-12);
    assertValue(a.of(ValueMetric.STANDARDISED_SCORE_DIFFERENCE), -0.4 / Math.sqrt(0.04 / 3), 1e-12);
    assertThat(b.of(ValueMetric.MEAN_SCORE_DIFFERENCE)).isEqualTo(new Known(0, 0, 0));
  }

  @Test
  void one_row_or_one_score_says_nothing_about_the_spread_of_scores() {
    AuditResult oneRow = auditOfScores(new double[] {0.2, 0.6, 0.8}, new int[] {0, 1, 1});
    AuditResult oneScore = auditOfScores(new double[] {0.3, 0.3, 0.7, 0.7}, new int[] {0, 0, 1, 1});

    assertThat(oneRow.attributes().get(0).values().get(0).of(ValueMetric.MEAN_SCORE_DIFFERENCE))
        .isEqualTo(new Unknown("fewer than two rows with g = a have scores"));
    assertThat(
            oneScore
                .attributes()
                .get(0)
                .values()
                .get(0)
                .of(ValueMetric.STANDARDISED_SCORE_DIFFERENCE))
        .isEqualTo(new Unknown("all rows with g = a have one score, and so do those with g = b"));
  }

  /** Rows whose true class is the first one in turn. */
  private static AuditResult auditOfScores(double[] scores, int[] values) {
    double[] logs = new double[2 * scores.length];
    int[] targets = new int[scores.length];
    double[] weights = new double[scores.length];
    for (int row = 0; row < scores.length; row++) {
      logs[2 * row] = Math.log(1 - scores[row]);
      logs[2 * row + 1] = Math.log(scores[row]);
      targets[row] = row % 2;
      weights[row] = 1;
    }
    LabelledSet set = Cells.set(Cells.target(2, targets), Cells.attribute(2, values), weights);
    return Audit.of(set, new Answers.Soft(set.target().classes(), logs), AuditSettings.DEFAULT);
  }

  @Test
  void a_metric_without_an_estimate_is_refused() {
    assertThatThrownBy(() -> new ValueMetrics("a", 1, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no selection rate of 'a'");
  }

  @Test
  void differences_are_value_minus_reference_as_in_aif360() {
    // AIF360, white privileged (our reference), class 1 favourable: statistical_parity_difference
    // 2174/3696 - 854/2454, disparate_impact their ratio, equal_opportunity_difference
    // 1369/1901 - 505/966, average_odds_difference ½[(805/1795 - 349/1488) + that].
    AuditSettings settings = settings(Optional.of("1"), Map.of("g", "a"));

    ValueMetrics black = Cells.of(PROPUBLICA).audit(settings).values().get(1);

    assertValue(black.of(ValueMetric.STATISTICAL_PARITY_DIFFERENCE), 0.2402002, 1e-7);
    assertValue(black.of(ValueMetric.IMPACT_RATIO), 1.6902240, 1e-7);
    assertValue(black.of(ValueMetric.EQUAL_OPPORTUNITY_DIFFERENCE), 0.1973730, 1e-7);
    assertValue(black.of(ValueMetric.AVERAGE_ODDS_DIFFERENCE), 0.2056490, 1e-7);
    assertValue(
        black.of(ValueMetric.PREDICTIVE_PARITY_DIFFERENCE), 1369 / 2174.0 - 505 / 854.0, 1e-12);
  }

  @Test
  void fairlearns_differences_are_the_largest_of_ours_from_the_most_selected_value() {
    // Three values with selection rates 40/100, 70/100, 55/100: demographic_parity_difference
    // (max - min) 0.3 and demographic_parity_ratio (min / max) 4/7.
    double[][][] counts = {
      {{40, 10}, {20, 30}, {30, 20}}, {{20, 30}, {10, 40}, {15, 35}},
    };

    AttributeAudit audit = Cells.of(counts).audit();

    assertThat(audit.reference()).isEqualTo("b");
    assertValue(audit.values().get(0).of(ValueMetric.STATISTICAL_PARITY_DIFFERENCE), -0.3, 1e-12);
    assertValue(audit.values().get(0).of(ValueMetric.IMPACT_RATIO), 4 / 7.0, 1e-12);
  }

  @Test
  void the_reference_differs_from_itself_by_nothing() {
    ValueMetrics reference = Cells.of(PROPUBLICA).audit().values().get(1);

    assertThat(reference.of(ValueMetric.IMPACT_RATIO)).isEqualTo(new Known(1, 1, 1));
    assertThat(reference.of(ValueMetric.STATISTICAL_PARITY_DIFFERENCE))
        .isEqualTo(new Known(0, 0, 0));
    assertThat(reference.of(ValueMetric.AVERAGE_ODDS_DIFFERENCE)).isEqualTo(new Known(0, 0, 0));
  }

  @Test
  void a_small_value_is_no_default_reference() {
    // Value a selects 9 of 10, b 30 of 60, c 20 of 60: a has fewer than 30 rows.
    double[][][] counts = {{{1, 4}, {15, 15}, {20, 10}}, {{0, 5}, {15, 15}, {20, 10}}};

    assertThat(Cells.of(counts).audit().reference()).isEqualTo("b");
  }

  @Test
  void a_value_without_deserving_rows_never_reads_as_fair() {
    double[][][] counts = {{{40, 20}, {40, 20}}, {{0, 0}, {10, 50}}};

    AttributeAudit audit = Cells.of(counts).audit(settings(Optional.of("1"), Map.of("g", "b")));

    ValueMetrics value = audit.values().get(0);
    Unknown noPositives = new Unknown("no row with g = a has y = 1");
    assertThat(value.of(ValueMetric.TRUE_POSITIVE_RATE)).isEqualTo(noPositives);
    assertThat(value.of(ValueMetric.EQUAL_OPPORTUNITY_DIFFERENCE)).isEqualTo(noPositives);
    assertThat(value.of(ValueMetric.AVERAGE_ODDS_DIFFERENCE)).isEqualTo(noPositives);
    assertThat(audit.verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audit.notJudged())
        .extracting(GroupAccuracy::accuracy)
        .containsExactly(new Unknown("the group g = a, y = 1 has no rows"));
  }

  @Test
  void a_reference_without_positives_is_not_equal_to_itself() {
    double[][][] counts = {{{40, 20}, {40, 20}}, {{0, 0}, {10, 50}}};

    AttributeAudit audit = Cells.of(counts).audit(settings(Optional.of("1"), Map.of("g", "a")));

    assertThat(audit.values().get(0).of(ValueMetric.EQUAL_OPPORTUNITY_DIFFERENCE))
        .isInstanceOf(Unknown.class);
    assertThat(audit.values().get(1).of(ValueMetric.EQUAL_OPPORTUNITY_DIFFERENCE))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void a_reference_that_is_never_selected_gives_no_ratio() {
    double[][][] counts = {{{40, 20}, {60, 0}}, {{20, 40}, {60, 0}}};

    ValueMetrics value =
        Cells.of(counts).audit(settings(Optional.of("1"), Map.of("g", "b"))).values().get(0);

    assertThat(value.of(ValueMetric.IMPACT_RATIO))
        .isEqualTo(new Unknown("no row with the reference g = b is given class '1'"));
  }

  @Test
  void the_first_class_can_be_favourable() {
    AuditSettings settings = settings(Optional.of("0"), Map.of());

    List<ValueMetrics> values = Cells.of(PROPUBLICA).audit(settings).values();

    // Staying free is the advantage: white defendants are the most selected.
    assertValue(values.get(0).of(ValueMetric.SELECTION_RATE), 1600 / 2454.0, 1e-12);
    assertValue(
        values.get(1).of(ValueMetric.IMPACT_RATIO), (1522 / 3696.0) / (1600 / 2454.0), 1e-12);
  }

  @Test
  void labels_have_neither_calibration_nor_area() {
    ValueMetrics value = Cells.of(PROPUBLICA).audit().values().get(0);

    Unknown labels = new Unknown("the answers are labels, without probabilities");
    assertThat(value.of(ValueMetric.CALIBRATION_ERROR)).isEqualTo(labels);
    assertThat(value.of(ValueMetric.AUC)).isEqualTo(labels);
  }

  @Test
  void among_three_classes_rates_wait_for_a_favourable_one() {
    double[][][] counts = new double[3][2][3];
    for (double[][] ofClass : counts) {
      for (double[] ofGroup : ofClass) {
        Arrays.fill(ofGroup, 20);
      }
    }
    Cells cells = Cells.of(counts);

    AuditResult result =
        Audit.of(cells.set(), cells.answers(), settings(Optional.empty(), Map.of()));

    assertThat(result.favourable()).isEmpty();
    ValueMetrics value = result.attribute("g").values().get(0);
    assertThat(value.n()).isEqualTo(180);
    assertThat(value.of(ValueMetric.SELECTION_RATE))
        .isEqualTo(new Unknown("name the favourable class"));
    assertShare(value, ValueMetric.ACCURACY, 60, 180);
    assertValue(
        cells
            .audit(settings(Optional.of("2"), Map.of()))
            .values()
            .get(0)
            .of(ValueMetric.SELECTION_RATE),
        1 / 3.0,
        1e-12);
  }

  static AuditSettings settings(Optional<String> favourable, Map<String, String> references) {
    return AuditSettings.builder()
        .weights(WeightKind.FREQUENCY)
        .favourable(favourable)
        .references(references)
        .build();
  }

  private static void assertValue(Estimate estimate, double expected, double tolerance) {
    assertThat(estimate).isInstanceOf(Known.class);
    assertThat(((Known) estimate).value()).isCloseTo(expected, within(tolerance));
  }
}
