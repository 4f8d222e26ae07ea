package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.CoreException;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.LogSpace;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.junit.jupiter.api.Test;

class ImagePatchTest {
  /** Rounding of 32-bit sums, relative to logits of at least 1. */
  private static final double ROUNDING = 1e-5;

  private static final int ROWS = 5;

  @Test
  void a_small_network_answers_what_can_be_computed_by_hand() {
    // 1…9 become 0, 2, …, 16. A pixel less the one to its lower right is then −8, so that the two
    // channels are max(0, −8 + 3) = 0 and max(0, 8 − 1) = 7 everywhere.
    ImageNetwork network =
        new ImageNetwork(
            "image",
            List.of(1, 3, 3),
            List.of(
                new ImageLayer.Standardize(new float[] {1}, new float[] {2}),
                new ImageLayer.Convolution(
                    1, 2, 2, 1, 0, new float[] {1, 0, 0, -1, -1, 0, 0, 1}, new float[] {3, -1}),
                new ImageLayer.Relu(),
                new ImageLayer.GlobalAveragePool(),
                new ImageLayer.Dense(
                    new DenseLayer(2, 2, new float[] {1, 1, 2, -1}, new float[] {-6.5f, 7}))));
    Table image = image(1, 2, 3, 4, 5, 6, 7, 8, 9);

    // Logits 7 − 6.5 and −7 + 7.
    double[] expected = {0.5, 0};
    LogSpace.normalizeRows(expected, 2);
    assertThat(new ImagePatch(network).logProbabilities(image)).isEqualTo(expected);
  }

  private static Table image(float... pixels) {
    return Table.of(
        List.of(
            TensorColumn.of(
                "image",
                List.of(1, 3, 3),
                1,
                (index, into, offset) ->
                    System.arraycopy(pixels, 0, into, offset, pixels.length))));
  }

  @Test
  void networks_of_any_architecture_answer_as_a_word_by_word_evaluation() {
    for (long seed = 0; seed < 60; seed++) {
      assertAnswersAsTheReference(RandomImageNetworks.any(seed), seed);
    }
  }

  @Test
  void networks_behind_a_perturbation_answer_as_a_word_by_word_evaluation() {
    for (long seed = 0; seed < 20; seed++) {
      assertAnswersAsTheReference(RandomImageNetworks.perturbed(List.of(3, 12, 10), 3, seed), seed);
    }
  }

  @Test
  void transformers_answer_as_a_word_by_word_evaluation() {
    for (long seed = 0; seed < 10; seed++) {
      List<Integer> shape = List.of(1 + (int) seed % 3, 12, 20);
      assertAnswersAsTheReference(
          RandomImageNetworks.transformer("image", shape, 4, 3, seed), seed);
    }
  }

  private static void assertAnswersAsTheReference(ImageNetwork network, long seed) {
    Table images = RandomImageNetworks.images("image", network.shape(), ROWS, seed);

    double[] expected = reference(network, images);
    double[] answers = new ImagePatch(network).logProbabilities(images);

    for (int i = 0; i < expected.length; i++) {
      assertThat(answers[i])
          .as("seed %d: %s", seed, network)
          .isCloseTo(expected[i], within(ROUNDING * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @Test
  void attention_of_two_tokens_is_what_can_be_computed_by_hand() {
    // Pixels a = 1 and b = 3 become the tokens (q, k, v) = (x, x, 2x) of one head with one number.
    // The first attends to the second by e^{1·3} : e^{1·1}, the second to itself by e^{3·3} :
    // e^{3·1}.
    ImageNetwork network =
        new ImageNetwork(
            "image",
            List.of(1, 1, 2),
            List.of(
                new ImageLayer.Tokens(),
                new ImageLayer.Dense(new DenseLayer(1, 3, new float[] {1, 1, 2}, new float[3])),
                new ImageLayer.Attention(1),
                new ImageLayer.Flatten()));
    Table image =
        Table.of(
            List.of(
                TensorColumn.of(
                    "image",
                    List.of(1, 1, 2),
                    1,
                    (index, into, offset) -> {
                      into[offset] = 1;
                      into[offset + 1] = 3;
                    })));

    double first = (2 * Math.exp(1) + 6 * Math.exp(3)) / (Math.exp(1) + Math.exp(3));
    double second = (2 * Math.exp(3) + 6 * Math.exp(9)) / (Math.exp(3) + Math.exp(9));
    double[] expected = {first, second};
    LogSpace.normalizeRows(expected, 2);
    assertThat(new ImagePatch(network).logProbabilities(image))
        .containsExactly(expected, within(1e-6));
  }

  private static double[] reference(ImageNetwork network, Table images) {
    TensorColumn column = (TensorColumn) images.column("image");
    double[] logits =
        IntStream.range(0, images.rows())
            .mapToObj(
                row -> {
                  float[] image = new float[column.size()];
                  column.read(row, image, 0);
                  return ReferenceImageNetwork.logits(network, image);
                })
            .flatMapToDouble(Arrays::stream)
            .toArray();
    LogSpace.normalizeRows(logits, network.outputs());
    return logits;
  }

  @Test
  void answers_depend_neither_on_threads_nor_on_what_else_is_asked() {
    // 3 × 64 × 64 numbers of 4 bytes: a batch of 4 MiB holds 85 of the 100 images.
    List<Integer> shape = List.of(3, 64, 64);
    Table images = RandomImageNetworks.images("image", shape, 100, 11);
    for (ImageNetwork network :
        List.of(
            RandomImageNetworks.small("image", shape, false, 3, 11),
            RandomImageNetworks.perceptron(shape, 3, 12),
            RandomImageNetworks.transformer("image", shape, 8, 3, 13))) {
      double[] expected = new ImagePatch(network).logProbabilities(images);

      assertThat(new ImagePatch(network, 2).logProbabilities(images)).isEqualTo(expected);
      for (int row : new int[] {0, 42, 99}) {
        assertThat(new ImagePatch(network).logProbabilities(images.select(new int[] {row})))
            .isEqualTo(Arrays.copyOfRange(expected, 3 * row, 3 * row + 3));
      }
    }
  }

  @Test
  void no_rows_have_no_answers() {
    ImageNetwork network = RandomImageNetworks.any(1);
    Table images = RandomImageNetworks.images("image", network.shape(), 0, 1);

    assertThat(new ImagePatch(network).logProbabilities(images)).isEmpty();
  }

  @Test
  void images_of_another_shape_and_columns_of_numbers_are_refused() {
    ImagePatch patch =
        new ImagePatch(RandomImageNetworks.small("image", List.of(3, 16, 16), false, 2, 1));

    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(
            () ->
                patch.logProbabilities(
                    RandomImageNetworks.images("image", List.of(3, 16, 17), 1, 1)))
        .withMessage(
            "Column 'image' holds tensors of shape [3, 16, 17], but the model reads [3, 16, 16] from it (-1 stands for any size).");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(
            () ->
                patch.logProbabilities(
                    Table.of(List.of(new NumericColumn("image", new double[] {1})))))
        .withMessage("Column 'image' holds numbers, but the model reads tensors from it.");
  }

  @Test
  void a_pixel_that_is_not_finite_is_refused_with_its_row() {
    List<Integer> shape = List.of(1, 3, 3);
    ImagePatch patch =
        new ImagePatch(
            new ImageNetwork(
                "image",
                shape,
                List.of(
                    new ImageLayer.Flatten(),
                    new ImageLayer.Dense(new DenseLayer(9, 2, new float[18], new float[2])))));

    assertThatExceptionOfType(OnnxException.class)
        .isThrownBy(() -> patch.logProbabilities(image(0, 0, 0, 0, Float.NaN, 0, 0, 0, 0)))
        .withMessage(
            "The patch answers NaN to the image in row 0; every number of an image and of the patch must be finite.");
  }

  @Test
  void no_threads_are_refused() {
    ImageNetwork network = RandomImageNetworks.any(1);

    assertThatExceptionOfType(OnnxException.class)
        .isThrownBy(() -> new ImagePatch(network, 0))
        .withMessage("The number of threads is 0; it must be at least 1.");
  }
}
