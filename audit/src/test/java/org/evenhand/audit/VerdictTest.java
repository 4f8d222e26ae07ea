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
    // Accuracies 0.9, 0.7, 0.6, 0.8: Model Bias and both gaps 0.2.
    AttributeAudit audit = audit(new double[] {900, 700, 600, 800}, 1000, 1000, 1000, 1000);

    assertThat(audit.verdict()).isEqualTo(Verdict.BIASED);
    assertThat(audit.judgement().insufficiency()).isEmpty();
    assertThat(audit.modelBias().pValue()).isEqualTo(1 / 10_000.0);
    assertThat(audit.explanation())
        .startsWith("Model Bias is 20.0 points (95 % interval 17.")
        .contains("all of it above the tolerated 5.0 points. The largest gap is 20.0 points (95 %")
        .contains("between g = a and b where y = 0, above the tolerated 10.0 too; chance alone")
        .endsWith("in one audit of twenty (adjusted p of all gaps being tolerable: below 0.0001).");
  }

  @Test
  void equal_accuracies_of_large_groups_are_within_tolerance() {
    AttributeAudit audit = audit(new double[] {8000, 8010, 8000, 8020}, 1e4, 1e4, 1e4, 1e4);

    assertThat(audit.verdict()).isEqualTo(Verdict.WITHIN_TOLERANCE);
    assertThat(audit.judgement().adjustedPValue()).isEqualTo(1);
    assertThat(audit.explanation())
        .startsWith("Model Bias is 0.2 points (95 % interval 0.0 to 0.9), all of it within the")
        .contains("The largest gap is 0.2 points")
        .endsWith("within the tolerated 10.0.");
  }

  @Test
  void an_interval_that_ends_at_the_tolerance_is_within_it_and_not_above_it() {
    Cells alike = Cells.ofAccuracies(2, new double[] {8000, 8010, 8000, 8020}, rows(10_000));
    Cells apart = Cells.ofAccuracies(2, new double[] {900, 700, 600, 800}, rows(1000));

    assertThat(audited(alike, 0, 0)).isEqualTo(Verdict.WITHIN_TOLERANCE);
    assertThat(audited(alike, -1e-9, 0)).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audited(alike, 0, -1e-9)).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(judgedAbove(apart, 0, 0)).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(judgedAbove(apart, -1e-9, 0)).isEqualTo(Verdict.BIASED);
    assertThat(judgedAbove(apart, 0, -1e-9)).isEqualTo(Verdict.BIASED);
  }

  private static double[] rows(double each) {
    return new double[] {each, each, each, each};
  }

  /** With tolerances at the upper ends of the intervals, moved by so much. */
  private static Verdict audited(Cells cells, double bias, double gap) {
    AttributeAudit audit = cells.audit();
    return cells
        .audit(
            AuditSettings.builder()
                .tolerance(known(audit.modelBias().estimate()).high() + bias)
                .gapTolerance(known(audit.largestGap().estimate()).high() + gap)
                .build())
        .verdict();
  }

  /** With tolerances at the lower ends, moved by so much, and a p-value of 0. */
  private static Verdict judgedAbove(Cells cells, double bias, double gap) {
    AttributeAudit audit = cells.audit();
    AuditSettings settings =
        AuditSettings.builder()
            .tolerance(known(audit.modelBias().estimate()).low() + bias)
            .gapTolerance(known(audit.largestGap().estimate()).low() + gap)
            .build();
    return new VerdictRule("g", "y", cells.groups(settings), audit.modelBias(), settings)
        .judge(0, new VerdictRule.MostDecided("0", 0.5))
        .verdict();
  }

  private static Known known(Estimate estimate) {
    return (Known) estimate;
  }

  @Test
  void few_rows_in_one_group_do_not_switch_off_a_verdict_on_the_others() {
    AttributeAudit audit = audit(new double[] {900, 100, 900, 5}, 1000, 1000, 1000, 29);

    assertThat(audit.verdict()).isEqualTo(Verdict.BIASED);
    assertThat(value(audit.modelBias().estimate())).isCloseTo(0.8, within(1e-12));
    assertThat(audit.notJudged())
        .extracting(g -> g.target() + g.attributeValue() + " " + g.n())
        .containsExactly("1b 29.0");
    assertThat(audit.explanation())
        .endsWith("One group is not judged, having fewer than 30 rows: g = b, y = 1 (29).");
  }

  @Test
  void few_rows_in_one_group_leave_nothing_within_tolerance() {
    AttributeAudit audit = audit(new double[] {8000, 8010, 8000, 23}, 1e4, 1e4, 1e4, 29);

    assertThat(audit.verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audit.judgement().insufficiency()).contains(Insufficiency.NOT_JUDGED);
    assertThat(audit.explanation())
        .contains("within the tolerated 10.0, among the groups that could be judged.")
        .contains("One group is not judged, having fewer than 30 rows: g = b, y = 1 (29).")
        .contains(" more rows would decide if the measured accuracies stay: ")
        .endsWith(" with g = b, y = 1.");
  }

  @Test
  void figures_run_over_the_groups_that_are_judged() {
    // Class 0: 0.9, 0.7, 0.8 of 100 rows each; class 1: 0.6, 0.5 of 100, and 0 of 4.
    AttributeAudit audit =
        Cells.ofAccuracies(
                3, new double[] {90, 70, 80, 60, 50, 0}, new double[] {100, 100, 100, 100, 100, 4})
            .audit();

    // ½·((0.2 + 0.1 + 0.1)/3 + 0.1)
    assertThat(value(audit.modelBias().estimate())).isCloseTo(0.35 / 3, within(1e-12));
    assertThat(value(audit.averageGroupAccuracy())).isCloseTo(0.7, within(1e-12));
    assertThat(value(audit.worstGroupAccuracy())).isEqualTo(0.5);
    assertThat(value(audit.largestGap().estimate())).isCloseTo(0.2, within(1e-12));
    assertThat(audit.largestGap().between()).contains(new LargestGap.Between("0", "a", "b"));
  }

  @Test
  void a_class_in_which_only_one_value_is_judged_has_no_gap() {
    // Class 0: 0.9 and 0.8; class 1: 0.6, and 1 of 4.
    AttributeAudit audit = audit(new double[] {90, 80, 60, 1}, 100, 100, 100, 4);

    assertThat(value(audit.modelBias().estimate())).isCloseTo(0.1, within(1e-12));
    assertThat(value(audit.averageGroupAccuracy())).isCloseTo(2.3 / 3, within(1e-12));
  }

  @Test
  void an_empty_group_is_not_judged_and_no_figure_of_the_others_is_lost() {
    AttributeAudit audit =
        Cells.ofAccuracies(
                3,
                new double[] {900, 500, 0, 900, 500, 4},
                new double[] {1000, 1000, 0, 1000, 1000, 5})
            .audit();

    assertThat(audit.verdict()).isEqualTo(Verdict.BIASED);
    assertThat(audit.notJudged()).extracting(GroupAccuracy::n).containsExactly(0.0, 5.0);
    assertThat(audit.explanation()).doesNotContain("NaN");
    assertThat(audit.modelBias().noiseFloorMean()).isBetween(0.0, 0.05);
  }

  @Test
  void without_two_judged_values_in_any_class_nothing_is_compared() {
    AttributeAudit audit = audit(new double[] {90, 8, 60, 6}, 100, 10, 100, 10);

    assertThat(audit.judgement().insufficiency()).contains(Insufficiency.UNMEASURED);
    assertThat(audit.modelBias().estimate())
        .isEqualTo(new Estimate.Unknown("no class has two values of g with at least 30 rows each"));
    assertThat(audit.explanation())
        .isEqualTo(
            "Nothing can be compared: no class has two values of g with at least 30 rows each. "
                + "2 groups are not judged, having fewer than 30 rows: g = b, y = 0 (10); g = b, y = 1 (10).");
  }

  @Test
  void a_large_gap_of_one_value_among_many_is_biased_although_the_mean_gap_is_small() {
    // Ten values of 300 rows a class; one is right in 45 % of class 1, the others in 85 %.
    double[] correct = new double[20];
    double[] rows = new double[20];
    for (int group = 0; group < 20; group++) {
      rows[group] = 300;
      correct[group] = group == 13 ? 135 : 255;
    }

    AttributeAudit audit = Cells.ofAccuracies(10, correct, rows).audit();

    assertThat(((Known) audit.modelBias().estimate()).low()).isLessThan(0.05);
    assertThat(audit.verdict()).isEqualTo(Verdict.BIASED);
    assertThat(audit.explanation())
        .startsWith("The largest gap is 40.0 points (95 % interval 2")
        .contains("between g = a and d where y = 1, all of it above the tolerated 10.0 points;");
  }

  @Test
  void a_gap_beyond_chance_is_said_before_its_size_is_left_open() {
    // Accuracies 0.70, 0.78, 0.71, 0.79 of 200 rows each: Model Bias 0.08 ± 0.06.
    AttributeAudit audit = audit(new double[] {140, 156, 142, 158}, 200, 200, 200, 200);

    assertThat(audit.verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audit.judgement().insufficiency()).contains(Insufficiency.OPEN);
    assertThat(audit.explanation())
        .startsWith(
            "Values of g are not decided equally well: that is beyond chance. Model Bias is 8.0 points (95 % interval 0.")
        .contains("), on both sides of the tolerated 5.0; the largest gap is 8.0 points")
        .contains("where y = 0, on both sides of the tolerated 10.0. About ")
        .contains("more rows would decide if the measured accuracies stay: ")
        .contains("with g = a, y = 0");
  }

  @Test
  void no_gap_is_claimed_where_chance_may_have_made_it() {
    AttributeAudit audit = audit(new double[] {140, 146, 142, 148}, 200, 200, 200, 200);

    assertThat(audit.explanation()).startsWith("Model Bias is 3.0 points (95 % interval 0.0 to");
  }

  @Test
  void more_rows_are_rounded_and_capped() {
    AttributeAudit some = audit(new double[] {140, 156, 142, 158}, 200, 200, 200, 200);
    // Accuracies 0.70 and 0.75 in both classes: exactly the tolerance.
    AttributeAudit atTolerance = audit(new double[] {140, 150, 140, 150}, 200, 200, 200, 200);

    assertThat(some.explanation()).containsPattern("About \\d,?\\d?00 more rows");
    assertThat(atTolerance.explanation())
        .endsWith(
            "More than 1,000,000 further rows would be needed if the measured accuracies stay: 5.0 points are too near the tolerance.");
  }

  @Test
  void a_classifier_that_decides_one_class_in_99_percent_of_rows_is_constant() {
    // 10,000 rows a group; of class 1, 100 or 101 rows are found: 99.5 % of all get class 0.
    AttributeAudit audit = audit(new double[] {1e4, 1e4, 100, 101}, 1e4, 1e4, 1e4, 1e4);

    assertThat(audit.verdict()).isEqualTo(Verdict.INSUFFICIENT_EVIDENCE);
    assertThat(audit.judgement().insufficiency()).contains(Insufficiency.CONSTANT);
    assertThat(audit.explanation())
        .startsWith("Class '0' is given to 99.5 % of all rows.")
        .doesNotContain("About", "would decide");
  }

  @Test
  void a_gap_that_is_proven_in_a_rare_class_is_biased_however_rarely_it_is_decided() {
    // Of 1,000,000 rows, 2,000 are of class 1: found in 80 % of a and 40 % of b.
    AttributeAudit audit =
        audit(new double[] {499_000, 499_000, 800, 400}, 499_000, 499_000, 1000, 1000);

    assertThat(audit.verdict()).isEqualTo(Verdict.BIASED);
  }

  @Test
  void the_p_value_is_the_level_at_which_an_interval_leaves_its_tolerance() {
    double[] correct = {240, 206, 240, 210};
    double[] rows = {300, 300, 300, 300};
    double p = audit(correct, rows).judgement().pValue();
    assertThat(p).isBetween(0.001, 0.4);

    for (double confidence : new double[] {1 - 1.05 * p, 1 - 0.95 * p}) {
      AttributeAudit audit =
          Cells.ofAccuracies(2, correct, rows)
              .audit(AuditSettings.builder().confidence(confidence).build());
      boolean above =
          ((Known) audit.modelBias().estimate()).low() > 0.05
              || ((Known) audit.largestGap().estimate()).low() > 0.10;
      assertThat(above).isEqualTo(p < 1 - confidence);
      assertThat(audit.verdict() == Verdict.BIASED).isEqualTo(above);
    }
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
    GroupAudit groups = Cells.ofAccuracies(2, correct, rows).groups(AuditSettings.DEFAULT);
    Optional<double[]> plan = MoreRows.toDecide(groups, AuditSettings.DEFAULT);
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

  private static double value(Estimate estimate) {
    return ((Known) estimate).value();
  }

  private static AttributeAudit audit(double[] correct, double... rows) {
    return Cells.ofAccuracies(2, correct, rows).audit();
  }
}
