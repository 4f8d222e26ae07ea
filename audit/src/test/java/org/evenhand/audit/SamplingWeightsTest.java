package org.evenhand.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.evenhand.audit.Estimate.Known;
import org.evenhand.core.Answers;
import org.evenhand.core.LabelledSet;
import org.junit.jupiter.api.Test;

class SamplingWeightsTest {
  private static final AuditSettings SAMPLING =
      AuditSettings.builder().weights(WeightKind.SAMPLING).draws(999).build();

  private static final double Z = AuditSettings.DEFAULT.z();

  @Test
  void a_share_counts_as_many_rows_as_its_linearised_variance_says() {
    // Hits of weights 1, 2, 3; misses of weights 4, 5: p = 6/15 = 0.4.
    Proportion share = Tally.share(new Tally(6, 14, 3), new Tally(9, 41, 2));
    double variance = (0.6 * 0.6 * 14 + 0.4 * 0.4 * 41) / (15 * 15);

    assertThat(share.value()).isCloseTo(0.4, within(1e-15));
    assertThat(share.n()).isCloseTo(0.24 / variance, within(1e-12));
  }

  @Test
  void equal_weights_of_any_size_change_nothing() {
    assertThat(Tally.share(new Tally(21, 147, 3), new Tally(49, 343, 7)).n())
        .isCloseTo(10, within(1e-12));
  }

  @Test
  void a_share_never_counts_more_rows_than_there_are() {
    // The rare misses have small weights, so that the variance is less than that of ten rows.
    assertThat(Tally.share(new Tally(90, 900, 9), new Tally(2, 1, 4)).n()).isEqualTo(13);
  }

  @Test
  void of_equal_outcomes_a_share_counts_kishs_number_of_rows() {
    Proportion share = Tally.share(new Tally(6, 14, 3), Tally.NONE);

    assertThat(share.value()).isEqualTo(1);
    assertThat(share.n()).isCloseTo(36 / 14.0, within(1e-12));
  }

  @Test
  void sampling_weights_of_one_give_the_figures_of_frequencies() {
    LabelledSet set = sample(400, 1, random -> 1);
    Answers answers = answers(set, 2);

    AttributeAudit sampled = Audit.of(set, answers, SAMPLING).attribute("g");
    AttributeAudit counted =
        Audit.of(set, answers, SAMPLING.toBuilder().weights(WeightKind.FREQUENCY).build())
            .attribute("g");

    assertThat(sampled).isEqualTo(counted);
  }

  @Test
  void the_scale_of_sampling_weights_changes_nothing() {
    LabelledSet set = sample(400, 1, random -> random.nextInt(1, 5));
    LabelledSet thousandfold =
        new LabelledSet(
            set.inputs(),
            set.target(),
            set.attributes(),
            Arrays.stream(set.weights()).map(w -> 1024 * w).toArray());
    Answers answers = answers(set, 2);

    AuditResult one = Audit.of(set, answers, SAMPLING);
    AuditResult other = Audit.of(thousandfold, answers, SAMPLING);

    assertThat(one.rows()).isEqualTo(400);
    assertThat(other.rows()).isEqualTo(400);
    assertThat(other.attribute("g").modelBias()).isEqualTo(one.attribute("g").modelBias());
    assertThat(other.attribute("g").groups()).isEqualTo(one.attribute("g").groups());
    assertThat(other.attribute("g").values().get(0).estimates())
        .isEqualTo(one.attribute("g").values().get(0).estimates());
  }

  @Test
  void the_area_under_the_curve_of_weighted_rows_has_a_wider_interval() {
    SplittableRandom random = new SplittableRandom(12);
    int rows = 300;
    double[] scores = new double[rows];
    boolean[] deserving = new boolean[rows];
    double[] weights = new double[rows];
    double[] squares = new double[rows];
    for (int i = 0; i < rows; i++) {
      deserving[i] = i % 3 == 0;
      scores[i] = Math.log(0.2 + 0.5 * random.nextDouble() + (deserving[i] ? 0.1 : 0));
      weights[i] = random.nextInt(5) == 0 ? 8 : 1;
      squares[i] = weights[i] * weights[i];
    }
    Known frequency =
        (Known) new ScoredOutcomes(scores, deserving, weights, weights).areaUnderRoc(Z, "g");
    Known sampled =
        (Known) new ScoredOutcomes(scores, deserving, weights, squares).areaUnderRoc(Z, "g");

    assertThat(sampled.value()).isEqualTo(frequency.value());
    // (4·1 + 8)/5 rows on average and (4 + 64)/5 squares: 720 weighted rows are about 127.
    assertThat((sampled.high() - sampled.low()) / (frequency.high() - frequency.low()))
        .isCloseTo(Math.sqrt(13.6 / 2.4), within(0.5));
  }

  /**
   * In the population 80 % are right. Those who are not were drawn with a quarter of the chance and
   * have four times the weight, so that few rows carry the variance.
   */
  @Test
  void intervals_hold_the_truth_where_weights_depend_on_the_outcome() {
    int linearised = 0;
    int kish = 0;
    int repetitions = 1_000;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      SplittableRandom random = new SplittableRandom(repetition);
      Tally right = Tally.NONE;
      Tally wrong = Tally.NONE;
      for (int row = 0; row < 400; row++) {
        boolean isRight = random.nextDouble() < 0.8 / (0.8 + 0.2 / 4);
        double weight = (isRight ? 1 : 4) * (0.5 + random.nextDouble());
        Tally one = new Tally(weight, weight * weight, 1);
        right = isRight ? right.plus(one) : right;
        wrong = isRight ? wrong : wrong.plus(one);
      }
      linearised += holds(Tally.share(right, wrong).wilson(Z)) ? 1 : 0;
      double all = right.weight() + wrong.weight();
      double n = all * all / (right.square() + wrong.square());
      kish += holds(new Proportion(right.weight() / all * n, n).wilson(Z)) ? 1 : 0;
    }

    assertThat(linearised / (double) repetitions).isBetween(0.92, 0.97);
    assertThat(kish / (double) repetitions).isLessThan(0.9);
  }

  private static boolean holds(Known interval) {
    return interval.low() <= 0.8 && 0.8 <= interval.high();
  }

  private interface Weight {
    double draw(SplittableRandom random);
  }

  private static LabelledSet sample(int rows, int seed, Weight weight) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] targets = random.ints(rows, 0, 2).toArray();
    int[] values = random.ints(rows, 0, 2).toArray();
    double[] weights = new double[rows];
    Arrays.setAll(weights, row -> weight.draw(random));
    return Cells.set(Cells.target(2, targets), Cells.attribute(2, values), weights);
  }

  private static Answers answers(LabelledSet set, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] probabilities = new double[2 * set.rows()];
    for (int row = 0; row < set.rows(); row++) {
      double p = 0.3 + 0.4 * random.nextDouble() + 0.2 * (set.target().codes()[row] - 0.5);
      probabilities[2 * row] = 1 - p;
      probabilities[2 * row + 1] = p;
    }
    return Answers.Soft.ofProbabilities(set.target().classes(), probabilities, 1e-7);
  }
}
