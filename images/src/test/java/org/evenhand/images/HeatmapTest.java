package org.evenhand.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.evenhand.images.Preprocessing.Channels;
import org.evenhand.images.Preprocessing.Crop;
import org.evenhand.images.Preprocessing.Layout;
import org.evenhand.images.Preprocessing.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatmapTest {
  private static final Heatmap COLD = new Heatmap(2, 3, new float[6]);

  private static Heatmap of(float... values) {
    return new Heatmap(2, 3, values);
  }

  private static Color pixel(byte[] png, int x, int y) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    return new Color(image.getRGB(x, y));
  }

  @Test
  void the_hottest_place_is_the_middle_of_all_pixels_that_are_as_hot() {
    Heatmap.Place hottest = of(0, 0, 4, 1, 0, 4).hottest().orElseThrow();

    assertThat(hottest.across()).isEqualTo(5.0 / 6, within(1e-12));
    assertThat(hottest.down()).isEqualTo(0.5, within(1e-12));
    assertThat(of(0, 0, 4, 1, 0, 4).largest()).isEqualTo(4);
  }

  @Test
  void a_map_without_heat_is_hottest_nowhere() {
    assertThat(COLD.hottest()).isEmpty();
    assertThat(COLD.hottestShareIn(new boolean[] {true, true, true, true, true, true})).isZero();
  }

  @Test
  void of_several_hottest_pixels_the_share_in_a_mask_is_told() {
    boolean[] right = {false, false, true, false, false, true};

    assertThat(of(4, 0, 4, 1, 4, 4).hottestShareIn(right)).isEqualTo(0.5);
  }

  @Test
  void a_large_picture_is_made_smaller_with_its_heat_in_place() throws IOException {
    float[] values = new float[400 * 800];
    for (int y = 300; y < 400; y++) {
      for (int x = 0; x < 200; x++) {
        values[800 * y + x] = 1;
      }
    }

    byte[] png = new Heatmap(400, 800, values).png();

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(192);
    assertThat(image.getHeight()).isEqualTo(96);
    assertThat(pixel(png, 10, 90)).isEqualTo(new Color(214, 94, 64));
    assertThat(pixel(png, 150, 10)).isEqualTo(Color.WHITE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.2, upper left",
    "0.5, 0.1, upper",
    "0.9, 0.5, right",
    "0.4, 0.6, middle",
    "0.5, 0.9, lower",
    "0.9, 0.9, lower right"
  })
  void a_place_has_a_name(double across, double down, String words) {
    assertThat(new Heatmap.Place(across, down).words()).isEqualTo(words);
  }

  @Test
  void a_mean_is_taken_pixel_by_pixel() {
    assertThat(Heatmap.mean(List.of(of(1, 2, 3, 4, 5, 6), of(3, 2, 1, 0, 1, 0))).values())
        .containsExactly(2, 2, 2, 2, 3, 3);
  }

  @Test
  void the_share_in_a_mask_is_of_all_heat() {
    boolean[] left = {true, false, false, true, false, false};

    assertThat(of(3, 1, 0, 3, 0, 1).shareIn(left)).isEqualTo(0.75);
    assertThat(COLD.shareIn(left)).isZero();
  }

  @Test
  void enlarging_keeps_the_mean_and_the_hottest_corner() {
    Heatmap small = new Heatmap(2, 2, new float[] {0, 0, 0, 8});

    Heatmap large = small.resized(8, 8);

    double sum = 0;
    for (float value : large.values()) {
      sum += value;
    }
    assertThat(sum / 64).isEqualTo(2, within(1e-5));
    assertThat(large.values()[63]).isEqualTo(8);
    assertThat(large.values()[0]).isZero();
    assertThat(large.hottest().orElseThrow().words()).isEqualTo("lower right");
  }

  @Test
  void without_an_image_heat_is_red_on_white() throws IOException {
    byte[] png = of(0, 0, 0, 0, 0, 5).png();

    assertThat(pixel(png, 0, 0)).isEqualTo(Color.WHITE);
    assertThat(pixel(png, 2, 1)).isEqualTo(new Color(214, 94, 64));
  }

  /** The lower row is white, the upper black; the numbers are standardised and channels last. */
  @Test
  void over_an_image_it_is_red_on_the_images_greys() throws IOException {
    Preprocessing how =
        new Preprocessing(3, 2, Crop.NONE, Channels.RGB, Layout.NHWC, Scale.IMAGENET);
    float[] numbers = new float[18];
    for (int i = 0; i < 18; i++) {
      float mean = Scale.IMAGENET.mean().get(i % 3);
      numbers[i] = ((i < 9 ? 0 : 255) - mean) / Scale.IMAGENET.deviation().get(i % 3);
    }

    byte[] cold = COLD.over(numbers, how);
    byte[] hot = of(1, 0, 0, 0, 0, 0).over(numbers, how);

    assertThat(pixel(cold, 1, 0)).isEqualTo(Color.BLACK);
    assertThat(pixel(cold, 1, 1)).isEqualTo(Color.WHITE);
    assertThat(pixel(hot, 0, 0)).isEqualTo(new Color(150, 30, 0));
    assertThat(pixel(hot, 1, 1)).isEqualTo(Color.WHITE);
  }
}
