package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenhand.audit.AuditSettings;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

/**
 * A model of two towns whose log-odds are 2 in the classes "yes" and -2 in "no", but 3 lower in the
 * west for half of the rows; shifts of them are the methods.
 */
class MethodComparisonTest {
  private static final int ROWS = 800;

  private static Method method(String code, Method.Need... needs) {
    return new Method(code, code, "none", Method.Stage.ANSWERS, Set.of(needs));
  }

  private static final Method LENIENT = method("lenient");
  private static final Method SMALL = method("small");
  private static final Method NEAR = method("near", Method.Need.ATTRIBUTE_WHEN_SERVED);
  private static final Method EVERYBODY = method("everybody");

  private static LabelledSet rows() {
    int[] targets = new int[ROWS];
    int[] towns = new int[ROWS];
    double[] x = new double[ROWS];
    Random random = new Random(1);
    for (int row = 0; row < ROWS; row++) {
      targets[row] = row % 2;
      towns[row] = row / 2 % 2;
      x[row] = (targets[row] == 1 ? 2 : -2) - (towns[row] == 1 && random.nextBoolean() ? 3 : 0);
    }
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    return new LabelledSet(
        Table.of(List.of(new NumericColumn("x", x))),
        new Target("repaid", Loans.CLASSES, targets),
        List.of(new Attribute("town", Loans.TOWNS, towns)),
        ones);
  }

  private static Repair shift(Method method, float nats) {
    return new Repair() {
      @Override
      public Method method() {
        return method;
      }

      @Override
      public Proposal propose(RepairTask task) {
        return Loans.proposal(new Loans.Shift(nats));
      }
    };
  }

  private static MethodComparison compared(SearchLimits limits, Repair... methods) {
    LabelledSet rows = rows();
    Loans.Model model = new Loans.Model(true);
    Answers answers = model.answer(rows.inputs());
    return MethodComparison.of(
        List.of(methods),
        limits,
        RepairTask.of(rows, answers, List.of("town")),
        model,
        Unseen.of("test", rows, answers, AuditSettings.DEFAULT),
        RepairGoals.of(Aim.MODEL_BIAS));
  }

  private static Contender contender(MethodComparison comparison, Method method) {
    return comparison.contenders().stream()
        .filter(one -> one.method().equals(method))
        .findFirst()
        .orElseThrow();
  }

  /** +1.5 makes every wrong "no" in the west a "yes" and no "no" wrong: all are right then. */
  @Test
  void every_method_is_measured_and_the_best_one_recommended() {
    MethodComparison comparison =
        compared(SearchLimits.DEFAULT, shift(SMALL, 0.1f), shift(LENIENT, 1.5f));

    assertThat(comparison.recommended()).contains(LENIENT);
    assertThat(comparison.why()).startsWith("Best within the limits of 2 forms of 2 methods");
    assertThat(comparison.measuredOn()).isEqualTo("test");
    assertThat(comparison.contenders())
        .extracting(Contender::method)
        .containsExactly(SMALL, LENIENT);
    assertThat(comparison.isDominated(contender(comparison, SMALL))).isTrue();
    assertThat(comparison.isDominated(contender(comparison, LENIENT))).isFalse();
    assertThat(comparison.searched().stream().filter(SearchedForm::onFrontier))
        .extracting(SearchedForm::method)
        .containsExactly(LENIENT);
  }

  @Test
  void a_method_that_needs_more_than_is_allowed_is_shown_but_neither_recommended_nor_better() {
    MethodComparison comparison =
        compared(
            SearchLimits.DEFAULT.withAccess(Access.INPUTS), shift(NEAR, 1.5f), shift(SMALL, 0.1f));

    assertThat(comparison.recommended()).isEmpty();
    assertThat(comparison.why()).startsWith("doing nothing is recommended");
    assertThat(comparison.mayBeChosen(contender(comparison, NEAR))).isFalse();
    assertThat(contender(comparison, NEAR).withinLimits()).isTrue();
    assertThat(comparison.isDominated(contender(comparison, SMALL))).isFalse();
  }

  /** It has no gap, and is no reason to think less of those that decide by the rows. */
  @Test
  void what_decides_one_class_for_everybody_beats_nobody() {
    MethodComparison comparison =
        compared(SearchLimits.of(Aim.MODEL_BIAS, 1), shift(EVERYBODY, 50), shift(SMALL, 0.1f));

    assertThat(contender(comparison, EVERYBODY).constant()).isTrue();
    assertThat(comparison.isDominated(contender(comparison, SMALL))).isFalse();
    assertThat(comparison.searched()).noneMatch(SearchedForm::onFrontier);
    assertThat(comparison.recommended()).isEmpty();
  }

  /**
   * +2.5 makes every "no" of the east wrong and half of the west's: as large a gap as before, in
   * the other class.
   */
  @Test
  void what_the_deployed_model_beats_is_told_too() {
    MethodComparison comparison = compared(SearchLimits.DEFAULT, shift(SMALL, 2.5f));

    assertThat(comparison.isDominated(contender(comparison, SMALL))).isTrue();
    assertThat(comparison.recommended()).isEmpty();
  }

  @Test
  void methods_after_the_time_allowed_are_named_and_not_begun() {
    Repair slow =
        new Repair() {
          @Override
          public Method method() {
            return LENIENT;
          }

          @Override
          public Proposal propose(RepairTask task) {
            try {
              Thread.sleep(2);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return Loans.proposal(new Loans.Shift(1.5f));
          }
        };
    MethodComparison comparison =
        compared(
            SearchLimits.DEFAULT.withTimeBudget(Optional.of(Duration.ofMillis(1))),
            slow,
            shift(SMALL, 0.1f));

    assertThat(comparison.recommended()).contains(LENIENT);
    assertThat(comparison.inapplicable())
        .isEqualTo(Map.of(SMALL, "the time allowed was over before it was begun."));
  }

  @Test
  void access_includes_what_comes_before() {
    Method inside = method("inside", Method.Need.WEIGHTS);

    assertThat(allowed(Access.INPUTS, SMALL, inside, NEAR)).containsExactly(SMALL);
    assertThat(allowed(Access.WEIGHTS, SMALL, inside, NEAR)).containsExactly(SMALL, inside);
    assertThat(allowed(Access.ATTRIBUTE, SMALL, inside, NEAR)).containsExactly(SMALL, inside, NEAR);
    assertThat(Access.of("weights")).isEqualTo(Access.WEIGHTS);
  }

  private static List<Method> allowed(Access access, Method... methods) {
    return Arrays.stream(methods).filter(access::allows).collect(Collectors.toList());
  }
}
