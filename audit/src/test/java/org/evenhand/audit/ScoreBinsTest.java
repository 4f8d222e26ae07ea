package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

class ScoreBinsTest {
  private static final double WIDTH = 0.05;
  private static final Classes CLASSES = Classes.of("no", "yes");

  /** A row, or rows of one class and value whose scores lie in one bin. */
  private record Scored(int target, int value, double least, double greatest, double weight) {}

  private static LabelledSet set(List<Scored> rows) {
    return new LabelledSet(
        Table.of(List.of(new NumericColumn("x", new double[rows.size()]))),
        new Target("repaid", CLASSES, rows.stream().mapToInt(Scored::target).toArray()),
        List.of(
            new Attribute(
                "sex", List.of("f", "m"), rows.stream().mapToInt(Scored::value).toArray())),
        rows.stream().mapToDouble(Scored::weight).toArray());
  }

  /**
   * @param at 0 for the least score of every row, 1 for the greatest
   */
  private static Answers.Soft answers(List<Scored> rows, double at) {
    double[] p = new double[2 * rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      Scored scored = rows.get(row);
      p[2 * row + 1] = (1 - at) * scored.least() + at * scored.greatest();
      p[2 * row] = 1 - p[2 * row + 1];
    }
    return Answers.Soft.ofProbabilities(CLASSES, p, Answers.FLOAT_FLOOR);
  }

  private static AuditResult audit(List<Scored> rows, String favourable) {
    return Audit.of(
        set(rows),
        answers(rows, 0.5),
        AuditSettings.builder()
            .draws(99)
            .favourable(favourable)
            .weights(WeightKind.FREQUENCY)
            .build());
  }

  private static double auc(AuditResult audit, int value) {
    Estimate auc = audit.attribute("sex").values().get(value).of(ValueMetric.AUC);
    return ((Estimate.Known) auc).value();
  }

  private static List<Scored> gathered(List<Scored> rows) {
    Map<List<Integer>, Scored> gathered = new LinkedHashMap<>();
    for (Scored row : rows) {
      gathered.merge(
          List.of(row.target(), row.value(), (int) (row.least() / WIDTH)),
          row,
          (one, other) ->
              new Scored(
                  one.target(),
                  one.value(),
                  Math.min(one.least(), other.least()),
                  Math.max(one.greatest(), other.greatest()),
                  one.weight() + other.weight()));
    }
    return List.copyOf(gathered.values());
  }

  private static ScoreBins bins(List<Scored> gathered, AuditResult audit) {
    return ScoreBins.of(WIDTH, set(gathered), audit, answers(gathered, 0), answers(gathered, 1));
  }

  @Test
  void no_area_is_further_from_that_of_the_scores_than_the_bound() {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Scored> rows = new ArrayList<>();
      for (int row = 0; row < 400; row++) {
        int target = random.nextInt(2);
        double score = 0.7 * random.nextDouble() + 0.2 * target;
        rows.add(new Scored(target, random.nextInt(2), score, score, 1));
      }
      for (String favourable : CLASSES.names()) {
        AuditResult exact = audit(rows, favourable);
        List<Scored> gathered = gathered(rows);
        AuditResult binned = audit(gathered, favourable);

        ScoreBins bins = bins(gathered, binned);

        // About one pair in 18 lies in one bin.
        assertThat(bins.aucError()).isBetween(1e-3, 0.07);
        for (int value = 0; value < 2; value++) {
          assertThat(Math.abs(auc(exact, value) - auc(binned, value)))
              .isLessThanOrEqualTo(bins.aucError() + 1e-12);
        }
      }
    }
  }

  /** The middles of two bins may lie in one order, and nearly all scores in the other. */
  @Test
  void an_area_may_be_off_by_all_pairs_in_one_bin() {
    List<Scored> rows = new ArrayList<>();
    for (int value = 0; value < 2; value++) {
      rows.add(new Scored(1, value, 0.301, 0.301, 99));
      rows.add(new Scored(1, value, 0.340, 0.340, 1));
      rows.add(new Scored(0, value, 0.302, 0.302, 99));
      rows.add(new Scored(0, value, 0.330, 0.330, 1));
    }
    List<Scored> gathered = gathered(rows);
    AuditResult binned = audit(gathered, "yes");

    assertThat(auc(audit(rows, "yes"), 0)).isEqualTo(0.01);
    assertThat(auc(binned, 0)).isEqualTo(1);
    assertThat(bins(gathered, binned)).isEqualTo(new ScoreBins(WIDTH, 1));
  }

  @Test
  void bins_of_one_score_each_and_other_bins_are_in_order() {
    double[] scores = {0.1, 0.2, 0.3, 0.4};
    List<Scored> rows =
        Arrays.stream(scores)
            .boxed()
            .flatMap(
                p ->
                    List.of(
                        new Scored(0, 0, p, p, 9),
                        new Scored(1, 0, p, p, 9),
                        new Scored(0, 1, p, p + 0.01, 9),
                        new Scored(1, 1, p + 0.02, p + 0.03, 9))
                        .stream())
            .toList();

    assertThat(bins(rows, audit(rows, "yes")).aucError()).isZero();
  }
}
