package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.TensorColumn;
import org.evenhand.datasets.Corruption;
import org.evenhand.experiments.ImageChoices.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the given images. */
class ImageTaskTest {
  private Path data = Path.of("");

  @BeforeEach
  void findData() {
    data = GivenData.folder();
  }

  @Test
  void every_test_digit_of_colored_mnist_is_shown_on_all_colours() {
    try (ImageRows rows = rows(new ColoredMnistTask())) {
      // 60,000 training digits in the shares 3/4 and 1/4; 2,000 of the others on ten colours.
      assertThat(rows.train().rows()).isEqualTo(45_000);
      assertThat(rows.calibration().rows()).isEqualTo(15_000);
      assertThat(rows.test().rows()).isEqualTo(20_000);
      int[] colours = rows.test().attribute("colour").codes();
      for (int colour = 0; colour < 10; colour++) {
        int wanted = colour;
        assertThat(Arrays.stream(colours).filter(each -> each == wanted).count()).isEqualTo(2_000);
      }
      assertThat(own(rows.train(), "colour")).isBetween(.979, .981);
      assertThat(own(rows.calibration(), "colour")).isBetween(.979, .981);
      assertThat(indices(rows.train())).doesNotContainAnyElementsOf(indices(rows.calibration()));
    }
  }

  @Test
  void the_pictures_of_celeba_are_divided_three_to_one_to_one() {
    try (ImageRows rows = rows(CelebaTask.BLOND)) {
      // 20,000 pictures of 4,000 people; people have different numbers of pictures.
      assertThat(rows.train().rows()).isBetween(11_700, 12_300);
      assertThat(rows.calibration().rows()).isBetween(3_800, 4_200);
      assertThat(rows.train().rows() + rows.calibration().rows() + rows.test().rows())
          .isEqualTo(20_000);
      assertThat(indices(rows.train())).doesNotContainAnyElementsOf(indices(rows.test()));
    }
  }

  @Test
  void the_training_faces_of_utkface_are_biased_and_the_others_as_they_come() {
    try (ImageRows rows = rows(new UtkFaceTask())) {
      assertThat(share(rows.train(), "female", "White")).isBetween(.09, .092);
      assertThat(share(rows.train(), "male", "other")).isBetween(.09, .092);
      assertThat(share(rows.calibration(), "female", "White")).isBetween(.4, .5);
      assertThat(share(rows.test(), "male", "other")).isBetween(.45, .55);
    }
  }

  @Test
  void birds_are_at_home_in_nineteen_of_twenty_pictures_that_train() {
    try (ImageRows rows = rows(new WaterbirdsTask())) {
      assertThat(rows.train().rows()).isEqualTo(4_795);
      assertThat(rows.calibration().rows() + rows.test().rows()).isEqualTo(1_199);
      assertThat(atHome(rows.train())).isBetween(.94, .96);
      assertThat(atHome(rows.test())).isBetween(.49, .51);
      assertThat(indices(rows.calibration())).doesNotContainAnyElementsOf(indices(rows.test()));
    }
  }

  private static double atHome(LabelledSet set) {
    int[] places = set.attribute("place").codes();
    int[] birds = set.target().codes();
    return IntStream.range(0, birds.length).filter(i -> birds[i] == places[i]).count()
        / (double) birds.length;
  }

  @Test
  void every_test_picture_of_imagenet_b_is_shown_in_all_corruptions() {
    try (ImageRows rows = rows(new ImageNetBTask())) {
      // Of 1,200 pictures a super-class 720, 240 and 240; of these, 684 and 24 in their own.
      assertThat(rows.train().rows()).isEqualTo(7_200);
      assertThat(rows.calibration().rows()).isEqualTo(2_400);
      assertThat(rows.test().rows()).isEqualTo(24_000);
      assertThat(ownCorruption(rows.train())).isEqualTo(6_840);
      assertThat(ownCorruption(rows.calibration())).isEqualTo(240);
      assertThat(ownCorruption(rows.test())).isEqualTo(2_400);
      assertThat(pictures(rows.train())).hasSize(7_200);
      assertThat(pictures(rows.test())).hasSize(2_400);
      assertThat(pictures(rows.train())).doesNotContainAnyElementsOf(pictures(rows.calibration()));
      assertThat(pictures(rows.train())).doesNotContainAnyElementsOf(pictures(rows.test()));
      assertThat(pictures(rows.calibration())).doesNotContainAnyElementsOf(pictures(rows.test()));
    }
  }

  private static long ownCorruption(LabelledSet set) {
    int[] classes = set.target().codes();
    List<String> values = set.attribute("corruption").values();
    List<String> titles = Arrays.stream(Corruption.values()).map(Corruption::title).toList();
    return IntStream.range(0, classes.length)
        .filter(
            i -> values.get(set.attribute("corruption").codes()[i]).equals(titles.get(classes[i])))
        .count();
  }

  @Test
  void every_test_digit_of_two_colours_is_shown_on_all_backgrounds_in_all_foregrounds() {
    try (ImageRows rows = rows(new TwoColoursTask())) {
      assertThat(rows.erased()).containsExactly("foreground", "background");
      assertThat(rows.groupedBy()).isEqualTo("foreground,background");
      assertThat(rows.train().rows()).isEqualTo(45_000);
      assertThat(rows.calibration().rows()).isEqualTo(15_000);
      assertThat(rows.test().rows()).isEqualTo(40_000);
      for (String colour : rows.erased()) {
        assertThat(own(rows.train(), colour)).isBetween(.949, .951);
        assertThat(own(rows.calibration(), colour)).isBetween(.095, .105);
        assertThat(own(rows.test(), colour)).isEqualTo(.1);
      }
      assertThat(rows.test().attribute("foreground,background").size()).isEqualTo(100);
      assertThat(Arrays.stream(rows.test().strata()).distinct().count()).isEqualTo(1_000);
    }
  }

  @Test
  void one_training_picture_in_twenty_is_poisoned_and_every_test_picture_is_shown_both_ways() {
    try (ImageRows clean = rows(CelebaTask.ATTRACTIVE);
        ImageRows rows = rows(new BackdoorTask())) {
      assertThat(triggered(rows.train())).hasSize((int) Math.round(clean.train().rows() / 20.0));
      assertThat(triggered(rows.train()))
          .allSatisfy(row -> assertThat(rows.train().target().codes()[row]).isEqualTo(1));
      assertThat(triggered(rows.calibration()))
          .hasSize((int) Math.round(clean.calibration().rows() / 2.0));
      assertThat(rows.calibration().target().codes())
          .isEqualTo(clean.calibration().target().codes());
      assertThat(rows.test().rows()).isEqualTo(2 * clean.test().rows());

      float[] without = pixels(rows.test(), 0);
      float[] with = pixels(rows.test(), 1);
      assertThat(without).isEqualTo(pixels(clean.test(), 0));
      // Of 48 × 48 pixels, 4 × 4 in the corner of every channel are white.
      for (int i = 0; i < with.length; i++) {
        boolean corner = i % 48 < 4 && i / 48 % 48 < 4;
        assertThat(with[i]).isEqualTo(corner ? 1 : without[i]);
      }
    }
  }

  private static List<Integer> triggered(LabelledSet set) {
    int[] codes = set.attribute(BackdoorTask.TRIGGER).codes();
    return IntStream.range(0, codes.length).filter(row -> codes[row] == 1).boxed().toList();
  }

  private static float[] pixels(LabelledSet set, int row) {
    TensorColumn images = (TensorColumn) set.inputs().column(ImageRows.IMAGE);
    float[] pixels = new float[images.size()];
    images.read(row, pixels, 0);
    return pixels;
  }

  @Test
  void at_another_severity_only_the_rarer_class_of_each_gender_is_thinned_out_in_training() {
    try (ImageRows usual = rows(CelebaTask.ATTRACTIVE);
        ImageRows rows = rows(ImageTask.named("celeba-attractive=0.1"))) {
      int[][] before = sizes(usual.train());
      int[][] after = sizes(rows.train());
      for (int gender = 0; gender < 2; gender++) {
        int frequent = before[gender][0] < before[gender][1] ? 1 : 0;
        assertThat(after[gender][frequent]).isEqualTo(before[gender][frequent]);
        assertThat(after[gender][1 - frequent])
            .isEqualTo((int) Math.round(before[gender][frequent] / 10.0));
      }
      assertThat(indices(rows.calibration())).isEqualTo(indices(usual.calibration()));
      assertThat(indices(rows.test())).isEqualTo(indices(usual.test()));
    }
  }

  private static int[][] sizes(LabelledSet set) {
    int[][] sizes = new int[2][2];
    for (int row = 0; row < set.rows(); row++) {
      sizes[set.attribute("Male").codes()[row]][set.target().codes()[row]]++;
    }
    return sizes;
  }

  private static double own(LabelledSet set, String colour) {
    int[] digits = set.target().codes();
    int[] colours = set.attribute(colour).codes();
    return IntStream.range(0, digits.length).filter(i -> digits[i] == colours[i]).count()
        / (double) digits.length;
  }

  /** Ten rows of every combination are of one picture. */
  private static Set<Integer> pictures(LabelledSet set) {
    return indices(set).stream().map(index -> index / 10).collect(Collectors.toSet());
  }

  /** Of the people of an ethnicity, those of a gender. */
  private static double share(LabelledSet set, String gender, String ethnicity) {
    int target = set.target().classes().names().indexOf(gender);
    int value = set.attribute("ethnicity").values().indexOf(ethnicity);
    int[] of =
        IntStream.range(0, set.rows())
            .filter(row -> set.attribute("ethnicity").codes()[row] == value)
            .toArray();
    return Arrays.stream(of).filter(row -> set.target().codes()[row] == target).count()
        / (double) of.length;
  }

  private static Set<Integer> indices(LabelledSet set) {
    TensorColumn images = (TensorColumn) set.inputs().column(ImageRows.IMAGE);
    Set<Integer> indices = new HashSet<>();
    Arrays.stream(images.indices()).forEach(indices::add);
    return indices;
  }

  private ImageRows rows(ImageTask task) {
    return task.rows(data, task.scale(Size.SMALL), 1);
  }
}
