package org.evenhand.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Motion, fog and snow. */
class WeatherTest {
  private static final int SIDE = 32;

  private static Picture grey(double value) {
    Picture picture = new Picture(SIDE, new float[3 * SIDE * SIDE]);
    Arrays.fill(picture.values(), (float) value);
    return picture;
  }

  private static double most(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElseThrow();
  }

  private static double least(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).min().orElseThrow();
  }

  @Test
  void a_moving_point_leaves_half_a_gaussian_behind() {
    Plane plane = Plane.empty(SIDE);
    plane.set(16, 20, 1);

    Plane level = Blur.moved(plane, 3, 2, 0);
    Plane falling = Blur.moved(plane, 3, 2, 90);

    // Radius 3 is a line of seven pixels.
    double total = IntStream.range(0, 7).mapToDouble(i -> Math.exp(-i * i / 8.0)).sum();
    for (int i = 0; i < 7; i++) {
      float weight = (float) (Math.exp(-i * i / 8.0) / total);
      assertThat(level.at(16, 20 - i)).isCloseTo(weight, within(1e-6f));
      assertThat(falling.at(16 - i, 20)).isCloseTo(weight, within(1e-6f));
    }
    assertThat(level.at(16, 13)).isZero();
    assertThat(level.at(16, 21)).isZero();
  }

  @Test
  void beyond_an_edge_a_moving_picture_goes_on_as_at_the_edge() {
    Plane plane = Plane.empty(SIDE);
    plane.set(5, SIDE - 1, 1);

    assertThat(Blur.moved(plane, 3, 2, 0).at(5, SIDE - 1)).isCloseTo(1, within(1e-6f));
  }

  @Test
  void plasma_reaches_from_nought_to_one_and_is_smoother_where_draws_decay_faster() {
    Plane rough = Fog.plasma(SIDE, 1.2, new SplittableRandom(1));
    Plane smooth = Fog.plasma(SIDE, 3, new SplittableRandom(1));

    for (Plane plane : new Plane[] {rough, smooth}) {
      assertThat(least(plane.values())).isZero();
      assertThat(most(plane.values())).isEqualTo(1);
    }
    assertThat(steps(smooth)).isLessThan(steps(rough) / 2);
  }

  /** Mean difference of neighbours. */
  private static double steps(Plane plane) {
    return IntStream.range(1, SIDE * SIDE)
        .mapToDouble(i -> Math.abs(plane.values()[i] - plane.values()[i - 1]))
        .average()
        .orElseThrow();
  }

  @Test
  void plasma_of_two_by_two_points_is_three_draws_around_their_neighbours_means() {
    Plane plasma = Fog.plasma(2, 3, new SplittableRandom(4));

    SplittableRandom draws = new SplittableRandom(4);
    double middle = 100 * draws.nextDouble(-100, 100);
    // Of a diamond on a torus of two points the corners are the same two points twice.
    double above = middle / 2 + 100 * draws.nextDouble(-100, 100);
    double left = middle / 2 + 100 * draws.nextDouble(-100, 100);
    double[] heights = {0, above, left, middle};
    double low = Arrays.stream(heights).min().orElseThrow();
    double high = Arrays.stream(heights).max().orElseThrow();
    for (int i = 0; i < 4; i++) {
      assertThat(plasma.values()[i])
          .isCloseTo((float) ((heights[i] - low) / (high - low)), within(1e-5f));
    }
  }

  @Test
  void fog_over_white_leaves_it_between_its_share_and_white() {
    Picture white = grey(1);

    Fog.rise(white, 2, new SplittableRandom(1));

    // Thickness 1: (1 + plasma)/2, the same in every channel.
    assertThat(least(white.values())).isCloseTo(.5, within(1e-6));
    assertThat(most(white.values())).isCloseTo(1, within(1e-6));
    assertThat(white.channel(0).values()).isEqualTo(white.channel(2).values());
  }

  @Test
  void fog_darkens_nothing_but_black() {
    Picture black = grey(0);

    Fog.rise(black, 2, new SplittableRandom(1));

    // The published rule scales by the brightest pixel.
    assertThat(most(black.values())).isZero();
  }

  @Test
  void it_snows_the_same_turned_by_half_a_turn_over_black_that_is_whitened() {
    Picture black = grey(0);

    Snow.fall(black, 2, new SplittableRandom(1));

    float[] red = black.channel(0).values();
    // Of black three tenths become grey at .5, and flakes only add to it.
    assertThat(least(red)).isCloseTo(.15, within(1e-6));
    assertThat(most(red)).isGreaterThan(.3);
    for (int i = 0; i < red.length; i++) {
      assertThat(red[i]).isCloseTo(red[red.length - 1 - i], within(1e-6f));
    }
  }

  @Test
  void snow_whitens_a_colour_by_its_grey() {
    Picture picture = grey(1);
    int pixels = picture.pixels();
    for (int pixel = 0; pixel < pixels; pixel++) {
      picture.values()[pixel] = .2f;
      picture.values()[pixels + pixel] = .1f;
      picture.values()[2 * pixels + pixel] = 0;
    }

    Snow.fall(picture, 2, new SplittableRandom(1));

    double grey = .299 * .2 + .587 * .1;
    double whitened = .7 * .2 + .3 * (1.5 * grey + .5);
    assertThat(least(picture.channel(0).values())).isCloseTo(whitened, within(1e-6));
  }

  @Test
  void zooming_a_slope_makes_it_less_steep_and_keeps_its_middle() {
    Plane slope = Plane.empty(SIDE);
    IntStream.range(0, SIDE * SIDE).forEach(i -> slope.set(i / SIDE, i % SIDE, i % SIDE));

    Plane zoomed = Snow.zoomed(slope, 2);

    // Sixteen pixels from the eighth on become 32: steps of 15/31.
    for (int column = 0; column < SIDE; column++) {
      assertThat(zoomed.at(3, column)).isCloseTo((float) (8 + column * 15 / 31.0), within(1e-5f));
    }
    assertThat(Snow.zoomed(slope, 1).values()).isEqualTo(slope.values());
  }
}
