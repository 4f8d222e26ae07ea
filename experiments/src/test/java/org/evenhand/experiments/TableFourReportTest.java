package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evenhand.audit.GroupSummary;
import org.evenhand.experiments.ImageChoices.Size;
import org.evenhand.training.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFourReportTest {
  private final Path folder;

  TableFourReportTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private TableFourReport report(ImageTask task) {
    ImageChoices images =
        new ImageChoices(Optional.of(task.name()), Size.SMALL, List.of(), folder, Device.CPU);
    Experiment.Setting setting =
        new Experiment.Setting(folder, folder, 2, 2, "./evenhand reproduce table-4", images);
    return new TableFourReport(setting, task, task.scale(Size.SMALL));
  }

  private static LaboratoryPart part(
      long seed, String method, List<ErasureFigures> figures, String note) {
    return new LaboratoryPart("celeba-attractive", "vanilla", seed, method, figures, note, 12);
  }

  private static List<ErasureFigures> figures(double bias) {
    return List.of(new ErasureFigures(new GroupSummary(.75, .6, bias, .8), .02));
  }

  @Test
  void a_method_has_a_row_of_means_beside_what_survives_of_the_papers_table() throws IOException {
    TableFourReport report = report(CelebaTask.ATTRACTIVE);
    report.add(part(1, "Vanilla", figures(.20), ""));
    report.add(part(1, "Equalodds", figures(.02), ""));
    report.add(part(1, "Eraser", figures(.04), ""));
    report.add(part(2, "Vanilla", figures(.24), ""));
    report.add(part(2, "Equalodds", figures(.02), ""));
    report.add(part(2, "Eraser", figures(.06), ""));

    List<Path> written = report.write();

    assertThat(Files.readString(written.get(0)))
        .contains("# Table IV of Rule Eraser: celeba-attractive\n")
        .contains(
            "| Vanilla | 75.00 ± 0.00 | 60.00 ± 0.00 | 22.00 ± 2.83 | 2.00 ± 0.00 | 80.00 ± 0.00 | 12 | 76.85 / 66.20 / 20.92 |")
        .contains("| 12 | 71.74 / unknown / 1.06 |\n| Eraser | ")
        .contains("| 12 | 78.76 / 75.73 / 2.30 |");
    assertThat(Files.readString(written.get(1))).contains("\"model_bias\" : 0.24");
  }

  @Test
  void a_method_that_cannot_be_used_is_left_out_and_says_why() throws IOException {
    TableFourReport report = report(CelebaTask.ATTRACTIVE);
    report.add(part(1, "Vanilla", figures(.20), ""));
    report.add(part(1, "CalEqualodds", List.of(), "It decides between two classes."));
    report.add(part(1, "default", figures(.05), "It advises against itself: too few rows."));

    assertThat(Files.readString(report.write().get(0)))
        .doesNotContain("| CalEqualodds |")
        .endsWith(
            """

            CalEqualodds, left out: It decides between two classes.

            default: It advises against itself: too few rows.
            """);
  }

  @Test
  void of_several_seeds_a_note_names_its_own() throws IOException {
    TableFourReport report = report(CelebaTask.BLOND);
    report.add(part(1, "CalEqualodds", figures(.20), ""));
    report.add(part(2, "CalEqualodds", List.of(), "No mixture."));

    assertThat(Files.readString(report.write().get(0)))
        .contains("| CalEqualodds | 75.00 | 60.00 | 20.00 | 2.00 | 80.00 | 12 |  |")
        .endsWith("\nCalEqualodds, seed 2, left out: No mixture.\n");
  }

  @Test
  void a_part_is_read_back_as_it_was_kept() {
    PartStore store = new PartStore(folder);
    LaboratoryPart part = part(1, "CARE", figures(.1), "note");

    store.keep("part.json", part);

    assertThat(store.part("part.json", LaboratoryPart.class)).contains(part);
  }
}
