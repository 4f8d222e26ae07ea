package org.evenhand.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.evenhand.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePackTest {
  private static final byte[] RED = TinyImages.png(Color.RED);
  private static final byte[] BLUE = TinyImages.jpeg(Color.BLUE);
  private static final Map<String, byte[]> FILES =
      new TreeMap<>(
          Map.of(
              "b/red.PNG",
              RED,
              "a.jpg.chip.jpeg",
              BLUE,
              "README.txt",
              "no image".getBytes(StandardCharsets.UTF_8)));

  @TempDir private Path folder = Path.of("");

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Stream<Path> packs() throws IOException {
    byte[] tar = TinyImages.tar(FILES);
    return Stream.of(
        TinyImages.folder(folder.resolve("folder"), FILES),
        TinyImages.zip(folder.resolve("pack.zip"), FILES),
        file("pack.tar", tar),
        file("pack.tar.gz", TinyImages.gzipped(tar)),
        file("pack.TGZ", TinyImages.gzipped(tar)));
  }

  @Test
  void every_kind_of_pack_lists_and_reads_the_same_images() throws IOException {
    for (Path path : packs().toList()) {
      try (ImagePack pack = ImagePack.open(path)) {
        assertThat(pack.path()).isEqualTo(path);
        assertThat(pack.names()).containsExactly("a.jpg.chip.jpeg", "b/red.PNG");
        assertThat(pack.read("b/red.PNG")).isEqualTo(RED);
        assertThat(pack.read("a.jpg.chip.jpeg")).isEqualTo(BLUE);
      }
    }
  }

  @Test
  void of_an_archive_only_the_needed_images_are_kept() throws IOException {
    Path path = file("pack.tar", TinyImages.tar(FILES));

    try (ImagePack pack = ImagePack.open(path, name -> name.startsWith("b/"))) {
      assertThat(pack.names()).hasSize(2);
      assertThat(pack.read("b/red.PNG")).isEqualTo(RED);
      assertThatThrownBy(() -> pack.read("a.jpg.chip.jpeg"))
          .isInstanceOf(IOException.class)
          .hasMessage("it was not among the needed images when the archive was opened");
    }
  }

  private static long spools() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("evenhand-images-"))
          .count();
    }
  }

  @Test
  void what_was_kept_of_an_archive_is_deleted_when_it_is_closed_or_cannot_be_read()
      throws IOException {
    long before = spools();
    try (ImagePack pack = ImagePack.open(file("pack.tar", TinyImages.tar(FILES)))) {
      assertThat(pack.names()).isNotEmpty();
      assertThat(spools()).isGreaterThanOrEqualTo(before);
    }
    Path damaged = file("damaged.tar", Arrays.copyOf(TinyImages.tar(FILES), 700));
    assertThatThrownBy(() -> ImagePack.open(damaged)).isInstanceOf(DataException.class);

    assertThat(spools()).isEqualTo(before);
  }

  @Test
  void long_names_are_read_as_gnu_and_as_pax_write_them_and_dots_before_names_are_dropped()
      throws IOException {
    String gnu = "g".repeat(300) + ".png";
    String pax = "gesichter/ä" + "p".repeat(200) + ".png";
    String record = " path=" + pax + "\n";
    int length = record.getBytes(StandardCharsets.UTF_8).length + 3;
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(TinyImages.tarEntry("./", '5', new byte[0]));
    tar.writeBytes(
        TinyImages.tarEntry("././@LongLink", 'L', (gnu + "\0").getBytes(StandardCharsets.UTF_8)));
    tar.writeBytes(TinyImages.tarEntry(gnu.substring(0, 100), '0', RED));
    tar.writeBytes(
        TinyImages.tarEntry(
            "PaxHeaders/x",
            'x',
            ("11 atime=1\n" + length + record).getBytes(StandardCharsets.UTF_8)));
    tar.writeBytes(TinyImages.tarEntry("cut.png", '0', BLUE));
    tar.writeBytes(TinyImages.tarEntry("./plain.png", '0', RED));
    tar.writeBytes(new byte[1024]);

    try (ImagePack pack = ImagePack.open(file("names.tar", tar.toByteArray()))) {
      assertThat(pack.names()).containsExactlyInAnyOrder(gnu, pax, "plain.png");
      assertThat(pack.read(pax)).isEqualTo(BLUE);
    }
  }

  @Test
  void a_size_that_octal_digits_cannot_hold_is_read_as_a_binary_number() throws IOException {
    byte[] entry = TinyImages.tarEntry("binary.png", '0', RED);
    byte[] size = new byte[12];
    size[0] = (byte) 0x80;
    size[10] = (byte) (RED.length >> 8);
    size[11] = (byte) RED.length;
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (size[i] & 0xff) - (entry[124 + i] & 0xff);
      entry[124 + i] = size[i];
    }
    int old = Integer.parseInt(new String(entry, 148, 6, StandardCharsets.US_ASCII), 8);
    byte[] checksum = "%06o".formatted(old + sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, entry, 148, 6);

    try (ImagePack pack = ImagePack.open(file("binary.tar", entry))) {
      assertThat(pack.read("binary.png")).isEqualTo(RED);
    }
  }

  @Test
  void a_folder_is_known_by_the_names_and_contents_of_its_images() {
    Path pack = TinyImages.folder(folder.resolve("one"), Map.of("a.png", RED, "b.png", BLUE));
    String hash = ImagePack.artefact(pack).sha256();

    assertThat(ImagePack.artefact(pack).bytes()).isEqualTo(RED.length + BLUE.length);
    TinyImages.folder(pack, Map.of("README.txt", RED));
    assertThat(ImagePack.artefact(pack).sha256()).isEqualTo(hash);
    TinyImages.folder(pack, Map.of("a.png", BLUE));
    assertThat(ImagePack.artefact(pack).sha256()).isNotEqualTo(hash);
  }

  private static void assertRefused(Path path, String message) {
    assertThatThrownBy(() -> ImagePack.open(path))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void what_is_no_pack_is_refused() throws IOException {
    Path none = folder.resolve("none.zip");
    assertRefused(none, "There is no folder or archive of images %s.".formatted(none));
    Path image = file("red.png", RED);
    assertRefused(
        image,
        "%s is not a pack of images by its name; expected a folder, .tar.gz, .tgz, .tar or .zip."
            .formatted(image));
  }

  @Test
  void a_damaged_archive_is_refused() throws IOException {
    byte[] tar = TinyImages.tar(FILES);
    byte[] packed = TinyImages.gzipped(tar);
    // The end, the last image with its header, and some of the image before.
    int end = tar.length - 1024 - 512 - (RED.length + 511) / 512 * 512;
    Path cut = file("cut.tar", Arrays.copyOf(tar, end - 300));
    assertRefused(
        cut,
        "%s is not a tar archive, or a damaged one (the archive ends inside a file); copy it again."
            .formatted(cut));
    Path gz = file("cut.tar.gz", Arrays.copyOf(packed, packed.length / 2));
    assertThatThrownBy(() -> ImagePack.open(gz))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("%s is not a tar archive, or a damaged one (".formatted(gz));
    Path other = file("other.tar", "name,age\n".repeat(200).getBytes(StandardCharsets.UTF_8));
    assertRefused(
        other,
        "%s is not a tar archive, or a damaged one (a header has something else where numbers belong); copy it again."
            .formatted(other));
    tar[3] ^= 1;
    Path flipped = file("flipped.tar", tar);
    assertRefused(
        flipped,
        "%s is not a tar archive, or a damaged one (a header's checksum is wrong); copy it again."
            .formatted(flipped));
    Path zip = file("other.zip", "name,age\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ImagePack.open(zip))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("%s is no zip archive, or a damaged one (".formatted(zip));
  }
}
