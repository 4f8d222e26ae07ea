package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Progress;
import org.evenhand.training.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureEightTest {
  /** Paper is grey of two fifths, with a little noise; ink differs in one channel. */
  @Test
  void ink_is_what_differs_from_the_corner_and_paper_is_the_rest() {
    float[] image = new float[3 * 4];
    Arrays.fill(image, 0.4f);
    image[1] = 0.45f;
    image[4 + 2] = 0.9f;
    image[8 + 3] = 0.1f;

    assertThat(FigureEight.ink(image, 2, true)).containsExactly(false, false, true, true);
    assertThat(FigureEight.ink(image, 2, false)).containsExactly(true, true, false, false);
  }

  @Test
  void the_trigger_is_a_square_in_the_upper_left_corner() {
    boolean[] square = BackdoorTask.square(24);

    int inside = 0;
    for (boolean pixel : square) {
      inside += pixel ? 1 : 0;
    }
    assertThat(inside).isEqualTo(4);
    assertThat(List.of(square[0], square[1], square[24], square[25])).containsOnly(true);
  }

  @Test
  void another_task_is_refused_with_those_that_there_are(@TempDir Path folder) {
    Experiment.Setting setting =
        new Experiment.Setting(
            folder,
            folder,
            1,
            1,
            "reproduce",
            new ImageChoices(
                Optional.of("utkface"), ImageChoices.Size.SMALL, List.of(), folder, Device.CPU));

    assertThatThrownBy(() -> new FigureEight().run(setting, Progress.NONE))
        .isInstanceOf(ExperimentException.class)
        .hasMessage("'figure-8' has no task 'utkface'; choose one of: two-colours, backdoor.");
  }
}
