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

class TableOneReportTest {
  @Test
  void the_page_shows_means_over_seeds_beside_what_the_paper_printed(@TempDir Path folder)
      throws IOException {
    ImageTask task = CelebaTask.BLOND;
    TableOneReport report = new TableOneReport(setting(folder), task, task.scale(Size.SMALL));
    report.add(part(1, .20, .04));
    report.add(part(2, .24, .06));

    List<Path> written = report.write();

    String page = Files.readString(written.get(0));
    // Means of .20 and .24, of .04 and .06, each less a floor of .02; the paper's Table I(b).
    assertThat(page)
        .contains("Model Bias less its noise floor 20.00 → 3.00 (-85 %)")
        .contains("average group accuracy +10.00, worst group +40.00, overall -1.00")
        .contains("Chosen by default: {S4=2}; declined in 0 of 2.")
        .contains("average and worst group accuracy higher: **reached**.")
        .contains(
            "| before | 75.00 ± 0.00 | 40.00 ± 0.00 | 22.00 ± 2.83 | 2.00 ± 0.00 | 93.00 ± 0.00 | 82.39 / 46.13 / 22.06 |")
        .contains("| P1 over pixels | ")
        .contains("| 91.54 / 85.64 / 6.24 |");
    assertThat(Files.readString(written.get(1)))
        .contains("\"noise_floor\" : 0.02")
        .contains("\"model_bias\" : 0.24");
  }

  @Test
  void the_page_says_where_less_was_reached_than_asked(@TempDir Path folder) throws IOException {
    ImageTask task = CelebaTask.BLOND;
    TableOneReport report = new TableOneReport(setting(folder), task, task.scale(Size.SMALL));
    // From .20 to .10, each less a floor of .02, is a fall by 56 %.
    report.add(part(1, .20, .10));

    assertThat(Files.readString(report.write().get(0)))
        .contains("Model Bias less its noise floor 18.00 → 8.00 (-56 %)")
        .contains("average and worst group accuracy higher: **not reached**.")
        .contains("| before | 75.00 | 40.00 | 20.00 | 2.00 | 93.00 |");
  }

  @Test
  void of_imagenet_b_less_is_asked_as_in_the_paper(@TempDir Path folder) throws IOException {
    ImageTask task = new ImageNetBTask();
    TableOneReport report = new TableOneReport(setting(folder), task, task.scale(Size.SMALL));
    report.add(part(1, .20, .10));

    assertThat(Files.readString(report.write().get(0)))
        .contains(
            "Asked: Model Bias less its floor lower by 50 % or more, average and worst group accuracy higher: **reached**.");
  }

  private static ErasedPart part(long seed, double before, double after) {
    Map<String, ErasureFigures> figures = new LinkedHashMap<>();
    figures.put("before", new ErasureFigures(new GroupSummary(.75, .4, before, .93), .02));
    figures.put("default", new ErasureFigures(new GroupSummary(.85, .8, after, .92), .02));
    figures.put(
        ErasedAnswers.PAPER, new ErasureFigures(new GroupSummary(.84, .8, after, .92), .02));
    return new ErasedPart("celeba-blond", "vanilla", seed, "S4", false, figures, Map.of(), 40, 80);
  }

  private static Experiment.Setting setting(Path folder) {
    ImageChoices images =
        new ImageChoices(Optional.of("celeba-blond"), Size.SMALL, List.of(), folder, Device.CPU);
    return new Experiment.Setting(folder, folder, 2, 2, "./evenhand reproduce table-1", images);
  }
}
