package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.audit.Estimate.Unknown;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

/** Impact tables, top shares and gaps within levels, against counts made by hand. */
class TablesTest {
  private static final Classes CLASSES = Classes.of("no", "yes");
  private static final double EXACT = 1e-12;

  private static LabelledSet rows(List<String> values, int... codes) {
    return LabelledSet.of(
        Table.of(List.of(new NumericColumn("x", new double[codes.length]))),
        Target.unknown(CLASSES, codes.length),
        List.of(new Attribute("g", values, codes)));
  }

  private static Answers.Soft scores(double... ofYes) {
    double[] both = new double[2 * ofYes.length];
    for (int row = 0; row < ofYes.length; row++) {
      both[2 * row] = 1 - ofYes[row];
      both[2 * row + 1] = ofYes[row];
    }
    return Answers.Soft.ofProbabilities(CLASSES, both, Answers.FLOAT_FLOOR);
  }

  private static AuditResult audit(LabelledSet set, Answers answers) {
    return audit(set, answers, Map.of());
  }

  private static AuditResult audit(
      LabelledSet set, Answers answers, Map<String, String> references) {
    return Audit.of(
        set,
        answers,
        AuditSettings.builder().minGroupSize(1).draws(99).references(references).build());
  }

  private static double value(Estimate estimate) {
    return ((Known) estimate).value();
  }

  private static List<ImpactTable.Category> impact(
      LabelledSet set, Answers answers, boolean scoring, double excludeBelow) {
    return ImpactTable.of(set, answers, AuditSettings.DEFAULT, 1, scoring, excludeBelow)
        .get(0)
        .categories();
  }

  @Test
  void an_impact_ratio_is_a_rate_over_the_highest_rate() {
    // a: 3 of 4 selected, b: 1 of 4, and one selected row of nobody knows what.
    LabelledSet set = rows(List.of("a", "b"), 0, 0, 0, 0, 1, 1, 1, 1, Attribute.UNKNOWN);
    Answers given = new Answers.Hard(CLASSES, new int[] {1, 1, 1, 0, 1, 0, 0, 0, 1});

    List<ImpactTable.Category> categories = impact(set, given, false, 0);

    assertThat(categories).extracting(ImpactTable.Category::value).containsExactly("a", "b");
    assertThat(value(categories.get(0).rate())).isEqualTo(0.75);
    assertThat(categories.get(0).impactRatio()).isEqualTo(new Known(1, 1, 1));
    assertThat(value(categories.get(1).impactRatio())).isCloseTo(1.0 / 3, within(EXACT));
    assertThat(ImpactTable.of(set, given, AuditSettings.DEFAULT, 1, false, 0).get(0).unknown())
        .isEqualTo(1);
  }

  @Test
  void a_scoring_rate_counts_scores_strictly_above_the_median_of_all_rows() {
    // The median of .1 .2 .2 .2 .6 .7 .9 is .2; the row of unknown value counts in it.
    LabelledSet set = rows(List.of("a", "b"), 0, 0, 0, 1, 1, 1, Attribute.UNKNOWN);

    List<ImpactTable.Category> categories =
        impact(set, scores(0.2, 0.6, 0.7, 0.1, 0.2, 0.9, 0.2), true, 0);

    assertThat(value(categories.get(0).rate())).isCloseTo(2.0 / 3, within(EXACT));
    assertThat(value(categories.get(1).rate())).isCloseTo(1.0 / 3, within(EXACT));
  }

  @Test
  void between_two_middle_scores_the_upper_one_is_above_the_median() {
    LabelledSet set = rows(List.of("a", "b"), 0, 0, 1, 1);

    List<ImpactTable.Category> categories = impact(set, scores(0.1, 0.4, 0.6, 0.9), true, 0);

    assertThat(value(categories.get(0).rate())).isZero();
    assertThat(value(categories.get(1).rate())).isEqualTo(1);
  }

  @Test
  void a_small_category_is_named_and_never_the_highest() {
    int[] codes = IntStream.range(0, 101).map(row -> row == 100 ? 2 : row % 2).toArray();
    int[] given =
        IntStream.range(0, 101).map(row -> row == 100 ? 1 : row % 4 == 0 ? 1 : 0).toArray();
    LabelledSet set = rows(List.of("a", "b", "tiny"), codes);

    ImpactTable table =
        ImpactTable.of(set, new Answers.Hard(CLASSES, given), AuditSettings.DEFAULT, 1, false, 0.02)
            .get(0);

    assertThat(table.excluded()).containsExactly("tiny");
    assertThat(table.categories().get(2).impactRatio())
        .isEqualTo(new Unknown("left out: fewer than 2 % of the rows"));
    assertThat(value(table.categories().get(0).impactRatio())).isEqualTo(1);
    assertThat(value(table.categories().get(1).impactRatio())).isZero();
  }

  @Test
  void where_nobody_is_selected_there_is_no_ratio() {
    LabelledSet set = rows(List.of("a", "b"), 0, 0, 1, 1);

    assertThat(impact(set, new Answers.Hard(CLASSES, new int[4]), false, 0))
        .extracting(ImpactTable.Category::impactRatio)
        .containsOnly(new Unknown("the highest rate is 0"));
  }

  @Test
  void impossible_tables_are_refused() {
    LabelledSet set = rows(List.of("a", "b"), 0, 1);
    Answers hard = new Answers.Hard(CLASSES, new int[] {1, 0});

    assertThatThrownBy(() -> impact(set, hard, true, 0))
        .isInstanceOf(AuditException.class)
        .hasMessage("The answers are labels; scoring rates need scores.");
    assertThatThrownBy(() -> impact(set, hard, false, 1))
        .hasMessage(
            "Categories of a share below 1.0 are to be left out; it must be at least 0 and below 1.");
    assertThatThrownBy(() -> TopShares.of(set, hard, audit(set, hard), List.of(0.1)))
        .hasMessage("The answers are labels; top shares need scores.");
    assertThatThrownBy(() -> TopShares.of(set, hard, audit(set, hard), List.of(10.0)))
        .hasMessage(
            "A top share is 10.0; it must lie strictly between 0 and 1, such as 0.1 for the top tenth.");
  }

  @Test
  void the_top_share_is_selected_by_score() {
    // Of the top half a has .9 .8, b has .7; a has 4 rows and b 2.
    LabelledSet set = rows(List.of("a", "b"), 0, 0, 0, 0, 1, 1);
    Answers answers = scores(0.9, 0.8, 0.1, 0.2, 0.7, 0.3);

    TopShares.Cut half =
        TopShares.of(set, answers, audit(set, answers), List.of(0.5)).get(0).cuts().get(0);

    assertThat(value(half.values().get(0).selectionRate())).isCloseTo(0.5, within(EXACT));
    assertThat(value(half.values().get(1).selectionRate())).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void rows_of_equal_score_at_the_cut_share_what_is_left() {
    LabelledSet set = rows(List.of("a", "b"), 0, 0, 1, 1, 1, 1);
    Answers answers = scores(0.9, 0.6, 0.6, 0.6, 0.6, 0.1);

    TopShares.Cut half =
        TopShares.of(set, answers, audit(set, answers), List.of(0.5)).get(0).cuts().get(0);

    // One whole row and two of the four tied ones, half of each.
    assertThat(value(half.values().get(0).selectionRate())).isCloseTo(0.75, within(EXACT));
    assertThat(value(half.values().get(1).selectionRate())).isCloseTo(0.375, within(EXACT));
  }

  @Test
  void the_interval_of_a_top_ratio_holds_its_level_in_simulation() {
    SplittableRandom random = new SplittableRandom(11);
    int covered = 0;
    int runs = 300;
    // b's scores are a's squared: with the cut c of the top 20 %, (1 − c + 1 − √c) / 2 = 0.2.
    double root = (-1 + Math.sqrt(1 + 4 * 1.6)) / 2;
    double truth = (1 - root) / (1 - root * root);
    for (int run = 0; run < runs; run++) {
      int[] codes = IntStream.range(0, 400).map(row -> row % 2).toArray();
      double[] drawn = new double[codes.length];
      for (int row = 0; row < drawn.length; row++) {
        double u = random.nextDouble(0.001, 0.999);
        drawn[row] = codes[row] == 0 ? u : u * u;
      }
      LabelledSet set = rows(List.of("a", "b"), codes);
      Answers answers = scores(drawn);
      Estimate.Known ratio =
          (Estimate.Known)
              TopShares.of(set, answers, audit(set, answers, Map.of("g", "a")), List.of(0.2))
                  .get(0)
                  .cuts()
                  .get(0)
                  .values()
                  .get(1)
                  .impactRatio();
      covered += ratio.low() <= truth && truth <= ratio.high() ? 1 : 0;
    }
    assertThat(covered).isGreaterThanOrEqualTo((int) (0.93 * runs));
  }

  @Test
  void gaps_within_levels_are_averaged_with_the_levels_shares() {
    // Simpson's case: within each level both values are selected alike, over all they are not.
    List<Integer> codes = new ArrayList<>();
    List<Integer> levels = new ArrayList<>();
    List<Integer> given = new ArrayList<>();
    int[][] cells = {{0, 0, 80, 64}, {1, 0, 20, 16}, {0, 1, 20, 4}, {1, 1, 80, 16}};
    for (int[] cell : cells) {
      for (int row = 0; row < cell[2]; row++) {
        codes.add(cell[0]);
        levels.add(cell[1]);
        given.add(row < cell[3] ? 1 : 0);
      }
    }
    // A level without b cannot be compared.
    for (int row = 0; row < 50; row++) {
      codes.add(0);
      levels.add(2);
      given.add(1);
    }
    LabelledSet set = rows(List.of("a", "b"), ints(codes));
    Answers answers = new Answers.Hard(CLASSES, ints(given));
    Attribute control = new Attribute("level", List.of("high", "low", "top"), ints(levels));

    WithinGaps gaps = WithinGaps.of(set, ints(given), control, audit(set, answers)).get(0);

    assertThat(gaps.reference()).isEqualTo("a");
    WithinGaps.Gap gap = gaps.gaps().get(0);
    assertThat(value(gap.gap())).isCloseTo(0, within(EXACT));
    assertThat(gap.levels()).isEqualTo(2);
    assertThat(gap.covered()).isCloseTo(0.8, within(EXACT));
    assertThat(
            value(
                audit(set, answers)
                    .attribute("g")
                    .values()
                    .get(1)
                    .of(ValueMetric.STATISTICAL_PARITY_DIFFERENCE)))
        .isLessThan(-0.4);
  }

  @Test
  void nothing_is_compared_within_itself_or_without_a_common_level() {
    LabelledSet set = rows(List.of("a", "b"), 0, 0, 1, 1);
    int[] given = {1, 0, 1, 0};
    AuditResult audit = audit(set, new Answers.Hard(CLASSES, given));

    assertThatThrownBy(() -> WithinGaps.of(set, given, set.attributes().get(0), audit))
        .hasMessage("Attribute 'g' cannot be compared within its own values; name another column.");
    assertThat(
            WithinGaps.of(
                    set,
                    given,
                    new Attribute("h", List.of("p", "q"), new int[] {0, 0, 1, 1}),
                    audit)
                .get(0)
                .gaps()
                .get(0)
                .gap())
        .isEqualTo(new Unknown("no level of 'h' has rows of both values"));
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
