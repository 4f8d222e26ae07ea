package org.evenhand.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.evenhand.core.InputColumn;
import org.evenhand.data.DataException;
import org.evenhand.images.Preprocessing.Channels;
import org.evenhand.images.Preprocessing.Crop;
import org.evenhand.images.Preprocessing.Layout;
import org.evenhand.images.Preprocessing.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
  private static Preprocessing grey(int width, int height, Crop crop) {
    return new Preprocessing(width, height, crop, Channels.GREY, Layout.NCHW, Scale.BYTES);
  }

  private static Pixels pixels(int width, int height, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new Pixels(width, height, values.length / (width * height), bytes);
  }

  private static float[] applied(Preprocessing how, Pixels image) {
    float[] numbers = new float[how.shape().stream().reduce(1, Math::multiplyExact)];
    how.apply(image, numbers, 0);
    return numbers;
  }

  private static Pixels random(int width, int height, int channels, long seed) {
    byte[] values = new byte[width * height * channels];
    new SplittableRandom(seed).nextBytes(values);
    return new Pixels(width, height, channels, values);
  }

  @Test
  void an_image_of_the_wanted_size_stays_as_it_is_to_the_last_bit() {
    Pixels image = random(5, 7, 1, 1);
    float[] numbers = applied(grey(5, 7, Crop.NONE), image);

    for (int i = 0; i < numbers.length; i++) {
      assertThat(numbers[i]).isEqualTo(image.values()[i] & 0xff);
    }
  }

  @Test
  void shrinking_to_one_pixel_weighs_by_a_triangle_over_the_whole_image() {
    // Distances of the four pixels from the middle are 1.5, .5, .5, 1.5 of a support of 4.
    double expected = (0.625 * 10 + 0.875 * 20 + 0.875 * 40 + 0.625 * 90) / 3;
    assertThat(applied(grey(1, 1, Crop.NONE), pixels(4, 1, 10, 20, 40, 90))[0])
        .isCloseTo((float) expected, within(1e-4f));
  }

  @Test
  void enlarging_interpolates_linearly_between_the_centres_of_pixels() {
    assertThat(applied(grey(4, 1, Crop.NONE), pixels(2, 1, 0, 100)))
        .containsExactly(0, 25, 75, 100);
  }

  @Test
  void shrinking_leaves_no_pixel_out_where_plain_interpolation_would() {
    int[] line = new int[64];
    line[5] = 255;

    float[] shrunk = applied(grey(4, 1, Crop.NONE), pixels(64, 1, line));

    assertThat(shrunk[0]).isGreaterThan(5);
  }

  @ParameterizedTest
  @CsvSource({"64, 64, 112, 112", "112, 90, 28, 31", "3, 200, 17, 17", "1, 1, 5, 4", "5, 4, 1, 1"})
  void a_plain_image_stays_plain_and_values_stay_within_those_of_the_image(
      int width, int height, int newWidth, int newHeight) {
    byte[] plain = new byte[width * height];
    Arrays.fill(plain, (byte) 200);
    for (float value :
        applied(grey(newWidth, newHeight, Crop.NONE), new Pixels(width, height, 1, plain))) {
      assertThat(value).isCloseTo(200, within(1e-3f));
    }
    for (float value : applied(grey(newWidth, newHeight, Crop.NONE), random(width, height, 1, 9))) {
      assertThat(value).isBetween(-1e-3f, 255.001f);
    }
  }

  @Test
  void the_centre_is_cut_out_in_the_proportions_wanted() {
    Pixels wide = pixels(5, 1, 10, 20, 30, 40, 50);
    assertThat(applied(grey(1, 1, Crop.CENTRE), wide)).containsExactly(30);
    assertThat(applied(grey(3, 1, Crop.CENTRE), wide)).containsExactly(20, 30, 40);
    Pixels high = pixels(1, 5, 10, 20, 30, 40, 50);
    assertThat(applied(grey(1, 3, Crop.CENTRE), high)).containsExactly(20, 30, 40);
  }

  @Test
  void the_layout_puts_channels_first_or_last() {
    Pixels image = pixels(2, 1, 1, 2, 3, 4, 5, 6);
    Preprocessing first =
        new Preprocessing(2, 1, Crop.NONE, Channels.RGB, Layout.NCHW, Scale.BYTES);
    Preprocessing last = new Preprocessing(2, 1, Crop.NONE, Channels.RGB, Layout.NHWC, Scale.BYTES);

    assertThat(first.shape()).containsExactly(3, 1, 2);
    assertThat(applied(first, image)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(last.shape()).containsExactly(1, 2, 3);
    assertThat(applied(last, image)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void colour_becomes_luminance_and_grey_becomes_three_equal_channels() {
    assertThat(applied(grey(1, 1, Crop.NONE), pixels(1, 1, 100, 150, 200))[0])
        .isCloseTo(0.299f * 100 + 0.587f * 150 + 0.114f * 200, within(1e-4f));
    Preprocessing rgb = new Preprocessing(1, 1, Crop.NONE, Channels.RGB, Layout.NCHW, Scale.BYTES);
    assertThat(applied(rgb, pixels(1, 1, 77))).containsExactly(77, 77, 77);
  }

  @Test
  void pixels_are_scaled_to_one_or_standardised() {
    Preprocessing unit = new Preprocessing(1, 1, Crop.NONE, Channels.RGB, Layout.NCHW, Scale.UNIT);
    assertThat(applied(unit, pixels(1, 1, 255, 0, 51))).containsExactly(1, 0, 0.2f);
    Preprocessing imageNet =
        new Preprocessing(1, 1, Crop.NONE, Channels.RGB, Layout.NCHW, Scale.IMAGENET);
    float[] white = applied(imageNet, pixels(1, 1, 255, 255, 255));
    // (1 − .485) / .229, (1 − .456) / .224 and (1 − .406) / .225
    assertThat(white[0]).isCloseTo(2.24891f, within(1e-4f));
    assertThat(white[1]).isCloseTo(2.42857f, within(1e-4f));
    assertThat(white[2]).isCloseTo(2.64f, within(1e-4f));
  }

  @Test
  void what_a_model_asks_for_is_told_by_its_inputs_shape() {
    Preprocessing first = of(3, 112, 96);
    assertThat(first.shape()).containsExactly(3, 112, 96);
    assertThat(first.layout()).isEqualTo(Layout.NCHW);
    Preprocessing last = of(112, 96, 3);
    assertThat(last.shape()).containsExactly(112, 96, 3);
    assertThat(last.layout()).isEqualTo(Layout.NHWC);
    assertThat(of(1, 28, 28).channels()).isEqualTo(Channels.GREY);
    assertThat(of(28, 28, 1).channels()).isEqualTo(Channels.GREY);
  }

  private static Preprocessing of(Integer... shape) {
    return Preprocessing.of(
        new InputColumn("image", InputColumn.Kind.TENSOR, List.of(shape)), Scale.BYTES);
  }

  @Test
  void an_input_that_takes_no_images_of_a_fixed_size_is_refused() {
    assertThatThrownBy(() -> of(3, InputColumn.OPEN, InputColumn.OPEN))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "The model's input 'image' takes tensors of shape [3, -1, -1]; images fill shapes [3,H,W], [1,H,W], [H,W,3] and [H,W,1] of a fixed height and width.");
    assertThatThrownBy(() -> of(28, 28)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> of(5, 28, 28)).isInstanceOf(DataException.class);
  }

  @Test
  void another_scale_changes_nothing_else() {
    Preprocessing bytes =
        new Preprocessing(4, 3, Crop.CENTRE, Channels.RGB, Layout.NHWC, Scale.BYTES);

    assertThat(bytes.withScale(Scale.IMAGENET))
        .isEqualTo(new Preprocessing(4, 3, Crop.CENTRE, Channels.RGB, Layout.NHWC, Scale.IMAGENET));
  }

  @Test
  void the_text_of_a_preprocessing_gives_it_back() {
    Preprocessing how =
        new Preprocessing(96, 112, Crop.CENTRE, Channels.RGB, Layout.NHWC, Scale.IMAGENET);

    assertThat(how.text())
        .isEqualTo(
            "size=96x112 crop=centre channels=RGB layout=NHWC mean=123.675,116.28,103.53 deviation=58.395,57.12,57.375");
    assertThat(Preprocessing.parse(how.text())).isEqualTo(how);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing",
        "size=96",
        "size=96x112 crop=left channels=RGB layout=NHWC mean=0 deviation=1",
        "size=96x112 crop=none channels=RGB layout=NHWC mean=a deviation=1"
      })
  void a_text_that_says_something_else_is_refused_with_one_that_is_right(String text) {
    assertThatThrownBy(() -> Preprocessing.parse(text))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "'%s' does not say how images are prepared; expected a line such as 'size=224x224 crop=none channels=RGB layout=NCHW mean=123.675,116.28,103.53 deviation=58.395,57.12,57.375'."
                .formatted(text));
  }

  @Test
  void a_model_that_reads_bytes_is_given_rounded_pixels() {
    Preprocessing how =
        Preprocessing.of(
            new InputColumn("image", InputColumn.Kind.TENSOR, List.of(3, 4, 4), true), Scale.BYTES);

    float[] rounded = applied(how, random(7, 5, 3, 2));
    float[] exact =
        applied(
            new Preprocessing(4, 4, Crop.NONE, Channels.RGB, Layout.NCHW, Scale.BYTES),
            random(7, 5, 3, 2));
    for (int i = 0; i < exact.length; i++) {
      assertThat(rounded[i]).isEqualTo(Math.round(exact[i]));
    }
    assertThat(exact).isNotEqualTo(rounded);
    assertThat(how.text()).endsWith(" deviation=1.0 numbers=whole");
    assertThat(Preprocessing.parse(how.text())).isEqualTo(how);
    assertThatThrownBy(() -> how.withScale(Scale.UNIT))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "The model reads pixels as whole numbers from 0 to 255, so they cannot be scaled by means [0.0] and deviations [255.0]; leave them as they are.");
  }

  @Test
  void sizes_and_scales_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> grey(0, 5, Crop.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage("Images cannot be resized to 0 × 5 pixels; both must be positive.");
    assertThatThrownBy(() -> new Scale(List.of(1f), List.of(0f)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Pixels are scaled by means [1.0] and deviations [0.0]; expected as many of one as of the other, and no deviation of 0.");
    assertThatThrownBy(
            () -> new Preprocessing(1, 1, Crop.NONE, Channels.GREY, Layout.NCHW, Scale.IMAGENET))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Pixels have 1 channels, but there are 3 means to scale them by; give one a channel, or one for all.");
  }
}
