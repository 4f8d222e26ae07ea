package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

class RepairSearchTest {
  private static final int ROWS = 4_000;
  private static final Method METHOD =
      new Method("made", "made up", "none", Method.Stage.ANSWERS, Set.of());

  /** A quarter of the rows in each group. */
  private static final int[] TARGETS = new int[ROWS];

  private static final int[] TOWNS = new int[ROWS];

  static {
    for (int row = 0; row < ROWS; row++) {
      TARGETS[row] = row % 2;
      TOWNS[row] = row / 2 % 2;
    }
  }

  /** Decisions of which that share is right in each group: no/east, yes/east, no/west, yes/west. */
  private static int[] right(double... shares) {
    int[] decisions = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      double share = shares[2 * TOWNS[row] + TARGETS[row]];
      boolean correct = row / 4 % 100 < Math.round(100 * share);
      decisions[row] = correct ? TARGETS[row] : 1 - TARGETS[row];
    }
    return decisions;
  }

  private static RepairTask task(int[] deployed) {
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    LabelledSet rows =
        new LabelledSet(
            Table.of(List.of(new NumericColumn("x", new double[ROWS]))),
            new Target("repaid", Loans.CLASSES, TARGETS),
            List.of(new Attribute("town", Loans.TOWNS, TOWNS)),
            ones);
    return RepairTask.of(rows, new Answers.Hard(Loans.CLASSES, deployed), List.of("town"));
  }

  private static Searchable forms(int[]... decisions) {
    return new Searchable() {
      @Override
      public Method method() {
        return METHOD;
      }

      @Override
      public List<Candidate> candidates(RepairTask task) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < decisions.length; i++) {
          int form = i;
          candidates.add(
              new Candidate(
                  METHOD,
                  "form " + form,
                  decisions[form],
                  () -> Loans.proposal(new Loans.Shift(form))));
        }
        return candidates;
      }

      @Override
      public Proposal propose(RepairTask task) {
        throw new AssertionError("a search fits what it chose");
      }
    };
  }

  private static Proposal search(SearchLimits limits, int[] deployed, int[]... decisions) {
    return new RepairSearch(List.of(forms(decisions)), limits).propose(task(deployed));
  }

  private static final int[] DEPLOYED = right(0.9, 0.9, 0.9, 0.5);

  @Test
  void the_least_biased_form_within_the_limits_is_proposed() {
    Proposal proposal =
        search(
            SearchLimits.DEFAULT,
            DEPLOYED,
            right(0.9, 0.8, 0.9, 0.6),
            right(0.8, 0.8, 0.8, 0.8),
            right(0.6, 0.6, 0.6, 0.6));

    // Form 2 has no bias either, but is right in 60 % of the rows and not in 80 % as today.
    assertThat(proposal.change()).isEqualTo(new Loans.Shift(1));
    assertThat(proposal.declined()).isEmpty();
    assertThat(proposal.why())
        .startsWith("Best within the limits of 3 forms of 1 methods")
        .contains("20.0 to 0.0 points of Model Bias");
  }

  @Test
  void a_gap_that_closes_because_groups_get_worse_is_no_gain() {
    int[] levelledDown = right(0.9, 0.55, 0.9, 0.5);
    int[] levelledUp = right(0.9, 0.8, 0.9, 0.6);
    SearchLimits wide = SearchLimits.of(Aim.MODEL_BIAS, 0.2);

    // Down: bias 2.5 and 8.75 points of average accuracy lost; up: bias 10 and nothing lost.
    assertThat(search(wide, DEPLOYED, levelledDown, levelledUp).change())
        .isEqualTo(new Loans.Shift(1));
  }

  @Test
  void a_gap_that_closes_because_the_worst_group_gets_worse_is_no_gain() {
    int[] deployed = right(0.9, 0.6, 0.9, 0.4);
    int[] worstPays = right(0.96, 0.4, 0.96, 0.34);
    int[] nobodyPays = right(0.8, 0.57, 0.8, 0.49);
    SearchLimits wide = SearchLimits.of(Aim.MODEL_BIAS, 0.2);

    // Bias 3, 3.5 points of the average and 6 of the worst group lost; bias 4, 3.5 of the average.
    assertThat(search(wide, deployed, worstPays, nobodyPays).change())
        .isEqualTo(new Loans.Shift(1));
  }

  @Test
  void a_form_that_decides_one_class_never_wins() {
    int[] constant = new int[ROWS];
    Arrays.fill(constant, 1);
    SearchLimits any = SearchLimits.of(Aim.MODEL_BIAS, 1);

    Proposal proposal = search(any, right(0.5, 0.9, 0.1, 0.9), constant);

    assertThat(proposal.declined()).isPresent();
    assertThat(proposal.declined().orElseThrow()).startsWith("doing nothing is recommended");
  }

  @Test
  void a_form_that_takes_a_class_away_never_wins() {
    int[] deployed = right(0.3, 0.9, 0.9, 0.3);
    // Yes for 12 % of the rows, though half have it and half are given it today.
    int[] takenAway = right(0.97, 0.22, 0.97, 0.22);
    int[] kept = right(0.6, 0.6, 0.6, 0.7);

    // No bias and half a point of average accuracy lost; bias 5 and nothing lost.
    assertThat(search(SearchLimits.DEFAULT, deployed, takenAway, kept).change())
        .isEqualTo(new Loans.Shift(1));
    // Half of half is enough.
    int[] halved = right(0.85, 0.35, 0.85, 0.35);
    assertThat(search(SearchLimits.DEFAULT, deployed, halved, kept).change())
        .isEqualTo(new Loans.Shift(0));
  }

  @Test
  void a_form_that_recognises_the_average_group_no_better_than_by_chance_never_wins() {
    // One class for 95 % of the rows, and right about 50 % of the average group.
    int[] nearlyConstant = right(0.95, 0.05, 0.95, 0.06);
    SearchLimits any = SearchLimits.of(Aim.MODEL_BIAS, 1);

    Proposal proposal = search(any, right(0.5, 0.9, 0.1, 0.9), nearlyConstant);

    assertThat(proposal.declined().orElseThrow()).startsWith("doing nothing is recommended");
  }

  @Test
  void doing_nothing_is_recommended_where_no_form_does_better() {
    Proposal proposal = search(SearchLimits.DEFAULT, DEPLOYED, right(0.9, 0.9, 0.9, 0.4));

    assertThat(proposal.declined().orElseThrow())
        .startsWith("doing nothing is recommended: of 1 forms of 1 methods none stays within");
    assertThat(proposal.candidates().orElseThrow().chosen()).hasValue(0);
  }

  @Test
  void the_best_of_many_that_only_look_better_is_not_proposed() {
    Random random = new Random(5);
    int[] fair = right(0.8, 0.8, 0.8, 0.8);
    // All forms are as good as the deployed model but for chance.
    int[][] noise = new int[60][];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = fair.clone();
      for (int change = 0; change < 400; change++) {
        int row = random.nextInt(ROWS);
        noise[i][row] = random.nextDouble() < 0.8 ? TARGETS[row] : 1 - TARGETS[row];
      }
    }
    int[] deployed = noise[0];
    int[][] others = Arrays.copyOfRange(noise, 1, noise.length);

    Proposal proposal = search(SearchLimits.DEFAULT, deployed, others);

    FactTable all =
        (FactTable)
            proposal.details().stream()
                .filter(FactTable.class::isInstance)
                .findFirst()
                .orElseThrow();
    double nothing = ((Value.Quantity) all.rows().get(0).get(2)).number();
    double best =
        all.rows().stream()
            .mapToDouble(row -> ((Value.Quantity) row.get(2)).number())
            .min()
            .orElseThrow();
    assertThat(best).isLessThan(nothing);
    FactGroup worth =
        (FactGroup)
            proposal.details().stream()
                .filter(FactGroup.class::isInstance)
                .findFirst()
                .orElseThrow();
    double honest =
        worth.details().stream()
            .map(Fact.class::cast)
            .filter(fact -> fact.key().equals("nested_model_bias"))
            .mapToDouble(fact -> ((Value.Quantity) fact.value()).number())
            .findFirst()
            .orElseThrow();
    assertThat(honest).isGreaterThan(best);
  }

  @Test
  void what_is_to_rise_is_searched_for_too() {
    SearchLimits limits = SearchLimits.of(Aim.WORST_GROUP, 0.1);

    assertThat(
            search(limits, DEPLOYED, right(0.9, 0.9, 0.9, 0.55), right(0.9, 0.7, 0.8, 0.7))
                .change())
        .isEqualTo(new Loans.Shift(1));
  }

  @Test
  void an_impact_ratio_can_be_a_limit() {
    // Selection: east (1 - .9 + .9)/2 = .5, west (1 - .9 + .5)/2 = .3: a ratio of 0.6.
    SearchLimits strict =
        SearchLimits.of(Aim.MODEL_BIAS, 1).withMinImpactRatio(OptionalDouble.of(0.8));

    assertThat(
            search(strict, DEPLOYED, right(0.9, 0.9, 0.9, 0.6), right(0.8, 0.8, 0.8, 0.75))
                .change())
        .isEqualTo(new Loans.Shift(1));
  }

  @Test
  void methods_that_do_not_apply_are_named_with_their_reason() {
    Repair refusing =
        new Repair() {
          @Override
          public Method method() {
            return new Method("refusing", "refuses", "none", Method.Stage.ANSWERS, Set.of());
          }

          @Override
          public Proposal propose(RepairTask task) {
            throw new RepairException("It never applies.");
          }
        };

    Proposal proposal =
        new RepairSearch(List.of(refusing, forms(right(0.8, 0.8, 0.8, 0.8))), SearchLimits.DEFAULT)
            .propose(task(DEPLOYED));

    assertThat(proposal.candidates().orElseThrow().rows())
        .anySatisfy(
            row ->
                assertThat(row)
                    .contains(
                        new Value.Text("refusing"),
                        new Value.Text("does not apply: It never applies.")));
    assertThatThrownBy(
            () -> new RepairSearch(List.of(refusing), SearchLimits.DEFAULT).propose(task(DEPLOYED)))
        .isInstanceOf(RepairException.class)
        .hasMessage("No method applies: refusing: It never applies.");
  }

  @Test
  void a_search_leaves_out_what_needs_more_access_than_is_allowed() {
    Method inside =
        new Method("inside", "inside", "none", Method.Stage.HEAD, Set.of(Method.Need.WEIGHTS));
    Repair never =
        new Repair() {
          @Override
          public Method method() {
            return inside;
          }

          @Override
          public Proposal propose(RepairTask task) {
            throw new AssertionError("it is not asked");
          }
        };

    assertThatThrownBy(
            () ->
                new RepairSearch(List.of(never), SearchLimits.DEFAULT.withAccess(Access.INPUTS))
                    .propose(task(DEPLOYED)))
        .hasMessage(
            "No method applies: inside: it needs the weights of the model's last layer, and the access allowed is 'inputs'.");
    assertThatThrownBy(() -> Access.of("all"))
        .hasMessage("There is no access 'all'; choose one of inputs, weights, attribute.");
  }

  @Test
  void limits_are_fractions_and_take_time() {
    assertThatThrownBy(() -> SearchLimits.of(Aim.MODEL_BIAS, 2))
        .hasMessage(
            "The accuracy that a repair may cost is 200.0 points; it must lie between 0 and 100.");
    assertThatThrownBy(() -> SearchLimits.DEFAULT.withTimeBudget(Optional.of(Duration.ZERO)))
        .hasMessage("The time for a search must be more than 0 seconds.");
  }
}
