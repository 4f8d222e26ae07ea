package org.evenhand.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.evenhand.data.DataException;
import org.evenhand.datasets.ColoredMnist.Colouring;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColoredMnistTest {
  private static final int TRAINING = 2000;
  private static final int TEST = 50;
  private static final int PIXELS = 784;

  @TempDir private Path folder = Path.of("");

  /** Made-up digits: image i shows digit i mod 10, its pixels are noise, half of them black. */
  @BeforeEach
  void write() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), gzipped(images(TRAINING, 1)));
    Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), gzipped(labels(TRAINING)));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(TEST, 2));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(TEST));
  }

  private static byte[] grey(int count, long seed) {
    byte[] grey = new byte[count * PIXELS];
    new SplittableRandom(seed).nextBytes(grey);
    for (int i = 0; i < grey.length; i += 2) {
      grey[i] = 0;
    }
    return grey;
  }

  private static byte[] images(int count, long seed) {
    return ByteBuffer.allocate(16 + count * PIXELS)
        .putInt(0x803)
        .putInt(count)
        .putInt(28)
        .putInt(28)
        .put(grey(count, seed))
        .array();
  }

  private static byte[] labels(int count) {
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    IntStream.range(0, count).forEach(i -> labels.put((byte) (i % 10)));
    return labels.array();
  }

  private ColoredMnist training(Colouring colouring, double aligned, long seed) {
    return ColoredMnist.training(folder, colouring, aligned, seed);
  }

  private static float[] pixels(ColoredMnist images, int image) {
    float[] pixels = new float[ColoredMnist.SIZE];
    images.read(image, pixels, 0);
    return pixels;
  }

  private static long count(ColoredMnist images, int digit, int colour) {
    return IntStream.range(0, images.images())
        .filter(i -> images.digit(i) == digit && images.colour(i) == colour)
        .count();
  }

  /** Of each digit's 200 images; the others are shared by nine colours, as evenly as can be. */
  @ParameterizedTest
  @CsvSource({"0.995, 199, 0, 1", "0.95, 190, 1, 2", "0.1, 20, 20, 20", "1, 200, 0, 0"})
  void the_share_of_aligned_images_is_exact_for_every_digit(
      double aligned, long own, long fewest, long most) {
    ColoredMnist images = training(Colouring.FOREGROUND, aligned, 5);

    for (int digit = 0; digit < 10; digit++) {
      for (int colour = 0; colour < 10; colour++) {
        assertThat(count(images, digit, colour))
            .isBetween(colour == digit ? own : fewest, colour == digit ? own : most);
      }
    }
  }

  @Test
  void a_coloured_digit_is_its_mean_colour_with_a_little_noise_times_its_grey() {
    ColoredMnist images = training(Colouring.FOREGROUND, 1, 5);
    byte[] grey = grey(TRAINING, 1);
    float[] zero = pixels(images, 0);

    for (int i = 0; i < PIXELS; i++) {
      int value = grey[i] & 0xff;
      // Five deviations of noise, and the cut to a byte.
      assertThat(zero[i]).isCloseTo(.9837f * value / 255, within(0.025f + 1f / 255));
      assertThat(zero[PIXELS + i]).isCloseTo(.3125f * value / 255, within(0.025f + 1f / 255));
      assertThat(zero[2 * PIXELS + i]).isCloseTo(.1686f * value / 255, within(0.025f + 1f / 255));
      assertThat(zero[i] * 255).isEqualTo(Math.round(zero[i] * 255));
    }
  }

  @Test
  void the_noise_of_colours_has_the_deviation_of_severity_four() {
    ColoredMnist images = training(Colouring.FOREGROUND, 1, 5);
    byte[] grey = grey(TRAINING, 1);
    // Red of digit 3 is far from both ends; bright pixels lose least to the cut.
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int image = 3; image < TRAINING; image += 10) {
      float[] pixels = pixels(images, image);
      for (int i = 0; i < PIXELS; i++) {
        int value = grey[image * PIXELS + i] & 0xff;
        if (value == 255) {
          double shade = (pixels[i] * 255 + 0.5) / value;
          sum += shade;
          squares += shade * shade;
          count++;
          break;
        }
      }
    }
    double mean = sum / count;
    assertThat(mean).isCloseTo(.7833, within(0.002));
    assertThat(Math.sqrt(squares / count - mean * mean)).isCloseTo(0.005, within(0.001));
  }

  @Test
  void a_coloured_background_leaves_the_digit_white() {
    ColoredMnist images = training(Colouring.BACKGROUND, 1, 5);
    byte[] grey = grey(TRAINING, 1);
    float[] three = pixels(images, 3);

    for (int i = 0; i < PIXELS; i++) {
      boolean digit = grey[3 * PIXELS + i] != 0;
      assertThat(three[i]).isEqualTo(digit ? 1 : 225 / 255f);
      assertThat(three[PIXELS + i]).isEqualTo(digit ? 1 : 225 / 255f);
      assertThat(three[2 * PIXELS + i]).isEqualTo(digit ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_counterfactual_file_has_every_test_digit_in_every_colour(Colouring colouring) {
    ColoredMnist images = ColoredMnist.counterfactual(folder, colouring, 5);

    assertThat(images.images()).isEqualTo(10 * TEST);
    assertThat(images.digit(237)).isEqualTo(3);
    assertThat(images.colour(237)).isEqualTo(7);
    float[] recoloured = new float[ColoredMnist.SIZE];
    images.read(231, 7, recoloured, 0);
    assertThat(recoloured).isEqualTo(pixels(images, 237)).isNotEqualTo(pixels(images, 231));
  }

  @Test
  void the_same_seed_gives_the_same_images_in_whatever_order_they_are_read() {
    ColoredMnist once = training(Colouring.FOREGROUND, 0.95, 5);
    ColoredMnist again = training(Colouring.FOREGROUND, 0.95, 5);
    ColoredMnist other = training(Colouring.FOREGROUND, 0.95, 6);
    float[] backwards = pixels(again, TRAINING - 1);

    assertThat(pixels(once, 8)).isEqualTo(pixels(again, 8)).isNotEqualTo(pixels(other, 8));
    assertThat(pixels(once, TRAINING - 1)).isEqualTo(backwards);
    assertThat(IntStream.range(0, TRAINING).map(once::colour).toArray())
        .isEqualTo(IntStream.range(0, TRAINING).map(again::colour).toArray())
        .isNotEqualTo(IntStream.range(0, TRAINING).map(other::colour).toArray());
  }

  @Test
  void as_a_table_digits_and_colours_stand_beside_the_images() {
    ColoredMnist images = ColoredMnist.counterfactual(folder, Colouring.BACKGROUND, 5);

    Table table = images.table().select(new int[] {237});

    float[] read = new float[ColoredMnist.SIZE];
    ((TensorColumn) table.column("image")).read(0, read, 0);
    assertThat(read).isEqualTo(pixels(images, 237));
    assertThat(((TextColumn) table.column("digit")).value(0)).isEqualTo("3");
    assertThat(((TextColumn) table.column("colour")).value(0)).isEqualTo("7");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> training(Colouring.FOREGROUND, 0.5, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void files_that_are_missing_or_hold_something_else_are_refused() throws IOException {
    Path labels = folder.resolve("train-labels-idx1-ubyte.gz");
    Path images = folder.resolve("train-images-idx3-ubyte.gz");
    Files.write(images, gzipped(images(TRAINING - 1, 1)));
    assertRefused("%s holds 1999 digits, but there are 2000 labels.".formatted(images));
    Files.copy(labels, images, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        "%s is not an idx file of bytes with entries of shape [28, 28].".formatted(images));
    Files.write(images, gzipped(Arrays.copyOf(images(TRAINING, 1), 5000)));
    assertRefused("%s cannot be read (it ends early); copy it again.".formatted(images));
    byte[] wrong = labels(TRAINING);
    wrong[8 + 7] = 12;
    Files.write(labels, gzipped(wrong));
    assertRefused("%s: label 7 is 12, which is no digit.".formatted(labels));
    Files.delete(labels);
    assertRefused(
        "There is no file %s or %s.".formatted(labels, folder.resolve("train-labels-idx1-ubyte")));
  }

  @Test
  void a_share_that_is_none_is_refused() {
    assertThatThrownBy(() -> training(Colouring.FOREGROUND, 99.5, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("The share of aligned images is 99.5; it must lie between 0 and 1.");
  }

  @Test
  void of_mnist_itself_all_images_are_there() {
    Path mnist = RealData.file("mnist");

    ColoredMnist biased = ColoredMnist.training(mnist, Colouring.FOREGROUND, 0.995, 1);
    ColoredMnist counterfactual = ColoredMnist.counterfactual(mnist, Colouring.FOREGROUND, 1);

    assertThat(biased.images()).isEqualTo(60_000);
    assertThat(counterfactual.images()).isEqualTo(100_000);
    // MNIST has 5,923 zeros, of which 5893.4 are to be aligned.
    assertThat(IntStream.range(0, 10).mapToLong(colour -> count(biased, 0, colour)).sum())
        .isEqualTo(5923);
    assertThat(count(biased, 0, 0)).isEqualTo(5893);
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
