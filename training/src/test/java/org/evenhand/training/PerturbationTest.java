package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NewModel;
import org.evenhand.core.Progress;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.ImageModelExporter;
import org.evenhand.onnx.ImageNetworkReader;
import org.evenhand.onnx.ImagePatch;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.Repair;
import org.evenhand.repair.RepairTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repairs that change images before the deployed network reads them. */
class PerturbationTest {
  private static final List<Integer> SHAPE = List.of(3, 16, 16);
  private static final PerturbationSettings SETTINGS =
      new PerturbationSettings(15, 32, 0.02, 0.01, 0.2, Device.CPU, 2);

  /** A deployed network that says what the last channel shows, where the upper half is unclear. */
  private static ImageNetwork biased() {
    return DeployedTraining.train(
        Pictures.biased(600, SHAPE, 1, 0.9).set(),
        "b",
        ModelKind.of("vanilla"),
        Head.Link.SOFTMAX,
        TrainingSettings.of(Backbone.of("small-cnn", 4))
            .withEpochs(8, 8)
            .withSteps(32, 1e-2, 1e-4)
            .withDevice(Device.CPU, 2),
        1,
        Progress.NONE);
  }

  private static Repair repair(String which, ImageNetwork network) {
    return switch (which) {
      case "border" -> new FairReprogramming(network, FairReprogramming.Trigger.BORDER, SETTINGS);
      case "patch" -> new FairReprogramming(network, FairReprogramming.Trigger.PATCH, SETTINGS);
      default -> new FairPerturbation(network, SETTINGS);
    };
  }

  private static GroupSummary summary(LabelledSet rows, Answers answers) {
    return GroupSummary.of(
        rows.target(),
        rows.attribute("b"),
        answers.decisions(DecisionRule.MOST_PROBABLE),
        rows.weights());
  }

  @ParameterizedTest
  @ValueSource(strings = {"border", "patch", "generator"})
  void a_perturbation_lowers_the_bias_of_a_network_that_it_only_reads(
      String which, @TempDir Path folder) {
    Path file = folder.resolve("deployed.onnx");
    Path written = folder.resolve("perturbed.onnx");
    ImageModelExporter.export(biased(), Classes.of("0", "1"), Head.Link.SOFTMAX, Map.of(), file);
    LabelledSet calibration = Pictures.biased(600, SHAPE, 20_000, 0.5).set();
    LabelledSet unseen = Pictures.biased(1_000, SHAPE, 40_000, 0.5).set();
    try (OnnxClassifier deployed = OnnxClassifier.open(file)) {
      Repair repair = repair(which, ImageNetworkReader.read(deployed));
      RepairTask task =
          RepairTask.of(calibration, deployed.answer(calibration.inputs()), List.of("b"));

      Proposal proposal = repair.propose(task);

      Answers after = proposal.change().applyTo(deployed).answer(unseen.inputs());
      GroupSummary before = summary(unseen, deployed.answer(unseen.inputs()));
      assertThat(before.modelBias()).isGreaterThan(0.2);
      assertThat(summary(unseen, after).modelBias()).isLessThan(before.modelBias() - 0.1);

      // The file that is written answers the same.
      ChangeWriter.write(
          deployed, proposal.change(), DecisionRule.MOST_PROBABLE, Map.of(), written);
      try (OnnxClassifier perturbed = OnnxClassifier.open(written)) {
        assertThat(((Answers.Soft) perturbed.answer(unseen.inputs())).logProbabilities())
            .containsExactly(((Answers.Soft) after).logProbabilities(), within(1e-4));
      }
    }
  }

  @Test
  void the_same_task_gives_the_same_trigger_whatever_the_threads() {
    ImageNetwork network = SmallNetworks.convolutional(List.of(2, 12, 8), 1);
    LabelledSet rows = Pictures.biased(120, List.of(2, 12, 8), 1, 0.5).set();
    Answers answers = new Answers.Soft(Classes.of("0", "1"), new double[240]);
    RepairTask task = RepairTask.of(rows, answers, List.of("b"));

    assertThat(proposed(network, task, 1))
        .usingRecursiveComparison()
        .isEqualTo(proposed(network, task, 3));
  }

  private static Object proposed(ImageNetwork network, RepairTask task, int threads) {
    PerturbationSettings settings = SETTINGS.withEpochs(2).withDevice(Device.CPU, threads);
    Proposal proposal =
        new FairReprogramming(network, FairReprogramming.Trigger.BORDER, settings).propose(task);
    return ((ImagePatch) ((NewModel) proposal.change()).network()).network();
  }

  @Test
  void rows_of_unknown_value_are_left_out_and_said() {
    ImageNetwork network = SmallNetworks.convolutional(List.of(2, 12, 8), 1);
    Pictures pictures = Pictures.biased(60, List.of(2, 12, 8), 1, 0.5);
    int[] values = pictures.b().clone();
    values[3] = Attribute.UNKNOWN;
    LabelledSet rows =
        LabelledSet.of(
            pictures.table(),
            pictures.set().target(),
            List.of(new Attribute("b", List.of("0", "1"), values)));
    Answers answers = new Answers.Soft(Classes.of("0", "1"), new double[120]);

    Proposal proposal =
        new FairReprogramming(network, FairReprogramming.Trigger.PATCH, SETTINGS.withEpochs(1))
            .propose(RepairTask.of(rows, answers, List.of("b")));

    assertThat(proposal.warnings())
        .containsExactly(
            "'b' is unknown for 1 calibration rows; the perturbation is trained on the others.");
  }

  @Test
  void a_network_for_other_classes_is_refused() {
    LabelledSet rows = Pictures.biased(60, List.of(8, 9, 2), 1, 0.5).set();
    Answers answers = new Answers.Soft(Classes.of("0", "1"), new double[120]);
    RepairTask task = RepairTask.of(rows, answers, List.of("b"));

    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(
            () -> new FairPerturbation(SmallNetworks.ofEveryLayer(1), SETTINGS).propose(task))
        .withMessage(
            "The network has 3 outputs for 2 classes; a perturbation needs one output a class.");
  }

  @Test
  void a_setting_out_of_its_range_is_refused() {
    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> SETTINGS.withEpochs(0))
        .withMessage("The number of epochs is 0; it must be at least 1.");
  }
}
