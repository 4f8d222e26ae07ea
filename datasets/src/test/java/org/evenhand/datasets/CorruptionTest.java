package org.evenhand.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptionTest {
  private static final int SIDE = 64;
  private static final int PIXELS = SIDE * SIDE;
  private static final float BYTE = 1 / 255f;

  private static float[] grey(double value) {
    float[] pixels = new float[3 * PIXELS];
    Arrays.fill(pixels, (float) value);
    return pixels;
  }

  private static float[] noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[3 * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256) / 255f;
    }
    return pixels;
  }

  private static float[] corrupted(Corruption corruption, float[] pixels, int severity) {
    float[] copy = pixels.clone();
    corruption.apply(copy, 0, SIDE, severity, 7);
    return copy;
  }

  private static double mean(float[] pixels) {
    return IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i]).average().orElseThrow();
  }

  private static double deviation(float[] pixels) {
    double mean = mean(pixels);
    return Math.sqrt(
        IntStream.range(0, pixels.length)
            .mapToDouble(i -> (pixels[i] - mean) * (pixels[i] - mean))
            .average()
            .orElseThrow());
  }

  @ParameterizedTest
  @EnumSource
  void every_corruption_changes_a_picture_the_same_way_for_the_same_seed(Corruption corruption) {
    float[] once = corrupted(corruption, noise(1), 3);

    assertThat(once).isEqualTo(corrupted(corruption, noise(1), 3)).isNotEqualTo(noise(1));
    for (float value : once) {
      assertThat(value).isBetween(0f, 1f);
      assertThat(value * 255).isCloseTo(Math.round(value * 255), within(1e-4f));
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"GAUSSIAN_NOISE", "SHOT_NOISE", "IMPULSE_NOISE", "MOTION_BLUR", "SNOW", "FOG"})
  void what_is_drawn_differs_by_seed(Corruption corruption) {
    float[] other = noise(1);
    corruption.apply(other, 0, SIDE, 3, 8);

    assertThat(other).isNotEqualTo(corrupted(corruption, noise(1), 3));
  }

  @ParameterizedTest
  @EnumSource
  void only_the_picture_at_the_offset_is_touched(Corruption corruption) {
    float[] pixels = new float[3 * PIXELS + 20];
    Arrays.fill(pixels, -5);
    System.arraycopy(noise(1), 0, pixels, 10, 3 * PIXELS);

    corruption.apply(pixels, 10, SIDE, 2, 7);

    assertThat(Arrays.copyOfRange(pixels, 10, 10 + 3 * PIXELS))
        .isEqualTo(corrupted(corruption, noise(1), 2));
    assertThat(pixels[9]).isEqualTo(-5);
    assertThat(pixels[10 + 3 * PIXELS]).isEqualTo(-5);
  }

  @ParameterizedTest
  @CsvSource({"1, .04", "3, .12", "4, .15"})
  void gaussian_noise_has_the_published_deviation(int severity, double deviation) {
    float[] noisy = corrupted(Corruption.GAUSSIAN_NOISE, grey(.5), severity);

    // Cutting down to bytes takes half a byte; 12,288 draws.
    assertThat(mean(noisy)).isCloseTo(.5 - BYTE / 2, within(.005));
    assertThat(deviation(noisy)).isCloseTo(deviation, within(.004));
  }

  @ParameterizedTest
  @CsvSource({"1, 250", "3, 50", "5, 15"})
  void shot_noise_has_the_variance_of_counted_photons(int severity, double photons) {
    float[] noisy = corrupted(Corruption.SHOT_NOISE, grey(.4), severity);

    assertThat(mean(noisy)).isCloseTo(.4 - BYTE / 2, within(.006));
    assertThat(deviation(noisy)).isCloseTo(Math.sqrt(.4 / photons), within(.005));
  }

  @Test
  void impulse_noise_makes_the_published_share_black_or_white() {
    float[] noisy = corrupted(Corruption.IMPULSE_NOISE, grey(.4), 5);

    long black = IntStream.range(0, noisy.length).filter(i -> noisy[i] == 0).count();
    long white = IntStream.range(0, noisy.length).filter(i -> noisy[i] == 1).count();
    long kept = IntStream.range(0, noisy.length).filter(i -> noisy[i] == 102 / 255f).count();
    assertThat(black + white + kept).isEqualTo(noisy.length);
    // 14 %, half of it black, with a standard error of .0023.
    assertThat(black / (double) noisy.length).isCloseTo(.07, within(.01));
    assertThat(white / (double) noisy.length).isCloseTo(.07, within(.01));
  }

  @Test
  void out_of_focus_a_point_becomes_a_disk() {
    float[] point = grey(0);
    point[10 * SIDE + 20] = 1;

    float[] disk = corrupted(Corruption.DEFOCUS_BLUR, point, 2);

    // Radius 1: the point and its four neighbours, a fifth each.
    for (int[] place : new int[][] {{0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}}) {
      assertThat(disk[(10 + place[0]) * SIDE + 20 + place[1]]).isCloseTo(.2f, within(1.1f * BYTE));
    }
    assertThat(mean(disk)).isCloseTo(5 * .2 / disk.length, within(5.5 * BYTE / disk.length));
  }

  @Test
  void a_disk_s_edge_is_smoothed_by_a_gaussian_and_a_picture_goes_on_mirrored() {
    float[] point = grey(0);
    point[0] = 1;

    float[] disk = corrupted(Corruption.DEFOCUS_BLUR, point, 1);

    // Radius ½ is the point alone, so what remains is the Gaussian of deviation .6 on 3 × 3 pixels.
    double beside = Math.exp(-1 / (2 * .6 * .6));
    double middle = 1 / (1 + 2 * beside);
    assertThat(disk[0]).isCloseTo((float) (middle * middle), within(BYTE));
    assertThat(disk[1]).isCloseTo((float) (middle * middle * beside), within(BYTE));
    assertThat(disk[SIDE + 1]).isCloseTo((float) (middle * middle * beside * beside), within(BYTE));
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFOCUS_BLUR", "MOTION_BLUR", "CONTRAST", "PIXELATE"})
  void a_picture_of_one_grey_cannot_be_blurred(Corruption corruption) {
    for (float value : corrupted(corruption, grey(.4), 4)) {
      assertThat(value).isCloseTo(.4f, within(1.1f * BYTE));
    }
  }

  @Test
  void brightness_keeps_hue_and_saturation() {
    float[] pixels = grey(0);
    pixels[0] = .6f;
    pixels[PIXELS] = .3f;
    pixels[2 * PIXELS] = .15f;

    float[] light = corrupted(Corruption.BRIGHTNESS, pixels, 3);

    // A value of .6 becomes .9; black becomes grey.
    assertThat(light[0]).isCloseTo(.9f, within(1.1f * BYTE));
    assertThat(light[PIXELS]).isCloseTo(.45f, within(1.1f * BYTE));
    assertThat(light[2 * PIXELS]).isCloseTo(.225f, within(1.1f * BYTE));
    assertThat(light[1]).isCloseTo(.3f, within(1.1f * BYTE));
  }

  @Test
  void contrast_keeps_means_and_shrinks_deviations() {
    float[] flat = corrupted(Corruption.CONTRAST, noise(1), 3);

    assertThat(mean(flat)).isCloseTo(mean(noise(1)) - BYTE / 2, within(.001));
    assertThat(deviation(flat)).isCloseTo(.2 * deviation(noise(1)), within(.001));
  }

  @Test
  void pixelated_by_half_blocks_of_four_pixels_show_their_mean() {
    float[] pixels = noise(1);

    float[] blocks = corrupted(Corruption.PIXELATE, pixels, 5);

    float mean = (pixels[130] + pixels[131] + pixels[194] + pixels[195]) / 4;
    for (int i : new int[] {130, 131, 194, 195}) {
      assertThat(blocks[i]).isCloseTo(mean, within(1.1f * BYTE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, -1})
  void a_severity_that_is_none_is_refused(int severity) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> corrupted(Corruption.FOG, grey(.4), severity))
        .withMessage("The severity of a corruption is %d; it must be 1 to 5.".formatted(severity));
  }
}
