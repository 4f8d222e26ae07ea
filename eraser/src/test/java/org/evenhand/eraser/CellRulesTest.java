package org.evenhand.eraser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellRulesTest {
  /** Rows of uneven chances and weights 1 to 3. */
  private static CellRules rules(int rows, int classes, int values) {
    double[] weights = new double[rows];
    Arrays.setAll(weights, i -> 1 + i % 3);
    return new CellRules(classes, values, chances(rows, classes, values), weights);
  }

  private static double[] chances(int rows, int classes, int values) {
    int cells = classes * values;
    double[] chances = new double[rows * cells];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int c = 0; c < cells; c++) {
        chances[i * cells + c] = (7 * i + 3 * c * c + i * c) % 11 + 1;
        sum += chances[i * cells + c];
      }
      for (int c = 0; c < cells; c++) {
        chances[i * cells + c] /= sum;
      }
    }
    return chances;
  }

  /** The primal over decisions by chance, by SciPy's {@code linprog} (HiGHS) on the same rows. */
  @ParameterizedTest
  @CsvSource({
    "12, 3, 2, 0,   0,   0,    0.4300741203",
    "12, 3, 2, 0.5, 0,   0.02, 0.4443295316",
    "20, 3, 3, 1,   0,   0,    0.3866634326",
    "20, 3, 3, 1,   0.9, 0.05, 0.3860540090",
    "30, 2, 2, 0,   0,   0.01, 0.6315499731",
  })
  void the_dual_is_worth_what_an_independent_solver_of_the_primal_finds(
      int rows,
      int classes,
      int values,
      double balance,
      double worst,
      double bound,
      double expected) {
    CellRules.Best best =
        rules(rows, classes, values).best(new CellRules.Aim(balance, worst, bound));

    assertThat(best.bound()).isCloseTo(expected, within(1e-6));
  }

  /**
   * Thousands of rules drawn at random, valued here by the definition: accuracy as weighed, less
   * the price of gaps beyond the bound.
   */
  @ParameterizedTest
  @CsvSource({
    "600, 2, 2, 0,   0,   0.02",
    "600, 2, 2, 0.5, 0,   0.10",
    "600, 2, 2, 0.3, 0.5, 0.05",
    "600, 3, 2, 1,   0,   0.02",
    "600, 3, 2, 0.5, 0.9, 0.05",
  })
  void no_rule_drawn_at_random_is_better(
      int rows, int classes, int values, double balance, double worst, double bound) {
    double[] chances = randomChances(rows, classes * values);
    double[] weights = new double[rows];
    Arrays.setAll(weights, i -> 1 + i % 3);
    CellRules rules = new CellRules(classes, values, chances, weights);
    CellRules.Aim aim = new CellRules.Aim(balance, worst, bound);
    double found = value(rules.best(aim).rule().factors(), aim, chances, classes, values);
    SplittableRandom random = new SplittableRandom(3);
    double best = 0;
    for (int draw = 0; draw < 5_000; draw++) {
      double[] factors = new double[classes * values];
      Arrays.setAll(factors, c -> Math.exp(4 * random.nextDouble() - 2));
      best = Math.max(best, value(factors, aim, chances, classes, values));
    }

    assertThat(found).isGreaterThan(best - 1e-3);
  }

  /** Values differ in how well classes are recognised, so that there are gaps to close. */
  private static double[] randomChances(int rows, int cells) {
    SplittableRandom random = new SplittableRandom(11);
    double[] chances = new double[rows * cells];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int c = 0; c < cells; c++) {
        double sharpness = c % 2 == i % 2 ? 4 : 1;
        chances[i * cells + c] = Math.exp(sharpness * random.nextDouble());
        sum += chances[i * cells + c];
      }
      for (int c = 0; c < cells; c++) {
        chances[i * cells + c] /= sum;
      }
    }
    return chances;
  }

  private static double value(
      double[] factors, CellRules.Aim aim, double[] chances, int classes, int values) {
    double[] right = new double[classes * values];
    double[] all = new double[classes * values];
    double total = 0;
    for (int i = 0; i < chances.length / all.length; i++) {
      int decided = CellRules.decide(factors, chances, i, classes, values);
      double weight = 1 + i % 3;
      total += weight;
      for (int c = 0; c < right.length; c++) {
        all[c] += weight * chances[i * right.length + c];
        right[c] += c / values == decided ? weight * chances[i * right.length + c] : 0;
      }
    }
    double overall = Arrays.stream(right).sum() / total;
    double average = 0;
    double least = 1;
    double beyond = 0;
    for (int y = 0; y < classes; y++) {
      double low = 1;
      double high = 0;
      for (int c = y * values; c < (y + 1) * values; c++) {
        average += right[c] / all[c] / right.length;
        low = Math.min(low, right[c] / all[c]);
        high = Math.max(high, right[c] / all[c]);
      }
      least = Math.min(least, low);
      beyond += Math.max(0, high - low - 2 * aim.bound()) / classes;
    }
    return (1 - aim.worst()) * ((1 - aim.balance()) * overall + aim.balance() * average)
        + aim.worst() * least
        - CellRules.PRICE * beyond;
  }

  /** Aims share the rules that they met, which must not change what any of them finds. */
  @Test
  void what_was_asked_before_changes_no_optimum() {
    CellRules asked = rules(20, 3, 3);
    asked.best(new CellRules.Aim(0, 0, 0.1));

    assertThat(asked.best(new CellRules.Aim(1, 0, 0)).bound())
        .isCloseTo(0.3866634326, within(1e-6));
  }

  /**
   * Two values of the same chances but for their prevalence, three classes: by symmetry every
   * value's own Bayes rule is the best one, with all cells recognised alike and no gap to close.
   */
  @Test
  void without_a_gap_nothing_is_given_up() {
    double[] chances = {
      0.6, 0, 0.1, 0, 0.1, 0, // A row of the first value: class 0 at 0.75.
      0.1, 0, 0.6, 0, 0.1, 0, 0.1, 0, 0.1, 0, 0.6, 0, 0, 0.6, 0, 0.1, 0, 0.1, 0, 0.1, 0, 0.6, 0,
      0.1, 0, 0.1, 0, 0.1, 0, 0.6,
    };
    for (int i = 0; i < chances.length; i++) {
      chances[i] /= 0.8;
    }
    CellRules.Best best =
        new CellRules(3, 2, chances, new double[] {1, 1, 1, 3, 3, 3})
            .best(new CellRules.Aim(0, 0, 0));

    assertThat(best.bound()).isCloseTo(0.75, within(1e-6));
    Arrays.stream(best.rule().accuracies())
        .forEach(accuracy -> assertThat(accuracy).isCloseTo(0.75, within(1e-12)));
  }

  /**
   * By hand: certain values of equal weight, two classes. Value 0 has rows of chance 0.9 and 0.1 of
   * class 1, value 1 rows of 0.7 and 0.3. Rates of the Bayes rules are 0.9 and 0.7; equal odds
   * bring value 0 down by deciding against its evidence, which costs more than a gap is worth where
   * the multiplier may not fall below a fiftieth: the deterministic rule leaves 0.2.
   */
  @Test
  void a_gap_that_only_chance_could_close_is_left() {
    double[] chances = {
      0.1, 0, 0.9, 0, //
      0.9, 0, 0.1, 0, 0, 0.3, 0, 0.7, 0, 0.7, 0, 0.3,
    };
    CellRules rules = new CellRules(2, 2, chances, new double[] {1, 1, 1, 1});
    CellRules.Best best = rules.best(new CellRules.Aim(0, 0, 0));

    assertThat(best.rule().accuracies())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0.9, 0.7, 0.9, 0.7);
    assertThat(rules.ties(best.rule())).isZero();
  }

  @Test
  void a_tie_is_decided_for_the_first_class_and_counted() {
    double[] chances = {0.25, 0.25, 0.25, 0.25, 0.4, 0.4, 0.1, 0.1};
    CellRules rules = new CellRules(2, 2, chances, new double[] {1, 1});
    double[] same = {1, 1, 1, 1};

    assertThat(CellRules.decide(same, chances, 0, 2, 2)).isZero();
    assertThat(rules.ties(new CellRules.Rule(same, new double[4]))).isEqualTo(1);
  }
}
