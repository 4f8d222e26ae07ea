package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.CounterfactualPairs;
import org.evenhand.core.EditedHead;
import org.evenhand.core.Head;
import org.evenhand.core.HeadedClassifier;
import org.evenhand.core.InputColumn;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Provenance;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.repair.Fact;
import org.evenhand.repair.FactGroup;
import org.evenhand.repair.FactTable;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairException;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Value;
import org.junit.jupiter.api.Test;

/** The unlearning as a repair says what the unlearning says. */
class HeadEditTest {
  private static final Classes CLASSES = Classes.of("0", "1");
  private static final List<String> SIDE = List.of("side");
  private static final Model MODEL = new Model(SmallWorld.biased().head().head());
  private static final UnlearningSettings SETTINGS =
      UnlearningSettings.DEFAULT.withUpdates(List.of(new Consistency(), new DirectDescent()));

  private static final LabelledSet TRAINING = rows(600, 0.8, 1, 1);
  private static final CounterfactualPairs PAIRS =
      new CounterfactualPairs(
          "side",
          rows(200, 0.5, 2, 1),
          rows(200, 0.5, 2, -1),
          CounterfactualPairs.Relation.SAME_INDIVIDUAL);

  /** The two features and the side (1 or -1) are columns, and what the head reads. */
  record Model(Head head) implements HeadedClassifier {
    @Override
    public double[] features(Table inputs) {
      List<double[]> columns =
          List.of("a", "b", "side").stream()
              .map(name -> ((NumericColumn) inputs.column(name)).values())
              .toList();
      double[] features = new double[3 * inputs.rows()];
      for (int i = 0; i < features.length; i++) {
        features[i] = columns.get(i % 3)[i / 3];
      }
      return features;
    }

    @Override
    public Answers answer(Table inputs) {
      return head.answers(features(inputs));
    }

    @Override
    public Classes classes() {
      return CLASSES;
    }

    @Override
    public List<InputColumn> inputs() {
      return List.of("a", "b", "side").stream()
          .map(name -> new InputColumn(name, InputColumn.Kind.NUMBER))
          .toList();
    }

    @Override
    public String describe() {
      return "three columns and a head";
    }

    @Override
    public List<String> warnings(Table table) {
      return List.of();
    }

    @Override
    public Provenance.Artefact artefact() {
      return new Provenance.Artefact("model", "three columns", "00", 1);
    }

    @Override
    public void close() {}
  }

  /** A factor of -1 gives the same rows with the other side. */
  static LabelledSet rows(int count, double aligned, long seed, int factor) {
    Random random = new Random(seed);
    double[] a = new double[count];
    double[] b = new double[count];
    double[] side = new double[count];
    int[] targets = new int[count];
    int[] codes = new int[count];
    double[] weights = new double[count];
    for (int row = 0; row < count; row++) {
      targets[row] = random.nextInt(2);
      int sign = 2 * targets[row] - 1;
      a[row] = 0.8 * sign + random.nextGaussian();
      b[row] = 0.5 * sign + random.nextGaussian();
      side[row] = factor * (random.nextDouble() < aligned ? sign : -sign);
      codes[row] = side[row] > 0 ? 1 : 0;
      weights[row] = 1;
    }
    return new LabelledSet(
        Table.of(
            List.of(
                new NumericColumn("a", a),
                new NumericColumn("b", b),
                new NumericColumn("side", side))),
        new Target("t", CLASSES, targets),
        List.of(new Attribute("side", List.of("left", "right"), codes)),
        weights);
  }

  private static HeadTask inside(String trainingName, Optional<LabelledSet> check) {
    return new HeadTask(MODEL, trainingName, TRAINING, Optional.empty(), List.of(PAIRS), check);
  }

  private static RepairTask task(HeadTask inside) {
    return RepairTask.of(TRAINING, MODEL.answer(TRAINING.inputs()), SIDE)
        .withHead(inside)
        .withSeed(3);
  }

  private static Proposal propose() {
    return new HeadEdit(SETTINGS).propose(task(inside("train", Optional.empty())));
  }

  private static UnlearningProposal found() {
    return Unlearning.propose(
        TrainedHead.of(MODEL.head(), HeadRows.of(MODEL, TRAINING))
            .withAttribute(TRAINING.attribute("side").codes()),
        PairRows.of(MODEL, PAIRS),
        SETTINGS.withSeed(3));
  }

  private static double number(Value value) {
    return ((Value.Quantity) value).number();
  }

  private static Value fact(Proposal proposal, String group, String key) {
    return proposal.details().stream()
        .filter(detail -> detail.key().equals(group))
        .flatMap(detail -> ((FactGroup) detail).details().stream())
        .filter(detail -> detail.key().equals(key))
        .map(detail -> ((Fact) detail).value())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void it_proposes_the_unlearnings_head() {
    Proposal proposal = propose();
    UnlearningProposal found = found();

    assertThat(proposal.method()).isEqualTo(HeadEdit.METHOD);
    assertThat(proposal.attributes()).isEqualTo(SIDE);
    assertThat(proposal.variant().code()).isEqualTo(found.update().code());
    assertThat(proposal.declined()).isEmpty();
    assertThat(proposal.alternatives()).isEmpty();
    assertThat(((EditedHead) proposal.change()).head().layer().weights())
        .isEqualTo(found.head().layer().weights());
    assertThat(proposal.settings())
        .extracting(Fact::value)
        .containsExactly(new Value.Text(found.settings()));
  }

  @Test
  void its_candidates_stand_below_the_deployed_head_and_the_chosen_one_is_marked() {
    FactTable table = propose().candidates().orElseThrow();
    UnlearningProposal found = found();

    assertThat(table.rows()).hasSize(3);
    assertThat(table.rows().get(0).get(0)).isEqualTo(new Value.Text("deployed"));
    assertThat(number(table.rows().get(0).get(2))).isEqualTo(found.before().bias());
    assertThat(number(table.rows().get(0).get(3))).isEqualTo(found.before().accuracy());
    List<Value> chosen = table.rows().get(table.chosen().orElseThrow());
    assertThat(chosen.get(0)).isEqualTo(new Value.Text(found.update().code()));
    assertThat(number(chosen.get(2))).isEqualTo(found.after().bias());
    assertThat(number(chosen.get(3))).isEqualTo(found.after().accuracy());
  }

  @Test
  void predicted_and_cross_validated_change_stand_with_the_certificate() {
    Proposal proposal = propose();
    UnlearningProposal found = found();

    assertThat(number(fact(proposal, "edit", "predicted_bias_change")))
        .isEqualTo(found.predictedChange())
        .isNegative();
    assertThat(number(fact(proposal, "edit", "cross_validated_bias_change")))
        .isEqualTo(found.after().bias() - found.before().bias())
        .isNegative();
    assertThat(number(fact(proposal, "edit", "parameters"))).isEqualTo(4);
    assertThat(number(fact(proposal, "edit", "condition_number")))
        .isEqualTo(found.certificate().conditionNumber());
  }

  @Test
  void the_rows_that_it_was_made_from_are_counted() {
    Proposal proposal =
        new HeadEdit(SETTINGS).propose(task(inside("train", Optional.of(rows(150, 0.5, 4, 1)))));

    assertThat(fact(proposal, "rows", "hessian_from")).isEqualTo(new Value.Text("train"));
    assertThat(number(fact(proposal, "rows", "hessian_rows"))).isEqualTo(600);
    assertThat(number(fact(proposal, "rows", "pairs"))).isEqualTo(200);
    assertThat(number(fact(proposal, "rows", "check_rows"))).isEqualTo(150);
    assertThat(number(fact(propose(), "rows", "check_rows"))).isZero();
  }

  @Test
  void every_edit_comes_with_what_it_does_not_do() {
    assertThat(propose().cautions())
        .anyMatch(caution -> caution.contains("bias through such proxies is neither measured"))
        .anyMatch(caution -> caution.contains("the accuracy of single groups may rise or fall"))
        .anyMatch(caution -> caution.contains("validate it as you would a new one"))
        .noneMatch(caution -> caution.contains("The Hessian comes from"));
  }

  @Test
  void a_hessian_of_other_than_the_training_rows_is_said_to_be_one() {
    Proposal proposal =
        new HeadEdit(SETTINGS).propose(task(inside("calibration", Optional.empty())));

    assertThat(proposal.cautions())
        .anyMatch(
            caution ->
                caution.startsWith(
                    "The Hessian comes from calibration, not from the rows that the model was trained on."));
  }

  @Test
  void a_model_that_does_not_read_the_attribute_has_nothing_to_unlearn() {
    Model fair = new Model(SmallWorld.fair().head().head());
    HeadTask inside =
        new HeadTask(fair, "train", TRAINING, Optional.empty(), List.of(PAIRS), Optional.empty());

    assertThat(new HeadEdit(SETTINGS).propose(task(inside)).declined())
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("no admissible edit lowers the bias"));
  }

  @Test
  void a_black_box_and_a_task_without_pairs_are_refused() {
    RepairTask blackBox = RepairTask.of(TRAINING, MODEL.answer(TRAINING.inputs()), SIDE);
    HeadEdit edit = new HeadEdit(SETTINGS);

    assertThatThrownBy(() -> edit.propose(blackBox))
        .isInstanceOf(RepairException.class)
        .hasMessageStartingWith("Editing needs a model that shows its last layer");
    assertThatThrownBy(() -> edit.propose(blackBox.withHead(HeadTask.of(MODEL, TRAINING))))
        .isInstanceOf(UnlearningException.class)
        .hasMessage("There are no counterfactual pairs to unlearn from.");
  }
}
