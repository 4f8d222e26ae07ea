package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenhand.audit.GroupSummary;
import org.evenhand.experiments.ImageChoices.Size;
import org.evenhand.training.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchStudiesReportTest {
  private static ErasureFigures figures(double bias) {
    return new ErasureFigures(new GroupSummary(.8, .6, bias, .9), .02);
  }

  private static StudyPart part(long seed, double few) {
    Map<String, List<ErasureFigures>> images = new LinkedHashMap<>();
    images.put("1/1,000, 12 images", List.of());
    images.put("1/100, 120 images", List.of(figures(few), figures(few)));
    return new StudyPart("celeba-attractive", "vanilla", seed, Map.of("Images", images));
  }

  @Test
  void draws_of_all_seeds_are_averaged_and_those_that_determined_nothing_said(@TempDir Path folder)
      throws IOException {
    ImageTask task = CelebaTask.ATTRACTIVE;
    ImageChoices images =
        new ImageChoices(Optional.empty(), Size.SMALL, List.of(), folder, Device.CPU);
    PatchStudiesReport report =
        new PatchStudiesReport(
            new Experiment.Setting(folder, folder, 1, 2, "./evenhand reproduce", images),
            task,
            task.scale(Size.SMALL));
    report.add(part(1, .10));
    report.add(part(2, .20));

    List<Path> written = report.write();

    // Twice .10 and twice .20: a mean of .15 and a deviation of .0577.
    assertThat(Files.readString(written.get(0)))
        .contains("### Images\n")
        .contains("| 1/1,000, 12 images | | | | | | 0 |\n")
        .contains(
            "| 1/100, 120 images | 80.00 ± 0.00 | 60.00 ± 0.00 | 15.00 ± 5.77 | 2.00 ± 0.00 | 90.00 ± 0.00 | 4 |\n");
    assertThat(written.get(1)).hasFileName("patch-studies-celeba-attractive.json");
  }
}
