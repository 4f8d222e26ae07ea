package org.evenhand.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.junit.jupiter.api.Test;

/**
 * A search that lowers counterfactual bias. The deployed model gives the true class 0.85 in the
 * east and 0.75 in the west, so that its counterfactual bias is 0.1 exactly.
 */
class CounterfactualSearchTest {
  private static final int ROWS = 400;
  private static final Method METHOD =
      new Method("made", "made up", "none", Method.Stage.ANSWERS, Set.of());
  private static final int[] TARGETS = IntStream.range(0, ROWS).map(row -> row % 2).toArray();
  private static final int[] TOWNS = IntStream.range(0, ROWS).map(row -> row / 2 % 2).toArray();
  private static final SearchLimits LIMITS = SearchLimits.of(Aim.COUNTERFACTUAL_BIAS, 0.01);

  private static LabelledSet rows(int[] towns) {
    return LabelledSet.of(
        Table.of(
            List.of(
                new NumericColumn("west", Arrays.stream(towns).asDoubleStream().toArray()),
                new NumericColumn("true", Arrays.stream(TARGETS).asDoubleStream().toArray()))),
        new Target("repaid", Loans.CLASSES, TARGETS),
        List.of(new Attribute("town", Loans.TOWNS, towns)));
  }

  private static int[] otherTowns() {
    return Arrays.stream(TOWNS).map(town -> 1 - town).toArray();
  }

  /** Answers that give the true class so much, by the town. */
  private static Answers.Soft answers(Table inputs, DoubleUnaryOperator toTrueClass) {
    double[] west = ((NumericColumn) inputs.column("west")).values();
    double[] targets = ((NumericColumn) inputs.column("true")).values();
    double[] probabilities = new double[2 * west.length];
    for (int row = 0; row < west.length; row++) {
      int target = (int) targets[row];
      probabilities[2 * row + target] = toTrueClass.applyAsDouble(west[row]);
      probabilities[2 * row + 1 - target] = 1 - probabilities[2 * row + target];
    }
    return Answers.Soft.ofProbabilities(Loans.CLASSES, probabilities, 1e-9);
  }

  private static Answers.Soft deployed(Table inputs) {
    return answers(inputs, west -> west == 1 ? 0.75 : 0.85);
  }

  private static Twins twins() {
    LabelledSet factual = rows(TOWNS);
    LabelledSet others = rows(otherTowns());
    return new Twins(
        new CounterfactualPairs("town", factual, others, Relation.SAME_INDIVIDUAL),
        IntStream.range(0, ROWS).toArray(),
        deployed(others.inputs()));
  }

  private static RepairTask task() {
    LabelledSet rows = rows(TOWNS);
    return RepairTask.of(rows, deployed(rows.inputs()), List.of("town"));
  }

  /** A method of which each form gives the true class so much, by the town. */
  private record Forms(List<DoubleUnaryOperator> toTrueClass) implements Searchable {
    @Override
    public Method method() {
      return METHOD;
    }

    @Override
    public List<Candidate> candidates(RepairTask task) {
      return IntStream.range(0, toTrueClass.size())
          .mapToObj(
              form -> {
                OutOfFold judged = new OutOfFold(task, task.decisionRule());
                judged.note(
                    IntStream.range(0, ROWS).toArray(),
                    (given, inputs) -> answers(inputs, toTrueClass.get(form)));
                return judged.candidate(
                    METHOD, "form " + form, () -> Loans.proposal(new Loans.Shift(form)));
              })
          .toList();
    }

    @Override
    public Proposal propose(RepairTask task) {
      throw new AssertionError("a search fits what it chose");
    }
  }

  private static Proposal search(DoubleUnaryOperator... toTrueClass) {
    return new RepairSearch(List.of(new Forms(List.of(toTrueClass))), LIMITS)
        .propose(task().withTwins(twins()));
  }

  private static double number(FactTable table, int row, String column) {
    int at = table.columns().stream().map(FactTable.Column::key).toList().indexOf(column);
    return ((Value.Quantity) table.rows().get(row).get(at)).number();
  }

  @Test
  void the_form_is_proposed_whose_answers_about_row_and_twin_differ_least() {
    Proposal proposal =
        search(west -> west == 1 ? 0.77 : 0.83, west -> west == 1 ? 0.79 : 0.81, west -> 0.85);

    // The last form gives everybody the same, and the true class more than before.
    assertThat(proposal.change()).isEqualTo(new Loans.Shift(2));
    assertThat(proposal.declined()).isEmpty();
    assertThat(proposal.why()).contains("10.00 to 0.00 points of counterfactual bias");
  }

  @Test
  void every_form_says_its_bias_and_what_it_gives_to_the_true_class() {
    FactTable all =
        (FactTable)
            search(west -> west == 1 ? 0.77 : 0.83).details().stream()
                .filter(FactTable.class::isInstance)
                .findFirst()
                .orElseThrow();

    assertThat(number(all, 0, "counterfactual_bias")).isCloseTo(0.1, within(1e-12));
    assertThat(number(all, 0, "true_class")).isCloseTo(0.8, within(1e-12));
    assertThat(number(all, 1, "counterfactual_bias")).isCloseTo(0.06, within(1e-12));
    assertThat(number(all, 1, "true_class")).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void answers_that_only_become_flat_gain_nothing() {
    // All decisions stay, and no bias is left; but the true class loses 28 points to gain 10.
    assertThat(search(west -> 0.52).declined().orElseThrow())
        .startsWith("doing nothing is recommended")
        .contains("changes counterfactual bias by -10.00 points and overall accuracy by +0.0");
  }

  @Test
  void the_change_of_the_whole_search_is_that_of_pairs() {
    FactGroup worth =
        (FactGroup)
            search(west -> west == 1 ? 0.77 : 0.83).details().stream()
                .filter(FactGroup.class::isInstance)
                .findFirst()
                .orElseThrow();

    assertThat(worth.details())
        .map(Fact.class::cast)
        .filteredOn(fact -> fact.key().equals("nested_change_0"))
        .singleElement()
        .satisfies(
            fact ->
                // Every pair changes alike, so that nothing is left to chance.
                assertThat(fact.value()).isEqualTo(new Value.Text("-4.00 points [-4.00, -4.00]")));
  }

  @Test
  void a_twin_is_judged_in_the_fold_of_its_row() {
    RepairTask task = task().withTwins(twins());
    OutOfFold judged = new OutOfFold(task, task.decisionRule());
    int[] even = IntStream.range(0, ROWS / 2).map(i -> 2 * i).toArray();
    int[] odd = IntStream.range(0, ROWS / 2).map(i -> 2 * i + 1).toArray();
    judged.note(even, (given, inputs) -> given);
    judged.note(odd, (given, inputs) -> answers(inputs, west -> 0.6));

    PairChances chances = judged.pairs().orElseThrow();

    for (int pair = 0; pair < 4; pair++) {
      double[] deployed = TOWNS[pair] == 1 ? new double[] {0.75, 0.85} : new double[] {0.85, 0.75};
      assertThat(chances.factual()[pair])
          .isCloseTo(pair % 2 == 0 ? deployed[0] : 0.6, within(1e-12));
      assertThat(chances.counterfactual()[pair])
          .isCloseTo(pair % 2 == 0 ? deployed[1] : 0.6, within(1e-12));
    }
  }

  @Test
  void a_search_without_twins_says_what_it_lacks() {
    RepairSearch search = new RepairSearch(List.of(new Forms(List.of(west -> 0.85))), LIMITS);

    assertThatThrownBy(() -> search.propose(task()))
        .isInstanceOf(RepairException.class)
        .hasMessage(
            "To lower counterfactual bias a search must know what rows would be under another value of the attribute; flip it.");
  }

  @Test
  void a_method_that_says_nothing_of_twins_does_not_apply() {
    Searchable silent =
        new Searchable() {
          @Override
          public Method method() {
            return METHOD;
          }

          @Override
          public List<Candidate> candidates(RepairTask task) {
            return List.of(
                new Candidate(METHOD, "", TARGETS, () -> Loans.proposal(new Loans.Shift(0))));
          }

          @Override
          public Proposal propose(RepairTask task) {
            throw new AssertionError("it is not asked");
          }
        };

    assertThatThrownBy(
            () -> new RepairSearch(List.of(silent), LIMITS).propose(task().withTwins(twins())))
        .hasMessage("No method applies: made: it does not say what it answers about rows' twins.");
  }

  @Test
  void twins_are_of_rows_of_the_task_and_of_the_same_individual() {
    Twins twins = twins();
    int[] shifted = IntStream.range(0, ROWS).map(pair -> (pair + 1) % ROWS).toArray();
    CounterfactualPairs others =
        new CounterfactualPairs(
            "town",
            twins.pairs().factual(),
            twins.pairs().counterfactual(),
            Relation.OTHER_INDIVIDUAL);

    assertThatThrownBy(() -> task().withTwins(new Twins(twins.pairs(), shifted, twins.answers())))
        .hasMessage(
            "Pair 1 is said to be of row 2, but it is not: there is no such row, or its class is another.");
    assertThatThrownBy(() -> new Twins(others, twins.rows(), twins.answers()))
        .hasMessageContaining("these pairs are of different people");
    assertThatThrownBy(() -> new Twins(twins.pairs(), new int[0], twins.answers()))
        .hasMessage("There are 400 pairs, but 0 rows and 400 answers; twins need one of each.");
    assertThat(task().withTwins(twins).select(new int[] {1}).twins()).isEqualTo(Optional.empty());
  }
}
