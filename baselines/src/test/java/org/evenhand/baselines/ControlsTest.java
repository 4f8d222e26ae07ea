package org.evenhand.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.repair.Access;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlsTest {
  private static final Loans LOANS =
      new Loans()
          .add(6, "east", 0, 2)
          .add(2, "east", 1, 0.5)
          .add(1, "west", 0, 1)
          .add(3, "west", 1, -2);

  private static double[] probabilities(Answers answers) {
    return Arrays.stream(((Answers.Soft) answers).logProbabilities()).map(Math::exp).toArray();
  }

  @Test
  void the_constant_answer_is_the_share_of_the_classes_and_advises_against_itself() {
    Proposal proposal = new Constant().propose(LOANS.task());

    double[] answered =
        probabilities(((Correction) proposal.change()).apply(LOANS.answers(), LOANS.inputs()));

    for (int row = 0; row < 12; row++) {
      assertThat(answered[2 * row]).isCloseTo(7.0 / 12, within(1e-7));
    }
    assertThat(proposal.declined()).contains("it decides one class for everybody.");
  }

  @Test
  void a_written_constant_model_answers_as_the_library_does(@TempDir Path folder) {
    Table inputs = LOANS.inputs().only(List.of("x"));
    Path model = folder.resolve("model.onnx");
    Path constant = folder.resolve("constant.onnx");
    NetworkExporter.exportClassifier(
        new PatchNetwork(
            TableEncoder.fit(inputs),
            List.of(new DenseLayer(1, 2, new float[] {-3, 3}, new float[2]))),
        Map.of(),
        model);
    Proposal proposal = new Constant().propose(LOANS.task());

    try (OnnxClassifier deployed = OnnxClassifier.open(model)) {
      ChangeWriter.write(
          deployed, proposal.change(), DecisionRule.MOST_PROBABLE, Map.of(), constant);
    }

    try (OnnxClassifier fused = OnnxClassifier.open(constant)) {
      double[] expected =
          probabilities(((Correction) proposal.change()).apply(LOANS.answers(), LOANS.inputs()));
      assertThat(probabilities(fused.answer(inputs))).containsExactly(expected, within(1e-6));
    }
  }

  /** Remembers what it was asked to learn, and answers that nothing is known. */
  private static final class Listener implements PatchTrainer {
    private double[] labels = {};
    private double[] weights = {};

    @Override
    public Patch train(
        Table inputs, double[] softLabels, int outputs, double[] rowWeights, long seed) {
      labels = softLabels;
      weights = rowWeights;
      return new PatchNetwork(
          TableEncoder.fit(inputs), List.of(new DenseLayer(3, 2, new float[6], new float[2])));
    }
  }

  @Test
  void without_the_deployed_model_every_group_counts_alike() {
    Listener trainer = new Listener();

    Correction change = (Correction) new NoModel(trainer).propose(LOANS.task()).change();

    double[] sixth = new double[6];
    Arrays.fill(sixth, 1.0 / 6);
    assertThat(Arrays.copyOf(trainer.weights, 6)).containsExactly(sixth, within(1e-12));
    assertThat(Arrays.copyOfRange(trainer.weights, 6, 12))
        .containsExactly(new double[] {0.5, 0.5, 1, 1.0 / 3, 1.0 / 3, 1.0 / 3}, within(1e-12));
    assertThat(Arrays.copyOf(trainer.labels, 2)).containsExactly(1, 0);
    assertThat(Arrays.copyOfRange(trainer.labels, 14, 16)).containsExactly(0, 1);
    double[] halves = new double[24];
    Arrays.fill(halves, 0.5);
    assertThat(probabilities(change.apply(LOANS.answers(), LOANS.inputs())))
        .containsExactly(halves, within(1e-12));
  }

  @Test
  void a_last_layer_over_all_layers_is_fitted_to_groups_that_count_alike() {
    Listener ofRows = new Listener();
    Listener ofLayers = new Listener();
    new NoModel(ofRows).propose(LOANS.task());

    Proposal proposal = new LayerReweighting(ofLayers).propose(LOANS.task());

    assertThat(ofLayers.weights).isEqualTo(ofRows.weights);
    assertThat(ofLayers.labels).isEqualTo(ofRows.labels);
    assertThat(proposal.method().code()).isEqualTo("dfr-layers");
    assertThat(proposal.method().access()).isEqualTo(Access.WEIGHTS);
    assertThat(proposal.cautions())
        .containsExactly(
            "The deployed network's last layer is not asked any more: its probabilities are those of the new one.");
  }

  @Test
  void groups_are_balanced_by_one_attribute_and_rows_of_unknown_value_are_left_out() {
    LabelledSet rows = LOANS.rows();
    int[] codes = rows.attribute("town").codes().clone();
    codes[0] = Attribute.UNKNOWN;
    LabelledSet unknown =
        LabelledSet.of(
            rows.inputs(),
            rows.target(),
            List.of(
                new Attribute("town", List.of("east", "west"), codes),
                new Attribute("sex", List.of("f"), new int[12])));

    assertThat(NoModel.balanced(RepairTask.of(unknown, LOANS.answers(), Loans.TOWN)))
        .startsWith(0, 0.2);
    assertThatThrownBy(
            () -> NoModel.balanced(RepairTask.of(unknown, LOANS.answers(), List.of("town", "sex"))))
        .isInstanceOf(BaselinesException.class)
        .hasMessageStartingWith(
            "Groups are balanced by one attribute, but 2 are named: town, sex;");
  }
}
