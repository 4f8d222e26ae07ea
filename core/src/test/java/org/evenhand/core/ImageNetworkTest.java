package org.evenhand.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.evenhand.core.ImageLayer.Convolution;
import org.evenhand.core.ImageLayer.Dense;
import org.evenhand.core.ImageLayer.Flatten;
import org.evenhand.core.ImageLayer.GlobalAveragePool;
import org.evenhand.core.ImageLayer.MaxPool;
import org.evenhand.core.ImageLayer.Relu;
import org.evenhand.core.ImageLayer.Residual;
import org.junit.jupiter.api.Test;

class ImageNetworkTest {
  @Test
  void shapes_follow_from_the_layers() {
    // ResNet's stem: 64 -> (64 + 6 - 7) / 2 + 1 = 32 -> (32 + 2 - 3) / 2 + 1 = 16.
    List<ImageLayer> stem = List.of(convolution(3, 8, 7, 2, 3), new Relu(), new MaxPool(3, 2, 1));

    assertThat(ImageLayer.through(stem, List.of(3, 64, 64))).containsExactly(8, 16, 16);
    assertThat(new Flatten().output(List.of(8, 16, 16))).containsExactly(2048);
    assertThat(new ImageLayer.AveragePool(2).output(List.of(3, 29, 28))).containsExactly(3, 14, 14);
    assertThat(new ImageLayer.ChannelsFirst().output(List.of(28, 30, 3)))
        .containsExactly(3, 28, 30);
  }

  @Test
  void a_network_has_as_many_outputs_as_its_last_layer() {
    ImageNetwork network =
        new ImageNetwork(
            "image",
            List.of(3, 28, 28),
            List.of(
                convolution(3, 4, 3, 2, 1),
                new Residual(List.of(convolution(4, 4, 3, 1, 1)), List.of()),
                new GlobalAveragePool(),
                new Dense(new DenseLayer(4, 2, new float[8], new float[2]))));

    assertThat(network.outputs()).isEqualTo(2);
  }

  @Test
  void a_transformer_sees_places_as_tokens_until_they_are_pooled() {
    List<ImageLayer> layers =
        List.of(
            convolution(3, 6, 8, 8, 0),
            new ImageLayer.Tokens(),
            new ImageLayer.Offset(new float[6 * 4 * 6]),
            new Residual(
                List.of(
                    new ImageLayer.LayerNorm(new float[6], new float[6], 1e-6f),
                    dense(6, 18),
                    new ImageLayer.Attention(2),
                    dense(6, 6)),
                List.of()),
            new ImageLayer.Gelu());

    assertThat(ImageLayer.through(layers, List.of(3, 32, 48))).containsExactly(24, 6);
    assertThat(new GlobalAveragePool().output(List.of(24, 6))).containsExactly(6);
  }

  private static Dense dense(int inputs, int outputs) {
    return new Dense(
        new DenseLayer(inputs, outputs, new float[inputs * outputs], new float[outputs]));
  }

  @Test
  void tokens_that_do_not_fit_are_refused() {
    List<Integer> tokens = List.of(24, 6);

    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> dense(5, 2).output(tokens))
        .withMessage("A layer takes tokens of 5 channels, but what comes before it gives [24, 6].");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(
            () -> new ImageLayer.LayerNorm(new float[4], new float[4], 1e-6f).output(tokens))
        .withMessage("A layer takes tokens of 4 channels, but what comes before it gives [24, 6].");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new ImageLayer.LayerNorm(new float[4], new float[3], 1e-6f))
        .withMessage("Layer normalisation needs a scale and a shift a channel, but got 4 and 3.");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new ImageLayer.Offset(new float[6]).output(tokens))
        .withMessage("A layer adds 6 numbers, but what comes before it gives [24, 6].");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new ImageLayer.Attention(4).output(tokens))
        .withMessage(
            "Attention with 4 heads needs as many channels for each of the queries, keys and values of every head, but what comes before it gives [24, 6].");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new ImageLayer.Tokens().output(tokens))
        .withMessage(
            "A layer takes tensors of 3 dimensions, but what comes before it gives [24, 6].");
  }

  @Test
  void layers_that_do_not_fit_are_refused() {
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(
            () ->
                new ImageNetwork("image", List.of(1, 28, 28), List.of(convolution(3, 4, 3, 1, 1))))
        .withMessage("A layer takes 3 channels, but what comes before it gives 1.");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new ImageNetwork("image", List.of(3, 28, 28), List.of(new Relu())))
        .withMessage("A network over images must end in a vector, but ends in [3, 28, 28].");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(
            () ->
                new Residual(List.of(convolution(3, 4, 3, 1, 1)), List.of())
                    .output(List.of(3, 8, 8)))
        .withMessage("A residual layer cannot add [3, 8, 8] to [4, 8, 8].");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new MaxPool(3, 1, 0).output(List.of(1, 2, 9)))
        .withMessage("Images of 2 x 9 pixels are too small for a window of 3 x 3.");
    assertThatExceptionOfType(CoreException.class)
        .isThrownBy(() -> new Convolution(1, 2, 3, 1, 1, new float[9], new float[2]))
        .withMessage(
            "A convolution from 1 to 2 channels by 3 x 3 needs 18 weights and 2 biases, but got 9 and 2.");
  }

  private static Convolution convolution(
      int inputs, int outputs, int kernel, int stride, int padding) {
    return new Convolution(
        inputs,
        outputs,
        kernel,
        stride,
        padding,
        new float[outputs * inputs * kernel * kernel],
        new float[outputs]);
  }
}
