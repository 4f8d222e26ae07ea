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

class TableThreeReportTest {
  @Test
  void the_page_shows_both_biases_and_their_mean_beside_groups_of_both(@TempDir Path folder)
      throws IOException {
    // Means of .30 and .10, and of .04 and .02, each less a floor of .02: .18 to .01.
    String page = Files.readString(report(folder, .04, .02).get(0));

    assertThat(page)
        .contains(
            "Model Bias less its noise floor, mean of both: 18.00 → 1.00 (-94 %); foreground 28.00 → 2.00, background 8.00 → 0.00; average group accuracy +10.00, worst group +40.00")
        .contains("lower by 80 % or more, average and worst group accuracy higher: **reached**.")
        .contains(
            "| before | 75.00 | 40.00 | 30.00 | 2.00 | 10.00 | 2.00 | 20.00 | 93.00 | 77.27 / 28.05 / 30.04 |")
        .contains("| default | 85.00 | 80.00 | 4.00 | 2.00 | 2.00 | 2.00 | 3.00 | 92.00 |  |");
  }

  @Test
  void one_bias_that_stays_is_not_made_up_for_by_the_other(@TempDir Path folder)
      throws IOException {
    // .18 to .05 is a fall by 72 %.
    assertThat(Files.readString(report(folder, .12, .02).get(0)))
        .contains("mean of both: 18.00 → 5.00 (-72 %)")
        .contains("average and worst group accuracy higher: **not reached**.");
  }

  @Test
  void the_raw_file_has_every_figure(@TempDir Path folder) throws IOException {
    assertThat(Files.readString(report(folder, .04, .02).get(1)))
        .contains("\"of_each\"", "\"foreground\"", "\"model_bias\" : 0.3");
  }

  private static List<Path> report(Path folder, double foreground, double background) {
    ImageTask task = new TwoColoursTask();
    ImageChoices images =
        new ImageChoices(Optional.empty(), Size.SMALL, List.of(), folder, Device.CPU);
    TableThreeReport report =
        new TableThreeReport(
            new Experiment.Setting(folder, folder, 1, 2, "./evenhand reproduce table-3", images),
            task,
            task.scale(Size.SMALL));
    Map<String, Map<String, ErasureFigures>> ofEach = new LinkedHashMap<>();
    ofEach.put("foreground", figures(.30, foreground));
    ofEach.put("background", figures(.10, background));
    report.add(
        new ErasedPart(task.name(), "vanilla", 1, "S4", false, figures(.30, .30), ofEach, 40, 80));
    return report.write();
  }

  private static Map<String, ErasureFigures> figures(double before, double after) {
    return Map.of(
        "before", new ErasureFigures(new GroupSummary(.75, .4, before, .93), .02),
        "default", new ErasureFigures(new GroupSummary(.85, .8, after, .92), .02));
  }
}
