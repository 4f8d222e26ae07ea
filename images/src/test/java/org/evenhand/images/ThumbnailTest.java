package org.evenhand.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.evenhand.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailTest {
  private final ImagePack pack;

  ThumbnailTest(@TempDir Path folder) {
    BufferedImage wide =
        TinyImages.plain(200, 50, BufferedImage.TYPE_INT_RGB, new Color(200, 10, 90));
    pack =
        ImagePack.open(
            TinyImages.folder(
                folder,
                Map.of(
                    "wide.png",
                    TinyImages.encoded(wide, "png"),
                    "small.png",
                    TinyImages.noise("png", 7),
                    "broken.png",
                    new byte[0])));
  }

  private BufferedImage thumbnail(String name) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Thumbnail.png(pack, name, 64)));
  }

  @Test
  void a_large_image_is_made_small_in_its_proportions_and_colours() throws IOException {
    BufferedImage small = thumbnail("wide.png");

    assertThat(small.getWidth()).isEqualTo(64);
    assertThat(small.getHeight()).isEqualTo(16);
    assertThat(new Color(small.getRGB(30, 8))).isEqualTo(new Color(200, 10, 90));
  }

  @Test
  void a_small_image_stays_as_it_is() throws IOException {
    BufferedImage original = ImageIO.read(new ByteArrayInputStream(TinyImages.noise("png", 7)));

    BufferedImage small = thumbnail("small.png");

    assertThat(small.getRGB(0, 0, 7, 7, null, 0, 7))
        .isEqualTo(original.getRGB(0, 0, 7, 7, null, 0, 7));
  }

  @Test
  void an_image_that_cannot_be_decoded_is_named() {
    assertThatThrownBy(() -> Thumbnail.png(pack, "broken.png", 64))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "The image 'broken.png' in %s cannot be decoded: the file is empty.", pack.path());
  }
}
