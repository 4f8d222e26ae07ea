package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evenhand.core.Progress;
import org.evenhand.terminal.ExitCode;
import org.evenhand.training.Device;
import org.junit.jupiter.api.Test;

class ReproduceTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new Reproduce()
        .line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void without_a_name_the_experiments_are_listed() {
    assertThat(run()).isEqualTo(ExitCode.DONE);

    assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactlyElementsOf(Experiment.all().stream().map(Experiment::name).toList());
  }

  @Test
  void an_unknown_experiment_is_bad_input() {
    assertThat(run("table-99")).isEqualTo(ExitCode.BAD_INPUT);

    assertThat(err.toString())
        .startsWith("evenhand: There is no experiment 'table-99'; choose one of: erase-tabular, ");
  }

  @Test
  void choices_about_images_are_wrong_usage_where_there_are_none() {
    assertThat(run("erase-tabular", "--scale", "full")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString())
        .isEqualTo(
            """
            evenhand: --task, --scale, --kinds, --work and --device are for experiments on images; 'erase-tabular' has no such choice.
            Try 'evenhand reproduce --help'.
            """);
  }

  @Test
  void experiments_of_one_task_have_none_to_choose_from() {
    ImageChoices images =
        new ImageChoices(
            Optional.of("utkface"),
            ImageChoices.Size.SMALL,
            List.of(),
            Path.of("work"),
            Device.CPU);
    Experiment.Setting setting =
        new Experiment.Setting(Path.of("data"), Path.of("out"), 1, 1, "reproduce", images);

    for (Experiment experiment : List.of(new TableFive(), new FigureNine())) {
      assertThatExceptionOfType(ExperimentException.class)
          .isThrownBy(() -> experiment.run(setting, Progress.NONE))
          .withMessage("'%s' has one task only; leave --task out.", experiment.name());
    }
    assertThatExceptionOfType(ExperimentException.class)
        .isThrownBy(() -> new TableThree().run(setting, Progress.NONE))
        .withMessage(
            "There is no task 'utkface' of Table III; choose one of: two-colours, urbancars.");
  }

  @Test
  void the_help_is_that_of_the_command_in_lines_of_80_characters() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);

    assertThat(out.toString()).startsWith("Usage: evenhand reproduce ");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }
}
