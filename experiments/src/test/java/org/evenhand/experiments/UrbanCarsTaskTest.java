package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.evenhand.experiments.ImageChoices.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In folders as the authors' program names them, with images of our own. */
class UrbanCarsTaskTest {
  private static final UrbanCarsTask TASK = new UrbanCarsTask();

  private final Path data;

  UrbanCarsTaskTest(@TempDir Path data) {
    this.data = data;
  }

  private void image(String folder, String name) throws IOException {
    Path file = TASK.source(data).resolve(folder).resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
  }

  @Test
  void folders_are_parts_and_labels() throws IOException {
    for (String car : List.of("urban", "country")) {
      for (String background : List.of("urban", "country")) {
        for (String object : List.of("urban", "country")) {
          String group = "obj-%s_bg-%s_co_occur_obj-%s".formatted(car, background, object);
          image("bg-0.95_co_occur_obj-0.95/train/" + group, "1.jpg");
          image("bg-0.95_co_occur_obj-0.95/train/" + group, "2.jpg");
          image("bg-0.5_co_occur_obj-0.5/val/" + group, "1.jpg");
          image("bg-0.5_co_occur_obj-0.5/test/" + group, "1.jpg");
        }
      }
    }

    try (ImageRows rows = TASK.rows(data, TASK.scale(Size.SMALL), 1)) {
      assertThat(rows.train().rows()).isEqualTo(16);
      assertThat(rows.calibration().rows()).isEqualTo(8);
      assertThat(rows.test().rows()).isEqualTo(8);
      assertThat(rows.erased()).containsExactly("background", "object");
      assertThat(rows.test().target().classes().names()).containsExactly("country", "urban");
      assertThat(rows.test().strata()).doesNotHaveDuplicates();
      // In the order of names the first is a country car on a country background beside a country
      // object, the second the same beside an urban one.
      assertThat(rows.test().target().codes()).startsWith(0, 0, 0, 0, 1);
      assertThat(rows.test().attribute("background").codes()).startsWith(0, 0, 1, 1, 0);
      assertThat(rows.test().attribute("object").codes()).startsWith(0, 1, 0, 1, 0);
    }
  }

  @Test
  void an_image_somewhere_else_is_refused_with_an_example_of_a_folder() throws IOException {
    image("val/cars", "1.jpg");

    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(() -> TASK.rows(data, TASK.scale(Size.SMALL), 1))
        .withMessage(
            "The image 'val/cars/1.jpg' in %s is in no folder of UrbanCars, such as bg-0.5_co_occur_obj-0.5/val/obj-urban_bg-urban_co_occur_obj-country.",
            TASK.source(data));
  }
}
