package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Progress;
import org.evenhand.core.Target;
import org.evenhand.onnx.ImagePatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployedTrainingTest {
  private static final List<Integer> SHAPE = List.of(3, 16, 16);

  private static final TrainingSettings SETTINGS =
      TrainingSettings.of(Backbone.of("small-cnn", 4))
          .withEpochs(8, 8)
          .withSteps(32, 1e-2, 1e-4)
          .withDevice(Device.CPU, 2);

  private static ImageNetwork train(LabelledSet set, ModelKind kind, Head.Link end) {
    return DeployedTraining.train(set, "b", kind, end, SETTINGS, 1, Progress.NONE);
  }

  /** Pictures in which every combination of t and b is as frequent as every other. */
  private static Pictures balanced(int rows, long seed) {
    return Pictures.of(rows, SHAPE, seed, row -> row % 2, row -> row / 2 % 2);
  }

  private static double accuracy(ImageNetwork network, Pictures pictures) {
    double[] answers = new ImagePatch(network).logProbabilities(pictures.table());
    int right = 0;
    for (int row = 0; row < pictures.t().length; row++) {
      right += (answers[2 * row + 1] > answers[2 * row] ? 1 : 0) == pictures.t()[row] ? 1 : 0;
    }
    return (double) right / pictures.t().length;
  }

  @ParameterizedTest
  @ValueSource(strings = {"vanilla", "adversarial", "contrastive", "unfair"})
  void every_kind_learns_the_target(String kind) {
    ImageNetwork network =
        train(Pictures.of(400, SHAPE, 1).set(), ModelKind.of(kind), Head.Link.SOFTMAX);

    assertThat(network.outputs()).isEqualTo(2);
    assertThat(accuracy(network, balanced(200, 10_000))).isGreaterThan(0.9);
  }

  @Test
  void a_sigmoid_end_has_one_output() {
    ImageNetwork network =
        train(Pictures.of(60, SHAPE, 1).set(), ModelKind.of("vanilla"), Head.Link.SIGMOID);

    assertThat(network.outputs()).isEqualTo(1);
  }

  @Test
  void a_sigmoid_end_needs_two_classes() {
    Pictures pictures = Pictures.of(8, SHAPE, 1);
    LabelledSet set =
        LabelledSet.of(
            pictures.table(),
            new Target("digit", Classes.of("0", "1", "2"), pictures.t()),
            pictures.set().attributes());

    assertThatThrownBy(() -> train(set, ModelKind.of("vanilla"), Head.Link.SIGMOID))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "A sigmoid end tells two classes apart, but the target 'digit' has 3; use a softmax end.");
  }

  @Test
  void a_row_without_the_attribute_is_named() {
    Pictures pictures = Pictures.of(8, SHAPE, 1);
    pictures.b()[4] = Attribute.UNKNOWN;

    assertThatThrownBy(() -> train(pictures.set(), ModelKind.of("unfair"), Head.Link.SOFTMAX))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "The attribute 'b' of row 5 is not known, but a model of kind unfair is trained with everybody's; leave such rows out.");
  }

  @Test
  void a_kind_that_is_not_there() {
    assertThatThrownBy(() -> ModelKind.of("fair"))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "There is no kind of model 'fair'; the kinds are vanilla, adversarial, contrastive and unfair.");
  }
}
