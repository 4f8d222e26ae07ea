package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.images.Heatmap;
import org.evenhand.onnx.ImagePatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradCamTest {
  private static final List<Integer> SHAPE = List.of(1, 4, 4);

  /** Two images of different numbers. */
  private static final float[] PIXELS = new float[32];

  static {
    for (int i = 0; i < PIXELS.length; i++) {
      PIXELS[i] = (float) Math.sin(1.7 * i) * 2;
    }
  }

  private final Path folder;

  GradCamTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Table images(float[] pixels) {
    return Table.of(
        List.of(
            TensorColumn.of(
                "image",
                SHAPE,
                pixels.length / 16,
                (index, into, at) -> System.arraycopy(pixels, 16 * index, into, at, 16))));
  }

  /** Brightness above 0 in one channel, below 0 in the other, and their means weighed. */
  private static ImageNetwork network(float bias) {
    return new ImageNetwork(
        "image",
        SHAPE,
        List.of(
            new ImageLayer.Convolution(
                1, 2, 1, 1, 0, new float[] {1, -1}, new float[] {bias, bias}),
            new ImageLayer.Relu(),
            new ImageLayer.GlobalAveragePool(),
            new ImageLayer.Dense(
                new DenseLayer(2, 2, new float[] {3, -2, 0.5f, 1}, new float[] {0.1f, 0.2f}))));
  }

  @Test
  void a_map_is_the_weighted_sum_of_the_channels_without_its_negative_part() {
    List<Heatmap> maps = new GradCam(network(0), folder).maps(images(PIXELS), new int[] {0, 1});

    assertThat(maps).hasSize(2);
    for (int place = 0; place < 16; place++) {
      double first = PIXELS[place];
      double second = PIXELS[16 + place];
      assertThat(maps.get(0).values()[place])
          .isEqualTo(first > 0 ? (float) (3 * first) : 0, within(1e-5f));
      assertThat(maps.get(1).values()[place])
          .isEqualTo((float) (second > 0 ? second / 2 : -second), within(1e-5f));
    }
    assertThat(folder).isEmptyDirectory();
  }

  /**
   * With all channels above 0 the network is linear in its pixels, so that heat is, up to what all
   * places share, how far a pixel moves the output.
   */
  @Test
  void it_is_the_gradient_where_the_network_is_linear() {
    float[] brighter = PIXELS.clone();
    brighter[5] += 1;
    ImageNetwork network = network(100);
    double[] before = new ImagePatch(network).logProbabilities(images(PIXELS));
    double[] after = new ImagePatch(network).logProbabilities(images(brighter));

    double moved = (after[0] - after[1]) - (before[0] - before[1]);

    List<Heatmap> ofFirst = new GradCam(network, folder).maps(images(brighter), new int[] {0, 0});
    List<Heatmap> ofSecond = new GradCam(network, folder).maps(images(brighter), new int[] {1, 1});
    List<Heatmap> base = new GradCam(network, folder).maps(images(PIXELS), new int[] {0, 0});
    List<Heatmap> other = new GradCam(network, folder).maps(images(PIXELS), new int[] {1, 1});
    double heat =
        (ofFirst.get(0).values()[5] - base.get(0).values()[5])
            - (ofSecond.get(0).values()[5] - other.get(0).values()[5]);
    assertThat(heat / 16).isEqualTo(moved, within(1e-3));
  }

  @Test
  void a_network_that_does_not_average_is_refused() {
    ImageNetwork flat =
        new ImageNetwork(
            "image",
            SHAPE,
            List.of(
                new ImageLayer.Flatten(),
                new ImageLayer.Dense(new DenseLayer(16, 2, new float[32], new float[2]))));

    assertThatThrownBy(() -> new GradCam(flat, folder))
        .isInstanceOf(ExperimentException.class)
        .hasMessage("Grad-CAM is drawn of networks that average channels before a dense layer.");
  }
}
