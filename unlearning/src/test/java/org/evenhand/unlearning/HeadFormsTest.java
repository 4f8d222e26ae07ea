package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Change;
import org.evenhand.core.Classes;
import org.evenhand.core.Correction;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.EditedHead;
import org.evenhand.core.Formula;
import org.evenhand.core.Head;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.repair.Aim;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.EditThenCorrect;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Method;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairException;
import org.evenhand.repair.RepairSearch;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.SearchLimits;
import org.evenhand.repair.Searchable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads that a search can choose among: deep feature reweighting, and updates from groups. */
class HeadFormsTest {
  private static final HeadEditTest.Model MODEL =
      new HeadEditTest.Model(SmallWorld.biased().head().head());
  private static final LabelledSet CALIBRATION = HeadEditTest.rows(1_200, 0.8, 5, 1);
  private static final LabelledSet UNSEEN = HeadEditTest.rows(10_000, 0.5, 6, 1);

  static List<Searchable> methods() {
    return List.of(new FeatureReweighting(), new GroupUnlearning());
  }

  private static RepairTask task(LabelledSet rows, HeadEditTest.Model model) {
    return RepairTask.of(rows, model.answer(rows.inputs()), List.of("side"))
        .withHead(HeadTask.of(model, rows));
  }

  private static int[] decisions(Change change, LabelledSet rows) {
    return change.applyTo(MODEL).answer(rows.inputs()).decisions(DecisionRule.MOST_PROBABLE);
  }

  private static GroupSummary summary(LabelledSet rows, int[] decisions) {
    return GroupSummary.of(rows.target(), rows.attribute("side"), decisions, rows.weights());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void a_search_chooses_a_head_whose_gap_on_unseen_rows_is_smaller(Searchable method) {
    GroupSummary before =
        summary(UNSEEN, MODEL.answer(UNSEEN.inputs()).decisions(DecisionRule.MOST_PROBABLE));

    Proposal proposal =
        new RepairSearch(List.of(method), SearchLimits.of(Aim.MODEL_BIAS, 0.2))
            .propose(task(CALIBRATION, MODEL));
    GroupSummary after = summary(UNSEEN, decisions(proposal.change(), UNSEEN));

    assertThat(proposal.declined()).isEmpty();
    assertThat(proposal.change()).isInstanceOf(EditedHead.class);
    assertThat(before.modelBias()).isGreaterThan(0.2);
    assertThat(after.modelBias()).isLessThan(before.modelBias() / 3);
    assertThat(after.average()).isGreaterThan(before.average());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void a_form_is_judged_by_decisions_about_rows_that_it_was_not_fitted_on(Searchable method) {
    for (Candidate candidate : method.candidates(task(CALIBRATION, MODEL)).subList(0, 3)) {
      int[] fitted = decisions(candidate.proposal().get().change(), CALIBRATION);
      long differing =
          IntStream.range(0, fitted.length)
              .filter(row -> fitted[row] != candidate.decisions()[row])
              .count();
      assertThat(differing).isPositive().isLessThan(fitted.length / 10);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void without_a_head_it_does_not_apply(Searchable method) {
    RepairTask blackBox =
        RepairTask.of(CALIBRATION, MODEL.answer(CALIBRATION.inputs()), List.of("side"));

    assertThatThrownBy(() -> method.candidates(blackBox))
        .isInstanceOf(RepairException.class)
        .hasMessage(
            "Editing needs a model that shows its last layer, and this one does not; correct its answers instead.");
  }

  private static LabelledSet few() {
    int rows = 24;
    double[] a = new double[rows];
    double[] b = new double[rows];
    double[] side = new double[rows];
    int[] targets = new int[rows];
    int[] codes = new int[rows];
    for (int i = 0; i < rows; i++) {
      targets[i] = i % 3 == 0 ? 1 : 0;
      codes[i] = i * i % 7 < 4 ? 1 : 0;
      a[i] = (3 * i * i + 2 * i) % 11 / 5.0 - 1 + 0.5 * (2 * targets[i] - 1);
      b[i] = (5 * i * i + i) % 13 / 6.0 - 1;
      side[i] = 2 * codes[i] - 1;
    }
    return LabelledSet.of(
        Table.of(
            List.of(
                new NumericColumn("a", a),
                new NumericColumn("b", b),
                new NumericColumn("side", side))),
        new Target("t", Classes.of("0", "1"), targets),
        List.of(new Attribute("side", List.of("left", "right"), codes)));
  }

  /** The weighted and penalised likelihood, by SciPy's BFGS with a gradient below 1e-11. */
  @ParameterizedTest
  @CsvSource({
    "groups alike; fitted anew; ridge 0.01, 1.96510844, 0.39927647, 0.6688093, -0.03181832",
    "groups alike; fitted anew; ridge 1.0, 0.22485506, 0.03712373, 0.01860183, -0.00230112",
    "classes keep their shares; fitted anew; ridge 0.01, 1.84336621, 0.47937498, 0.52685217, -0.67125266",
    "classes keep their shares; fitted anew; ridge 1.0, 0.21213474, 0.05153278, 0.01695463, -0.15982995",
  })
  void reweighted_heads_are_those_of_an_independent_solver(
      String form, double a, double b, double side, double bias) {
    Head shape =
        new Head(
            Classes.of("0", "1"),
            new DenseLayer(3, 1, new float[3], new float[1]),
            true,
            Head.Link.SIGMOID);
    RepairTask task = task(few(), new HeadEditTest.Model(shape));

    Change change =
        new FeatureReweighting()
            .candidates(task).stream()
                .filter(candidate -> candidate.form().equals(form.replace(';', ',')))
                .findFirst()
                .orElseThrow()
                .proposal()
                .get()
                .change();

    DenseLayer layer = ((EditedHead) change).head().layer();
    double[] expected = {a, b, side};
    for (int j = 0; j < 3; j++) {
      assertThat(layer.weights()[j]).isCloseTo((float) expected[j], within(1e-6f));
    }
    assertThat(layer.bias()[0]).isCloseTo((float) bias, within(1e-6f));
  }

  @Test
  void the_stronger_the_pull_the_closer_the_head_stays_to_the_deployed_one() {
    float[] deployed = MODEL.head().layer().weights();
    List<Double> distances =
        new FeatureReweighting()
            .candidates(task(few(), MODEL)).stream()
                .filter(candidate -> candidate.form().startsWith("groups alike, near"))
                .map(candidate -> ((EditedHead) candidate.proposal().get().change()).head())
                .map(
                    head ->
                        IntStream.range(0, deployed.length)
                            .mapToDouble(j -> Math.abs(head.layer().weights()[j] - deployed[j]))
                            .sum())
                .toList();

    assertThat(distances)
        .hasSize(5)
        .isSortedAccordingTo((one, other) -> Double.compare(other, one));
  }

  @Test
  void counterparts_are_of_the_same_class_and_another_value_and_every_such_value_has_its_turn() {
    int rows = 60;
    int[] targets = new int[rows];
    int[] values = new int[rows];
    double[] features = new double[rows];
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    for (int row = 0; row < rows; row++) {
      targets[row] = row % 2;
      values[row] = row / 2 % 3;
      features[row] = row;
    }
    PairRows pairs = GroupUnlearning.pairs(new HeadRows(1, features, targets, ones), values, 1);

    assertThat(pairs.size()).isEqualTo(rows);
    assertThat(pairs.relation()).isEqualTo(Relation.OTHER_INDIVIDUAL);
    assertThat(pairs.counterfactual().targets()).isEqualTo(pairs.factual().targets());
    long[] kinds = new long[9];
    for (int pair = 0; pair < rows; pair++) {
      assertThat(pairs.to()[pair])
          .isNotEqualTo(pairs.from()[pair])
          .isEqualTo(values[(int) pairs.counterfactual().features()[pair]]);
      kinds[3 * pairs.from()[pair] + pairs.to()[pair]]++;
    }
    assertThat(kinds).containsExactly(0, 10, 10, 10, 0, 10, 10, 10, 0);
  }

  /** Adds two nats to the second class, and remembers the answers that it learned from. */
  private static final class Shifting implements Repair {
    private final List<Answers> seen = new ArrayList<>();

    @Override
    public Method method() {
      return FeatureReweighting.METHOD;
    }

    @Override
    public Proposal propose(RepairTask task) {
      seen.add(task.answers());
      return new Proposal(
          method(),
          task.attributes(),
          new Proposal.Variant("shift", "shift", "shifted", "shifted"),
          List.of(),
          "",
          Optional.empty(),
          new Shift(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty());
    }
  }

  private record Shift() implements Correction {
    @Override
    public int classes() {
      return 2;
    }

    @Override
    public List<Patch> patches() {
      return List.of();
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.everywhere(new float[] {0, 2});
    }
  }

  @Test
  void what_corrects_after_an_edit_learns_from_the_edited_models_answers() {
    Shifting shifting = new Shifting();
    FeatureReweighting dfr = new FeatureReweighting();
    EditThenCorrect both = new EditThenCorrect(FeatureReweighting.METHOD, dfr, shifting);
    DeployedModel edited = dfr.propose(task(CALIBRATION, MODEL)).change().applyTo(MODEL);

    Change change = both.propose(task(CALIBRATION, MODEL)).change();

    Answers.Soft answers = (Answers.Soft) edited.answer(CALIBRATION.inputs());
    assertThat(((Answers.Soft) shifting.seen.get(0)).logProbabilities())
        .isEqualTo(answers.logProbabilities());
    assertThat(decisions(change, UNSEEN))
        .isEqualTo(
            edited
                .answer(UNSEEN.inputs())
                .decisions(DecisionRule.threshold(1 / (1 + Math.exp(2)))));
  }

  @Test
  void both_are_fitted_without_the_rows_that_they_are_judged_on() {
    Shifting shifting = new Shifting();
    List<Candidate> candidates =
        new EditThenCorrect(FeatureReweighting.METHOD, new FeatureReweighting(), shifting)
            .candidates(task(CALIBRATION, MODEL));

    assertThat(candidates).hasSize(1);
    assertThat(shifting.seen).hasSize(5).allMatch(answers -> answers.rows() == 960);
  }
}
