package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
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
    assertValue(black.falsePositiveRate(), 0.4485, 5e-5);
    assertValue(white.falsePositiveRate(), 0.2345, 5e-5);
    assertValue(black.truePositiveRate(), 1 - 0.2799, 6e-5);
    assertValue(white.truePositiveRate(), 1 - 0.4772, 6e-5);
    assertValue(black.positivePredictiveValue(), 0.63, 5e-3);
    assertValue(white.positivePredictiveValue(), 0.59, 5e-3);
  }

  @Test
  void differences_are_value_minus_reference_as_in_aif360() {
    // AIF360, white privileged (our reference), class 1 favourable: statistical_parity_difference
    // 2174/3696 - 854/2454, disparate_impact their ratio, equal_opportunity_difference
    // 1369/1901 - 505/966, average_odds_difference ½[(805/1795 - 349/1488) + that].
    AuditSettings settings = settings(Optional.of("1"), Map.of("g", "a"));

    ValueMetrics black = Cells.of(PROPUBLICA).audit(settings).values().get(1);

    assertValue(black.statisticalParityDifference(), 0.2402002, 1e-7);
    assertValue(black.impactRatio(), 1.6902240, 1e-7);
    assertValue(black.equalOpportunityDifference(), 0.1973730, 1e-7);
    assertValue(black.averageOddsDifference(), 0.2056490, 1e-7);
    assertValue(black.predictiveParityDifference(), 1369 / 2174.0 - 505 / 854.0, 1e-12);
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
    assertValue(audit.values().get(0).statisticalParityDifference(), -0.3, 1e-12);
    assertValue(audit.values().get(0).impactRatio(), 4 / 7.0, 1e-12);
    assertThat(audit.values().get(0).belowFourFifths()).isTrue();
    assertThat(audit.values().get(2).belowFourFifths()).isTrue();
    assertThat(audit.values().get(1).belowFourFifths()).isFalse();
  }

  @Test
  void the_reference_differs_from_itself_by_nothing() {
    ValueMetrics reference = Cells.of(PROPUBLICA).audit().values().get(1);

    assertThat(reference.impactRatio()).isEqualTo(new Known(1, 1, 1));
    assertThat(reference.statisticalParityDifference()).isEqualTo(new Known(0, 0, 0));
    assertThat(reference.averageOddsDifference()).isEqualTo(new Known(0, 0, 0));
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
    assertThat(value.truePositiveRate()).isEqualTo(noPositives);
    assertThat(value.equalOpportunityDifference()).isEqualTo(noPositives);
    assertThat(value.averageOddsDifference()).isEqualTo(noPositives);
    assertThat(audit.verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audit.notJudged())
        .extracting(GroupAccuracy::accuracy)
        .containsExactly(new Unknown("the group g = a, y = 1 has no rows"));
  }

  @Test
  void a_reference_without_positives_is_not_equal_to_itself() {
    double[][][] counts = {{{40, 20}, {40, 20}}, {{0, 0}, {10, 50}}};

    AttributeAudit audit = Cells.of(counts).audit(settings(Optional.of("1"), Map.of("g", "a")));

    assertThat(audit.values().get(0).equalOpportunityDifference()).isInstanceOf(Unknown.class);
    assertThat(audit.values().get(1).equalOpportunityDifference()).isInstanceOf(Unknown.class);
  }

  @Test
  void a_reference_that_is_never_selected_gives_no_ratio() {
    double[][][] counts = {{{40, 20}, {60, 0}}, {{20, 40}, {60, 0}}};

    ValueMetrics value =
        Cells.of(counts).audit(settings(Optional.of("1"), Map.of("g", "b"))).values().get(0);

    assertThat(value.impactRatio())
        .isEqualTo(new Unknown("no row with the reference g = b is given class '1'"));
    assertThat(value.belowFourFifths()).isFalse();
  }

  @Test
  void the_first_class_can_be_favourable() {
    AuditSettings settings = settings(Optional.of("0"), Map.of());

    List<ValueMetrics> values = Cells.of(PROPUBLICA).audit(settings).values();

    // Staying free is the advantage: white defendants are the most selected.
    assertValue(values.get(0).selectionRate(), 1600 / 2454.0, 1e-12);
    assertValue(values.get(1).impactRatio(), (1522 / 3696.0) / (1600 / 2454.0), 1e-12);
  }

  @Test
  void labels_have_neither_calibration_nor_area() {
    ValueMetrics value = Cells.of(PROPUBLICA).audit().values().get(0);

    Unknown labels = new Unknown("the answers are labels, without probabilities");
    assertThat(value.calibrationError()).isEqualTo(labels);
    assertThat(value.auc()).isEqualTo(labels);
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
    assertThat(value.selectionRate())
        .isEqualTo(new Unknown("name the favourable class with --favourable"));
    assertValue(
        cells.audit(settings(Optional.of("2"), Map.of())).values().get(0).selectionRate(),
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
