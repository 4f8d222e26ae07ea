package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  private static final List<ResultTable.Figure> FIGURES =
      List.of(
          new ResultTable.Figure("accuracy", "accuracy", ResultTable.Form.PERCENT),
          new ResultTable.Figure("bias", "bias", ResultTable.Form.SHARE),
          new ResultTable.Figure("seconds", "seconds", ResultTable.Form.SECONDS),
          new ResultTable.Figure("parameters", "parameters", ResultTable.Form.COUNT));

  @Test
  void every_figure_has_its_form_and_every_task_its_notes(@TempDir Path folder) throws IOException {
    ResultTable table = new ResultTable(FIGURES);
    new UnlearntPart(
            List.of(new UnlearntPart.Line("refit", List.of(.5, .25, 1.5, 256_500.0))),
            List.of("Seed 1, refit would be declined."))
        .addTo(table, "digits", 1);
    table.add("digits", 2, "refit", .7, .35, 2.5, 256_500);
    table.add("faces", 1, "direct", .9, .1, 3, 66);

    List<Path> written = table.write(folder, "page", "# Page\n");

    assertThat(Files.readString(written.get(0)))
        .isEqualTo(
            """
            # Page

            ## digits

            | | accuracy | bias | seconds | parameters |
            |---|---|---|---|---|
            | refit | 60.00 ± 14.14 | 0.3000 ± 0.0707 | 2.0 ± 0.7 | 256,500 |

            Seed 1, refit would be declined.

            ## faces

            | | accuracy | bias | seconds | parameters |
            |---|---|---|---|---|
            | direct | 90.00 | 0.1000 | 3.0 | 66 |
            """);
    assertThat(Files.readAllLines(written.get(1)))
        .contains("task,seed,method,accuracy,bias,seconds,parameters")
        .hasSize(4);
  }
}
