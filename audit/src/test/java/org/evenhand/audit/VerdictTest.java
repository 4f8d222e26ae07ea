package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @Test
  void a_large_gap_in_large_groups_is_biased() {
    // Accuracies 0.9, 0.7, 0.6, 0.8: Model Bias 0.2.
    AttributeAudit audit = audit(new double[] {900, 700, 600, 800}, 1000, 1000, 1000, 1000);

    assertThat(audit.verdict()).isEqualTo(Verdict.BIASED);
    assertThat(audit.modelBias().pValue()).isEqualTo(1 / 10_000.0);
    assertThat(audit.modelBias().adjustedPValue()).isEqualTo(1 / 10_000.0);
    assertThat(audit.explanation())
        .startsWith("Model Bias is 20.0 points (95 % interval 17.")
        .contains("all of it above the tolerated 5.0 points; chance alone exceeds")
        .endsWith("in one audit of twenty (adjusted p = 0.00010).");
  }

  @Test
  void equal_accuracies_of_large_groups_are_within_tolerance() {
    AttributeAudit audit = audit(new double[] {8000, 8010, 8000, 8020}, 1e4, 1e4, 1e4, 1e4);

    assertThat(audit.verdict()).isEqualTo(Verdict.WITHIN_TOLERANCE);
    assertThat(audit.explanation())
        .startsWith("Model Bias is 0.2 points (95 % interval 0.0 to 0.9)")
        .endsWith("all of it within the tolerated 5.0 points.");
  }

  @Test
  void a_group_below_the_minimum_allows_no_verdict_however_large_the_gap() {
    AttributeAudit audit = audit(new double[] {900, 100, 900, 5}, 1000, 1000, 1000, 29);

    assertThat(audit.verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audit.explanation())
        .contains("but one group has fewer than 30 rows: g = b, y = 1 (29).")
        .endsWith(
            "About 1 more row would decide if the measured accuracies stay: 1 with g = b, y = 1.");
  }

  @Test
  void an_interval_on_both_sides_of_the_tolerance_asks_for_more_rows() {
    // Accuracies 0.70, 0.78, 0.71, 0.79 of 200 rows each: Model Bias 0.08 ± 0.06.
    AttributeAudit audit = audit(new double[] {140, 156, 142, 158}, 200, 200, 200, 200);

    assertThat(audit.verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audit.explanation())
        .contains("which lies on both sides of the tolerated 5.0 points. About ")
        .contains("more rows would decide if the measured accuracies stay: ")
        .contains("with g = a, y = 0");
  }

  @Test
  void an_estimate_at_the_tolerance_cannot_be_decided_by_any_affordable_number() {
    // Accuracies 0.70 and 0.75 in both classes: exactly the tolerance.
    AttributeAudit audit = audit(new double[] {140, 150, 140, 150}, 200, 200, 200, 200);

    assertThat(audit.explanation())
        .endsWith(
            "Even 10,000,000 more rows would not decide if the measured accuracies stay: 5.0 points are too near the tolerance.");
  }

  @ParameterizedTest
  @CsvSource({
    "140,156,142,158, 200,200,200,200",
    "210,200,150,147, 300,300,200,200",
    "25,220,24,600, 30,300,30,900",
    "95,190,92,170, 100,200,100,200"
  })
  void the_advised_rows_usually_bring_a_verdict(
      double c0, double c1, double c2, double c3, double n0, double n1, double n2, double n3) {
    double[] correct = {c0, c1, c2, c3};
    double[] rows = {n0, n1, n2, n3};
    assertThat(audit(correct, rows).verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    Proportion[] accuracies =
        IntStream.range(0, 4)
            .mapToObj(i -> new Proportion(correct[i], rows[i]))
            .toArray(Proportion[]::new);
    Optional<double[]> plan = new MoreRows(accuracies, 2, 2, AuditSettings.DEFAULT).plan();
    double[] more = plan.orElseThrow();
    SplittableRandom random = new SplittableRandom(8);

    int decided = 0;
    int decidedByTenth = 0;
    for (int repetition = 0; repetition < 50; repetition++) {
      decided += decides(accuracies, more, 1, random) ? 1 : 0;
      decidedByTenth += decides(accuracies, more, 0.1, random) ? 1 : 0;
    }

    assertThat(decided).isBetween(30, 50);
    assertThat(decidedByTenth).isLessThan(decided);
  }

  private static boolean decides(
      Proportion[] accuracies, double[] more, double share, SplittableRandom random) {
    double[] correct = new double[accuracies.length];
    double[] rows = new double[accuracies.length];
    for (int i = 0; i < correct.length; i++) {
      long added = Math.round(share * more[i]);
      rows[i] = accuracies[i].n() + added;
      correct[i] =
          accuracies[i].hits() + new BinomialSampler(added, accuracies[i].value()).draw(random);
    }
    return audit(correct, rows).verdict() != Verdict.INSUFFICIENT_EVIDENCE;
  }

  @Test
  void under_the_null_the_p_value_exceeds_its_level_as_often_as_it_should() {
    SplittableRandom random = new SplittableRandom(9);
    double[] rows = {303, 332, 256, 165};
    int below = 0;
    for (int repetition = 0; repetition < 400; repetition++) {
      double[] correct = new double[4];
      for (int i = 0; i < 4; i++) {
        correct[i] = new BinomialSampler((long) rows[i], i < 2 ? 0.7 : 0.6).draw(random);
      }
      ConfusionTable table = Cells.ofAccuracies(2, correct, rows).table();
      double observed = GroupSummary.of(table).modelBias();
      below += NoiseFloor.of(table, observed, 999, 1).pValue() <= 0.05 ? 1 : 0;
    }

    // Twenty expected; at most 34 in all but one of a thousand runs.
    assertThat(below).isBetween(6, 34);
  }

  @Test
  void the_noise_floor_is_the_mean_of_two_folded_normals() {
    // Two classes, 10,000 rows per group, accuracy 0.8: gaps have standard deviation
    // √(2·0.16/10,000) and mean √(2/π) of it.
    AttributeAudit audit = audit(new double[] {8000, 8000, 8000, 8000}, 1e4, 1e4, 1e4, 1e4);

    assertThat(audit.modelBias().noiseFloorMean())
        .isCloseTo(Math.sqrt(2 / Math.PI * 2 * 0.16 / 1e4), within(1e-4));
    assertThat(audit.modelBias().noiseFloorHigh())
        .isGreaterThan(audit.modelBias().noiseFloorMean());
    assertThat(audit.modelBias().pValue()).isEqualTo(1);
  }

  @Test
  void average_and_worst_come_with_intervals_that_hold_for_all_groups() {
    AttributeAudit audit = audit(new double[] {90, 80, 70, 60}, 100, 100, 100, 100);

    assertThat(((Known) audit.averageGroupAccuracy()).value()).isCloseTo(0.75, within(1e-12));
    Known worst = (Known) audit.worstGroupAccuracy();
    assertThat(worst.value()).isEqualTo(0.6);
    assertThat(worst.low()).isEqualTo(new Proportion(60, 100).wilson(1.959963984540054).low());
    // The upper end shares its 2.5 % among four groups: z = Φ⁻¹(1 - 0.00625) = 2.4977.
    assertThat(worst.high()).isCloseTo(new Proportion(60, 100).wilson(2.4977).high(), within(1e-5));
  }

  private static AttributeAudit audit(double[] correct, double... rows) {
    return Cells.ofAccuracies(2, correct, rows).audit();
  }
}
