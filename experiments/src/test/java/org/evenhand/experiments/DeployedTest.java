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
import org.evenhand.core.Head;
import org.evenhand.experiments.ImageChoices.Size;
import org.evenhand.training.Device;
import org.evenhand.training.ModelKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployedTest {
  private static final ImageScale.Recipe RECIPE = ImageScale.smallCnn(10, 3, false);

  @Test
  void models_that_differ_in_their_end_alone_are_not_taken_for_each_other() {
    ModelKind kind = ModelKind.of("vanilla");
    Deployed softmax = new Deployed("softmax", kind, RECIPE, Head.Link.SOFTMAX);

    assertThat(new Deployed("sigmoid", kind, RECIPE, Head.Link.SIGMOID).identity())
        .isNotEqualTo(softmax.identity());
    // Finished models of Table I are those of other experiments, too.
    assertThat(softmax.identity()).isEqualTo(Deployed.ofEveryKind(RECIPE).get(0).identity());
  }

  @Test
  void a_page_of_backbones_has_a_section_each_with_what_the_paper_printed(@TempDir Path folder)
      throws IOException {
    ImageTask task = CelebaTask.BIG_NOSE;
    ImageChoices images =
        new ImageChoices(Optional.empty(), Size.SMALL, List.of(), folder, Device.CPU);
    TableOneReport report =
        new TableOneReport(
            new Experiment.Setting(folder, folder, 1, 2, "./evenhand reproduce table-5", images),
            task,
            task.scale(Size.SMALL),
            new TableOneReport.Topic("table-5", "Table V", "two networks", "A remark. "));
    report.add(part(.30).of(Deployed.vanilla(TableFive.RESNET, RECIPE)));
    report.add(part(.28).of(Deployed.vanilla(TableFive.VIT, RECIPE)));

    List<Path> written = report.write();

    assertThat(written)
        .containsExactly(folder.resolve("table-5.md"), folder.resolve("table-5.json"));
    String page = Files.readString(written.get(0));
    assertThat(page)
        .startsWith("# Table V\n")
        .contains("deployed models: two networks;", "part. A remark. In percent")
        .contains("\n## resnet34\n", "\n## vit\n")
        .contains("| 20.00 | 30.00 | 2.00 | 70.00 | 69.48 / 36.45 / 23.26 |")
        .contains("| 20.00 | 28.00 | 2.00 | 70.00 | 60.01 / 11.75 / 27.53 |")
        .contains(
            "| P1 over pixels | 72.00 | 70.00 | 4.00 | 2.00 | 71.00 | 66.85 / 63.91 / 3.75 |");
    assertThat(page.split("average and worst group accuracy higher: \\*\\*reached")).hasSize(3);
    assertThat(Files.readString(written.get(1))).contains("\"kind\" : \"vit\"");
  }

  private static ErasedPart part(double before) {
    Map<String, ErasureFigures> figures = new LinkedHashMap<>();
    figures.put("before", new ErasureFigures(new GroupSummary(.65, .2, before, .70), .02));
    figures.put("default", new ErasureFigures(new GroupSummary(.72, .7, .04, .71), .02));
    figures.put(ErasedAnswers.PAPER, new ErasureFigures(new GroupSummary(.72, .7, .04, .71), .02));
    return new ErasedPart("celeba-bignose", "vanilla", 1, "S4", false, figures, Map.of(), 40, 80);
  }
}
