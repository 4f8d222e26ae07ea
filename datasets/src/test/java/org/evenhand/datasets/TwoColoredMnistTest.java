package org.evenhand.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.evenhand.data.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoColoredMnistTest {
  private static final int TRAINING = 4000;
  private static final int TEST = 200;
  private static final int PIXELS = 784;

  @TempDir private Path folder = Path.of("");

  /** Made-up digits: image i shows digit i mod 10, the grey of pixel j is j mod 256. */
  @BeforeEach
  void write() throws IOException {
    write("train", TRAINING);
    write("t10k", TEST);
  }

  private void write(String part, int count) throws IOException {
    ByteBuffer images =
        ByteBuffer.allocate(16 + count * PIXELS).putInt(0x803).putInt(count).putInt(28).putInt(28);
    IntStream.range(0, count * PIXELS).forEach(i -> images.put((byte) (i % PIXELS)));
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    IntStream.range(0, count).forEach(i -> labels.put((byte) (i % 10)));
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }

  private static int[] codes(Table table, String column) {
    return ((TextColumn) table.column(column)).codes();
  }

  private static float[] pixels(Table table, int image) {
    float[] pixels = new float[3 * PIXELS];
    ((TensorColumn) table.column("image")).read(image, pixels, 0);
    return pixels;
  }

  @Test
  void each_colour_goes_with_the_digit_and_neither_with_the_other() {
    Table table = TwoColoredMnist.training(folder, 0.75, 5).table();
    int[] digits = codes(table, "digit");
    int[] foregrounds = codes(table, "foreground");
    int[] backgrounds = codes(table, "background");

    for (int digit = 0; digit < 10; digit++) {
      int shown = digit;
      // Of 400 images three quarters; of both at once nine sixteenths, with a deviation of 4.3.
      assertThat(count(i -> digits[i] == shown && foregrounds[i] == shown)).isEqualTo(300);
      assertThat(count(i -> digits[i] == shown && backgrounds[i] == shown)).isEqualTo(300);
      assertThat(
              count(i -> digits[i] == shown && foregrounds[i] == shown && backgrounds[i] == shown))
          .isBetween(205L, 245L);
    }
  }

  private static long count(IntPredicate is) {
    return IntStream.range(0, TRAINING).filter(is).count();
  }

  @Test
  void foreground_and_background_are_mixed_by_the_grey_of_a_pixel() {
    Table table = TwoColoredMnist.training(folder, 1, 5).table();

    float[] three = pixels(table, 3);

    // Foreground .7833 .8316 .6013 with a little noise, background 225 225 0; j is the grey.
    double[] ink = {.7833, .8316, .6013};
    double[] paper = {225 / 255.0, 225 / 255.0, 0};
    for (int channel = 0; channel < 3; channel++) {
      for (int j : new int[] {0, 60, 128, 255}) {
        double covered = j / 255.0;
        double mixed = covered * ink[channel] + (1 - covered) * paper[channel];
        // Five deviations of noise, and the cut to a byte.
        assertThat((double) three[channel * PIXELS + j])
            .isCloseTo(mixed, within(.025 * covered + 1.1 / 255));
      }
    }
  }

  @Test
  void a_class_is_tested_in_all_pairs_of_colours_alike() {
    Table table = TwoColoredMnist.balanced(folder, 5).table();
    int[] digits = codes(table, "digit");
    int[] foregrounds = codes(table, "foreground");
    int[] backgrounds = codes(table, "background");

    int[] sizes = new int[1000];
    for (int i = 0; i < table.rows(); i++) {
      assertThat(digits[i]).isEqualTo(i / 10 % 10);
      sizes[100 * digits[i] + 10 * foregrounds[i] + backgrounds[i]]++;
    }
    // Twenty digits a class, each in ten of 100 pairs.
    assertThat(sizes).containsOnly(2);
  }

  @Test
  void the_same_seed_gives_the_same_images_in_whatever_order_they_are_read() {
    Table once = TwoColoredMnist.training(folder, 0.95, 5).table();
    Table again = TwoColoredMnist.training(folder, 0.95, 5).table();
    Table other = TwoColoredMnist.training(folder, 0.95, 6).table();
    float[] last = pixels(again, TRAINING - 1);

    assertThat(pixels(once, 8)).isEqualTo(pixels(again, 8)).isNotEqualTo(pixels(other, 8));
    assertThat(pixels(once, TRAINING - 1)).isEqualTo(last);
    assertThat(codes(once, "background"))
        .isEqualTo(codes(again, "background"))
        .isNotEqualTo(codes(other, "background"));
  }

  @Test
  void a_share_that_is_none_is_refused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> TwoColoredMnist.training(folder, 95, 1))
        .withMessage("The share of aligned images is 95.0; it must lie between 0 and 1.");
  }
}
