package org.evenhand.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;
import org.evenhand.data.CsvFile;
import org.evenhand.data.DataException;
import org.evenhand.data.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTableTest {
  private static final Preprocessing ONE_PIXEL =
      new Preprocessing(
          1,
          1,
          Preprocessing.Crop.NONE,
          Preprocessing.Channels.RGB,
          Preprocessing.Layout.NCHW,
          Preprocessing.Scale.BYTES);

  @TempDir private Path folder = Path.of("");

  private ImageTable read(Map<String, byte[]> files, BadImages bad, String... names) {
    Table labels =
        Table.of(
            List.of(
                TextColumn.of("file", List.of(names)),
                new NumericColumn("age", ages(names.length))));
    ImagePack pack = ImagePack.open(TinyImages.folder(folder.resolve("pack"), files));
    return ImageTable.of(labels, "file", pack, "image", ONE_PIXEL, bad);
  }

  private static double[] ages(int rows) {
    double[] ages = new double[rows];
    Arrays.setAll(ages, row -> 20 + row);
    return ages;
  }

  private static float[] pixel(Table table, int row) {
    float[] pixel = new float[3];
    ((TensorColumn) table.column("image")).read(row, pixel, 0);
    return pixel;
  }

  @Test
  void images_stand_beside_their_labels_in_the_order_of_the_labels() {
    ImageTable images =
        read(
            Map.of("red.png", TinyImages.png(Color.RED), "blue.png", TinyImages.png(Color.BLUE)),
            BadImages.REFUSE,
            "red.png",
            "blue.png",
            "red.png");

    assertThat(images.warnings()).isEmpty();
    assertThat(images.table().names()).containsExactly("file", "age", "image");
    assertThat(pixel(images.table(), 0)).containsExactly(255, 0, 0);
    assertThat(pixel(images.table(), 1)).containsExactly(0, 0, 255);
    assertThat(pixel(images.table(), 2)).containsExactly(255, 0, 0);
  }

  @Test
  void every_image_that_is_decoded_is_told_of_once_even_if_rows_share_it() {
    byte[] red = TinyImages.png(Color.RED);
    ImagePack pack =
        ImagePack.open(TinyImages.folder(folder, Map.of("1.png", red, "2.png", red, "3.png", red)));
    Table labels = Table.of(List.of(TextColumn.of("file", List.of("1.png", "2.png", "1.png"))));
    Set<String> steps = ConcurrentHashMap.newKeySet();

    ImageTable.of(
        labels,
        "file",
        pack,
        "image",
        ONE_PIXEL,
        BadImages.REFUSE,
        (task, done, total) -> steps.add("%s %d/%d".formatted(task, done, total)));

    assertThat(steps).containsExactlyInAnyOrder("decoding images 1/2", "decoding images 2/2");
  }

  @Test
  void a_column_of_names_gives_way_to_an_input_of_the_same_name() {
    Table labels = Table.of(List.of(TextColumn.of("image", List.of("red.png"))));
    ImagePack pack =
        ImagePack.open(TinyImages.folder(folder, Map.of("red.png", TinyImages.png(Color.RED))));

    Table table =
        ImageTable.of(labels, "image", pack, "image", ONE_PIXEL, BadImages.REFUSE).table();

    assertThat(pixel(table, 0)).containsExactly(255, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "png,  TYPE_BYTE_GRAY",
    "jpeg, TYPE_BYTE_GRAY",
    "png,  TYPE_USHORT_GRAY",
    "png,  TYPE_INT_ARGB",
    "png,  TYPE_BYTE_INDEXED",
    "png,  TYPE_INT_RGB",
    "jpeg, TYPE_INT_RGB"
  })
  void grey_deep_transparent_and_palette_images_are_read_as_they_are_stored(
      String format, String type) throws ReflectiveOperationException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.class.getField(type).getInt(null));
    int bands = image.getRaster().getNumBands();
    boolean palette = type.endsWith("INDEXED");
    int grey = type.startsWith("TYPE_USHORT") ? 0x66ff : 0x66;
    int[] sample = new int[bands];
    Arrays.fill(sample, palette ? 0 : grey);
    for (int i = 0; i < 64; i++) {
      if (palette) {
        image.setRGB(i % 8, i / 8, 0xff666666);
      } else {
        image.getRaster().setPixel(i % 8, i / 8, sample);
      }
    }

    Table table =
        read(Map.of("a.png", TinyImages.encoded(image, format)), BadImages.REFUSE, "a.png").table();

    assertThat(pixel(table, 0)).containsExactly(0x66, 0x66, 0x66);
  }

  private static byte[] cut(byte[] file) {
    return Arrays.copyOf(file, file.length / 2);
  }

  /** One good image and one of each kind that cannot be decoded. */
  private static Map<String, byte[]> mixed() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("good.png", TinyImages.png(Color.RED));
    files.put("empty.jpg", new byte[0]);
    files.put("text.jpg", "<html>".getBytes(StandardCharsets.UTF_8));
    files.put("cmyk.jpg", TinyImages.cmykJpeg());
    files.put("photoshop.jpg", TinyImages.cmykJpeg(0));
    files.put("ycck.jpg", TinyImages.cmykJpeg(2));
    files.put("cut.jpg", cut(TinyImages.noise("jpeg", 64)));
    files.put("cut.png", cut(TinyImages.noise("png", 64)));
    files.put("huge.png", TinyImages.pngHeader(100_000, 100_000, 8));
    files.put("deep.png", TinyImages.pngHeader(6_000, 6_000, 16));
    files.put("start.png", Arrays.copyOf(TinyImages.png(Color.RED), 10));
    files.put("start.jpg", Arrays.copyOf(TinyImages.jpeg(Color.RED), 10));
    return files;
  }

  private String refusal(String file) {
    try {
      read(Map.of(file, mixed().getOrDefault(file, new byte[0])), BadImages.REFUSE, file);
      return "";
    } catch (DataException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "empty.jpg, the file is empty",
    "text.jpg,  it is neither JPEG nor PNG",
    "cmyk.jpg,  its colours are CMYK or YCCK; convert it to RGB",
    "photoshop.jpg, its colours are CMYK or YCCK; convert it to RGB",
    "ycck.jpg,  its colours are CMYK or YCCK; convert it to RGB",
    "cut.jpg,   it is damaged: Truncated File - Missing EOI marker",
    "huge.png,  'it has 100000 × 100000 pixels of 24 bits, more than the 192 MiB that are allowed'",
    "deep.png,  'it has 6000 × 6000 pixels of 48 bits, more than the 192 MiB that are allowed'"
  })
  void an_image_that_cannot_be_decoded_is_refused_with_its_reason(String file, String reason) {
    assertThat(refusal(file))
        .isEqualTo(
            "Of the images in %s 1 cannot be decoded: '%s' (%s); repair them, or leave them out."
                .formatted(folder.resolve("pack"), file, reason));
  }

  @ParameterizedTest
  @CsvSource({"cut.png", "start.png", "start.jpg"})
  void a_file_that_ends_early_is_refused(String file) {
    assertThat(refusal(file)).contains("1 cannot be decoded: '%s' (".formatted(file));
  }

  @Test
  void bad_images_are_counted_named_and_skipped_if_that_is_wanted() {
    ImageTable images = read(mixed(), BadImages.SKIP, mixed().keySet().toArray(String[]::new));

    assertThat(images.table().rows()).isEqualTo(1);
    assertThat(((NumericColumn) images.table().column("age")).values()).containsExactly(20);
    assertThat(pixel(images.table(), 0)).containsExactly(255, 0, 0);
    assertThat(images.warnings())
        .containsExactly(
            "of the images in %s 11 cannot be decoded: 'empty.jpg' (the file is empty), 'text.jpg' (it is neither JPEG nor PNG), 'cmyk.jpg' (its colours are CMYK or YCCK; convert it to RGB), …; 11 of 12 rows were left out."
                .formatted(folder.resolve("pack")));
  }

  @Test
  void skipping_every_image_is_refused() {
    assertThatThrownBy(() -> read(Map.of("empty.jpg", new byte[0]), BadImages.SKIP, "empty.jpg"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1 cannot be decoded: 'empty.jpg' (the file is empty)");
  }

  @Test
  void labels_that_name_missing_images_are_counted_and_named() {
    Map<String, byte[]> files = Map.of("faces/1.png", TinyImages.png(Color.RED));

    assertThatThrownBy(() -> read(files, BadImages.SKIP, "1.png", "2.png", "faces/1.png"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "2 of 3 rows name images that are not in %s: '1.png', '2.png'; the names of its images are such as 'faces/1.png'."
                .formatted(folder.resolve("pack")));
  }

  @Test
  void images_without_labels_are_counted_in_a_warning() {
    byte[] red = TinyImages.png(Color.RED);
    ImageTable images =
        read(
            Map.of("1.png", red, "2.png", red, "3.png", red, "4.png", red, "5.png", red),
            BadImages.REFUSE,
            "2.png");

    assertThat(images.warnings())
        .containsExactly(
            "4 of 5 images in %s have no labels and were left out: '1.png', '3.png', '4.png', …."
                .formatted(folder.resolve("pack")));
  }

  @Test
  void a_pack_without_images_and_a_column_without_names_are_refused() {
    assertThatThrownBy(() -> read(Map.of("1.txt", new byte[0]), BadImages.SKIP, "1.txt"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "There is no image in %s: no file's name ends in .jpg, .jpeg or .png."
                .formatted(folder.resolve("pack")));
    Table numbers = Table.of(List.of(new NumericColumn("file", new double[1])));
    ImagePack pack =
        ImagePack.open(TinyImages.folder(folder, Map.of("1.png", TinyImages.png(Color.RED))));
    assertThatThrownBy(
            () -> ImageTable.of(numbers, "file", pack, "image", ONE_PIXEL, BadImages.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Column 'file' does not hold text, but expected were the names of the images' files.");
  }

  @Test
  void labels_in_file_names_are_read_by_the_groups_of_a_pattern() {
    byte[] red = TinyImages.png(Color.RED);
    ImagePack pack =
        ImagePack.open(
            TinyImages.folder(
                folder, Map.of("26_1_0_2017.png", red, "8_0_3_2016.png", red, "61_3.png", red)));

    Table table = FileNameLabels.of(pack, "file", "(?<age>\\d+)_(?<gender>\\d)_(?<race>\\d)_.*");

    assertThat(table.names()).containsExactly("file", "age", "gender", "race");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(((TextColumn) table.column("file")).value(1)).isEqualTo("8_0_3_2016.png");
    assertThat(((TextColumn) table.column("age")).value(1)).isEqualTo("8");
    assertThat(((TextColumn) table.column("race")).value(1)).isEqualTo("3");
  }

  @Test
  void a_pattern_that_says_nothing_is_refused() {
    ImagePack pack =
        ImagePack.open(TinyImages.folder(folder, Map.of("1.png", TinyImages.png(Color.RED))));

    assertThatThrownBy(() -> FileNameLabels.of(pack, "file", "(?<age>\\d+)_.*"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "The pattern '(?<age>\\d+)_.*' matches none of the 1 names of images in %s, such as '1.png'."
                .formatted(folder));
    assertThatThrownBy(() -> FileNameLabels.of(pack, "file", "(\\d+).*"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "The pattern '(\\d+).*' has no named group; write the part that is a label as (?<label>…).");
    assertThatThrownBy(() -> FileNameLabels.of(pack, "file", "(?<age>\\d+"))
        .isInstanceOf(DataException.class)
        .hasMessage("The pattern '(?<age>\\d+' is not a regular expression: Unclosed group.");
  }

  @Test
  void tensors_are_neither_written_as_csv_nor_taken_for_labels() {
    Table table = read(Map.of("1.png", TinyImages.png(Color.RED)), BadImages.SKIP, "1.png").table();

    assertThatThrownBy(() -> CsvFile.write(table, folder.resolve("table.csv")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Column 'image' holds tensors, which a CSV file cannot; write the table without it.");
    assertThat(folder.resolve("table.csv")).doesNotExist();
    assertThatThrownBy(() -> Labels.target(table, "image"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Column 'image' holds tensors, such as images, which are no values to tell rows apart by; name a column of numbers or text.");
    assertThatThrownBy(() -> Labels.weights(table, "image"))
        .isInstanceOf(DataException.class)
        .hasMessage("Column 'image' holds tensors, but weights must be numbers.");
  }
}
