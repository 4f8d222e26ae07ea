package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Progress;
import org.evenhand.core.Target;
import org.evenhand.core.TensorColumn;
import org.evenhand.onnx.ImagePatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

  /** Those that read no attribute. */
  private static List<ModelKind> blind() {
    return List.of(
        new ModelKind.FromFailure(0.7, 0.7),
        new ModelKind.Disentangled(0.7, 0.7, 3),
        new ModelKind.Independent(1, 4));
  }

  @ParameterizedTest
  @MethodSource("blind")
  void kinds_that_read_no_attribute_learn_the_target_of_rows_without_one(ModelKind kind) {
    Pictures pictures = halves(400, 1, row -> row % 20 < 2 ? 1 - row % 2 : row % 2);
    int[] unknown = new int[400];
    Arrays.fill(unknown, Attribute.UNKNOWN);
    LabelledSet set = new Pictures(pictures.column(), pictures.t(), unknown).set();

    ImageNetwork network = train(set, kind, Head.Link.SOFTMAX);

    assertThat(network.outputs()).isEqualTo(2);
    assertThat(accuracy(network, halves(200, 10_000, row -> row / 2 % 2))).isGreaterThan(0.9);
  }

  /**
   * Noise whose upper half is light where t = 1 and whose lower half where t = 0, so that colours
   * alone do not tell; the last channel is light where b = 1. Half of the rows have t = 1.
   */
  private static Pictures halves(int rows, long seed, IntUnaryOperator b) {
    int[] targets = IntStream.range(0, rows).map(row -> row % 2).toArray();
    int[] attributes = IntStream.range(0, rows).map(b).toArray();
    TensorColumn.Source source =
        (row, into, offset) -> {
          SplittableRandom random = new SplittableRandom(seed + row);
          for (int i = 0; i < 3 * 16 * 16; i++) {
            boolean upper = i / 16 % 16 < 8;
            double light = random.nextDouble();
            light += upper == (targets[row] == 1) ? 1 : 0;
            light += i >= 2 * 16 * 16 ? 2 * attributes[row] : 0;
            into[offset + i] = (float) light;
          }
        };
    return new Pictures(TensorColumn.of("image", SHAPE, rows, source), targets, attributes);
  }

  @ParameterizedTest
  @MethodSource("blind")
  void what_they_remember_of_rows_and_batches_outlives_the_program(
      ModelKind kind, @TempDir Path folder) {
    LabelledSet set = Pictures.of(60, SHAPE, 1).set();
    TrainingSettings settings = SETTINGS.withEpochs(3, 3);
    TrainingSettings kept = settings.withCheckpoints(folder);
    Progress ended =
        (task, done, total) -> {
          if (2 * done > total) {
            throw new IllegalStateException("ended");
          }
        };

    assertThatThrownBy(() -> train(set, kind, kept, ended)).hasMessage("ended");
    assertThat(folder).isNotEmptyDirectory();
    ImageNetwork resumed = train(set, kind, kept, Progress.NONE);

    assertThat(resumed)
        .usingRecursiveComparison()
        .isEqualTo(train(set, kind, settings, Progress.NONE));
  }

  private static ImageNetwork train(
      LabelledSet set, ModelKind kind, TrainingSettings settings, Progress progress) {
    return DeployedTraining.train(set, "b", kind, Head.Link.SOFTMAX, settings, 1, progress);
  }

  @Test
  void kinds_with_numbers_out_of_their_range() {
    assertThatThrownBy(() -> new ModelKind.FromFailure(0, 0.7))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The power is 0.0; it must be above 0 and at most 1.");
    assertThatThrownBy(() -> new ModelKind.FromFailure(0.7, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The share kept is 1.0; it must be at least 0 and below 1.");
    assertThatThrownBy(() -> new ModelKind.Disentangled(0.7, 0.7, -1))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The number of batches before swaps is -1; it must be at least 0.");
    assertThatThrownBy(() -> new ModelKind.Independent(0, 16))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The weight is 0.0; it must be positive.");
    assertThatThrownBy(() -> new ModelKind.Independent(1, 0))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The width of the colour network is 0; it must be at least 1.");
  }

  @Test
  void dependence_does_not_show_in_three_images() {
    assertThatThrownBy(
            () ->
                train(
                    Pictures.of(3, SHAPE, 1).set(),
                    new ModelKind.Independent(1, 4),
                    Head.Link.SOFTMAX))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "A batch has 3 images, but the dependence of two networks shows in 4 at least; give more rows or larger batches.");
  }

  @Test
  void checkpoints_change_nothing_and_are_gone_at_the_end(@TempDir Path folder) {
    LabelledSet set = Pictures.of(60, SHAPE, 1).set();
    TrainingSettings settings = SETTINGS.withEpochs(2, 2);

    // Contrast has two trainings, one after the other.
    ImageNetwork kept =
        DeployedTraining.train(
            set,
            "b",
            ModelKind.of("contrastive"),
            Head.Link.SOFTMAX,
            settings.withCheckpoints(folder),
            1,
            Progress.NONE);

    assertThat(folder).isEmptyDirectory();
    assertThat(kept)
        .usingRecursiveComparison()
        .isEqualTo(
            DeployedTraining.train(
                set,
                "b",
                ModelKind.of("contrastive"),
                Head.Link.SOFTMAX,
                settings,
                1,
                Progress.NONE));
  }

  @Test
  void fair_kinds_are_less_biased_than_the_others() {
    // What is seen of the target is wrong in one of five pictures, so that the attribute, which
    // agrees with it in nine of ten, says more. Measured with seeds 1 to 3 (adversarial: to 6):
    // Model
    // Bias 0.90 to 0.99 (vanilla), 0.96 to 1.00 (unfair), 0.01 to 0.09 (adversarial), 0.42 to 0.59
    // (contrastive). With three times the learning rate the contest is decided by chance.
    LabelledSet set = Pictures.biased(2_000, SHAPE, 1, 0.9).set();
    Pictures test = Pictures.biased(2_000, SHAPE, 99, 0.5);
    TrainingSettings settings =
        TrainingSettings.of(Backbone.of("small-cnn", 8))
            .withEpochs(10, 5)
            .withSteps(64, 1e-3, 1e-4)
            .withDevice(Device.CPU, 2);
    Map<String, Double> biases = new HashMap<>();
    for (String kind : List.of("vanilla", "adversarial", "contrastive", "unfair")) {
      ImageNetwork network =
          DeployedTraining.train(
              set, "b", ModelKind.of(kind), Head.Link.SOFTMAX, settings, 1, Progress.NONE);
      biases.put(kind, modelBias(network, test));
    }

    assertThat(biases.get("vanilla")).isGreaterThan(0.8);
    assertThat(biases.get("unfair")).isGreaterThan(0.8);
    assertThat(biases.get("adversarial")).isLessThan(0.75);
    assertThat(biases.get("contrastive")).isLessThan(0.75);
  }

  /** Mean over targets of the gap between the attribute's two accuracies. */
  private static double modelBias(ImageNetwork network, Pictures pictures) {
    double[] answers = new ImagePatch(network).logProbabilities(pictures.table());
    double[][] right = new double[2][2];
    double[][] all = new double[2][2];
    for (int row = 0; row < pictures.t().length; row++) {
      int t = pictures.t()[row];
      int b = pictures.b()[row];
      right[t][b] += (answers[2 * row + 1] > answers[2 * row] ? 1 : 0) == t ? 1 : 0;
      all[t][b]++;
    }
    return (Math.abs(right[0][0] / all[0][0] - right[0][1] / all[0][1])
            + Math.abs(right[1][0] / all[1][0] - right[1][1] / all[1][1]))
        / 2;
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
