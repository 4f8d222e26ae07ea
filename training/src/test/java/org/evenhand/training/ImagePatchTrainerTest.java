package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Progress;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.onnx.ImagePatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePatchTrainerTest {
  private static TrainingSettings tiny(String backbone, int width) {
    return TrainingSettings.of(Backbone.of(backbone, width))
        .withEpochs(8, 8)
        .withSteps(16, 1e-2, 1e-4)
        .withDevice(Device.CPU, 1);
  }

  private static ImagePatch train(TrainingSettings settings, Pictures pictures, long seed) {
    return new ImagePatchTrainer(settings, Progress.NONE)
        .train(pictures.table(), Pictures.oneHot(pictures.b()), 2, pictures.ones(), seed);
  }

  private static double accuracy(ImagePatch patch, Pictures pictures) {
    double[] answers = patch.logProbabilities(pictures.table());
    int right = 0;
    for (int row = 0; row < pictures.b().length; row++) {
      right += (answers[2 * row + 1] > answers[2 * row] ? 1 : 0) == pictures.b()[row] ? 1 : 0;
    }
    return (double) right / pictures.b().length;
  }

  @ParameterizedTest
  @CsvSource({"small-cnn, 4", "mlp, 8", "resnet18, 4", "resnet34, 4", "vit, 16"})
  void every_backbone_learns_what_can_be_seen(String backbone, int width) {
    ImagePatch patch = train(tiny(backbone, width), Pictures.of(200, List.of(3, 16, 16), 1), 7);

    assertThat(accuracy(patch, Pictures.of(100, List.of(3, 16, 16), 1_000))).isGreaterThan(0.95);
  }

  @Test
  void images_with_channels_last_are_the_same_images() {
    ImagePatch patch = train(tiny("small-cnn", 4), Pictures.of(200, List.of(16, 12, 3), 1), 7);

    assertThat(patch.network().layers().get(0)).isInstanceOf(ImageLayer.ChannelsFirst.class);
    assertThat(accuracy(patch, Pictures.of(100, List.of(16, 12, 3), 1_000))).isGreaterThan(0.95);
  }

  @Test
  void a_patch_may_look_at_a_smaller_picture() {
    ImagePatch patch =
        train(tiny("small-cnn", 4).withLargestSide(7), Pictures.of(200, List.of(3, 16, 16), 1), 7);

    // 16 pixels are at most 7 only if squares of 3 are averaged.
    assertThat(patch.network().layers().get(0)).isEqualTo(new ImageLayer.AveragePool(3));
    assertThat(accuracy(patch, Pictures.of(100, List.of(3, 16, 16), 1_000))).isGreaterThan(0.95);
  }

  @Test
  void certain_noise_is_answered_by_its_frequency() {
    Pictures pictures = Pictures.of(400, List.of(1, 8, 8), 1, row -> 0, row -> 0);
    double[] labels = new double[800];
    for (int row = 0; row < 400; row++) {
      labels[2 * row] = 0.8;
      labels[2 * row + 1] = 0.2;
    }

    ImagePatch patch =
        new ImagePatchTrainer(tiny("small-cnn", 2), Progress.NONE)
            .train(pictures.table(), labels, 2, pictures.ones(), 3);

    double[] answers = patch.logProbabilities(pictures.table());
    for (int row = 0; row < 400; row++) {
      assertThat(Math.exp(answers[2 * row])).isEqualTo(0.8, within(0.1));
    }
  }

  @Test
  void the_same_seed_gives_the_same_network_and_another_one_another() {
    Pictures pictures = Pictures.of(60, List.of(3, 12, 12), 1);
    TrainingSettings settings = tiny("small-cnn", 4).withEpochs(2, 2).withFlips(true);

    ImageNetwork first = train(settings, pictures, 5).network();

    assertThat(first).usingRecursiveComparison().isEqualTo(train(settings, pictures, 5).network());
    assertThat(first)
        .usingRecursiveComparison()
        .isNotEqualTo(train(settings, pictures, 6).network());
  }

  @ParameterizedTest
  @CsvSource({"small-cnn, 4", "vit, 32"})
  void the_number_of_threads_changes_nothing(String backbone, int width) {
    Pictures pictures = Pictures.of(150, List.of(3, 16, 16), 1);
    TrainingSettings settings = tiny(backbone, width).withEpochs(2, 2).withSteps(128, 1e-2, 1e-4);

    // 135 rows are two batches of 67 and 68, each in two parts.
    assertThat(train(settings.withDevice(Device.CPU, 3), pictures, 5).network())
        .usingRecursiveComparison()
        .isEqualTo(train(settings, pictures, 5).network());
  }

  @Test
  void rows_of_weight_zero_are_as_if_they_were_not_there() {
    Pictures pictures = Pictures.of(60, List.of(3, 12, 12), 1);
    TrainingSettings settings = tiny("small-cnn", 4).withEpochs(2, 2);
    double[] weights = pictures.ones();
    Arrays.fill(weights, 40, 60, 0);
    Table some = pictures.table().slice(0, 40);
    double[] labels = Pictures.oneHot(pictures.b());
    ImagePatchTrainer trainer = new ImagePatchTrainer(settings, Progress.NONE);

    assertThat(trainer.train(pictures.table(), labels, 2, weights, 5))
        .usingRecursiveComparison()
        .isEqualTo(
            trainer.train(
                some, Arrays.copyOf(labels, 80), 2, Arrays.copyOf(pictures.ones(), 40), 5));
  }

  @Test
  void a_table_without_images_is_refused() {
    Table numbers = Table.of(List.of(new NumericColumn("age", new double[] {1, 2})));
    ImagePatchTrainer trainer = new ImagePatchTrainer(tiny("mlp", 2), Progress.NONE);

    assertThatThrownBy(() -> trainer.train(numbers, new double[] {1, 1}, 1, new double[] {1, 1}, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "A network over images reads exactly one column of images, but the table has 0 among its columns [age].");
  }

  @Test
  void rows_that_cannot_be_learnt_from_are_named() {
    Table images = Pictures.of(2, List.of(1, 4, 4), 1).table();
    ImagePatchTrainer trainer = new ImagePatchTrainer(tiny("mlp", 2), Progress.NONE);
    double[] certain = {1, 0, 0, 1};
    double[] ones = {1, 1};

    assertThatThrownBy(() -> trainer.train(images, new double[] {1, 0, 0.5, 0.4}, 2, ones, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage("The soft labels of row 2 sum to 0.900000; they must sum to 1.");
    assertThatThrownBy(() -> trainer.train(images, certain, 2, new double[] {1, -1}, 1))
        .hasMessage("The weight of row 2 is -1.0; weights must be finite and not negative.");
    assertThatThrownBy(() -> trainer.train(images, certain, 2, new double[] {0, 1}, 1))
        .hasMessage("Of 2 rows 1 have a positive weight; training needs two at least.");
    assertThatThrownBy(() -> trainer.train(images, ones, 2, ones, 1))
        .hasMessage(
            "There are 2 soft labels for 2 rows of 2 outputs; give one per row and output.");
  }

  @Test
  void images_that_are_no_numbers_end_training() {
    TensorColumn.Source source = (index, into, offset) -> Arrays.fill(into, Float.NaN);
    Table images = Table.of(List.of(TensorColumn.of("image", List.of(1, 4, 4), 4, source)));
    ImagePatchTrainer trainer = new ImagePatchTrainer(tiny("mlp", 2), Progress.NONE);

    assertThatThrownBy(
            () ->
                trainer.train(images, Pictures.oneHot(new int[4]), 2, new double[] {1, 1, 1, 1}, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "The loss became NaN in epoch 1; see that all numbers of the images are finite, or take a smaller learning rate than 0.01.");
  }

  @Test
  void images_that_leave_a_rest_beside_the_patches_of_a_transformer_are_refused() {
    Pictures pictures = Pictures.of(4, List.of(3, 40, 50), 1);

    assertThatThrownBy(() -> train(tiny("vit", 16), pictures, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "A vision transformer cuts images into patches of 8 x 8 pixels, but these of 50 x 40 pixels leave a rest; make both sides multiples of 8, or take another network.");
    // Averaged over squares of two.
    assertThatThrownBy(() -> train(tiny("vit", 16).withLargestSide(30), pictures, 1))
        .hasMessageContaining("but these of 25 x 20 pixels leave a rest");
  }

  @Test
  void a_device_that_is_not_there_is_named() {
    TrainingSettings settings = tiny("mlp", 2).withDevice(new Device("cuda:1"), 1);

    assertThatThrownBy(() -> train(settings, Pictures.of(4, List.of(1, 4, 4), 1), 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("There is no device 'cuda:1' here: it takes an NVIDIA card");
  }
}
