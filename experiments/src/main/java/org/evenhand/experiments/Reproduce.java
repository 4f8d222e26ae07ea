package org.evenhand.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.evenhand.terminal.Arguments;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Program;
import org.evenhand.terminal.ProgressBar;
import org.evenhand.terminal.Shell;
import org.evenhand.terminal.Usage;
import org.evenhand.terminal.Version;
import org.evenhand.training.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs an experiment and writes its tables: {@code ./evenhand reproduce} in a checkout. A program
 * of its own, because the {@code evenhand} command is not to carry what only experiments need.
 */
@Command(
    name = "evenhand reproduce",
    description = "Runs an experiment and writes its tables; without a name, lists them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
public final class Reproduce extends Program implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The experiment.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many repetitions, with seeds 1 to N (default ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "docs/results",
      description = "Where the tables go (default ${DEFAULT-VALUE}).")
  private Path folder = Path.of("");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to use; by default all processors. Changes no figure.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "The task of Table I or IV: colored-mnist (colored-mnist=0.99 for another share of digits on their own colour), celeba-bignose, celeba-blond, celeba-attractive (celeba-attractive=0.1 for another ratio of the rarer to the more frequent class of each gender in training), utkface, waterbirds, imagenet-b or backdoor. Of Table III: two-colours (default), or urbancars for whoever has these images in images/urbancars.")
  private Optional<String> task = Optional.empty();

  @Option(
      names = "--scale",
      paramLabel = "SIZE",
      description =
          "Of images and networks: 'small' for two cores (default), 'full' for the paper's networks.")
  private Optional<String> scale = Optional.empty();

  @Option(
      names = "--kinds",
      paramLabel = "KIND[=SEEDS]",
      split = ",",
      description =
          "Deployed models to train: vanilla, adversarial, contrastive, unfair; resnet34, vit for table-5; softmax, sigmoid for figure-9; each with its own number of seeds, as in vanilla=3 (default all).")
  private List<String> kinds = List.of();

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description =
          "Where an experiment on images keeps trained models and finished parts, so that it can go on after a stop (default target/reproduce).")
  private Optional<Path> work = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "What networks of images are trained on: cpu (default), cuda or cuda:N.")
  private Optional<String> device = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For {@link #line}. */
  public Reproduce() {}

  /**
   * Runs the program and ends the process with its exit code.
   *
   * @param arguments the command line, without the word {@code reproduce}
   */
  public static void main(String[] arguments) {
    run(Reproduce::new, arguments);
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (name.isEmpty()) {
      Experiment.all().forEach(each -> out.printf("%-20s %s%n", each.name(), each.description()));
      out.flush();
      return ExitCode.DONE;
    }
    Experiment experiment = Experiment.named(name.get());
    ImageChoices images = Usage.checked(spec, () -> images(experiment));
    String data =
        Optional.ofNullable(System.getenv("EVENHAND_DATA"))
            .orElseThrow(
                () ->
                    new ExperimentException(
                        "The experiment needs the given data and models; set EVENHAND_DATA to their folder."));
    makeFolder();
    Experiment.Setting setting =
        new Experiment.Setting(
            Path.of(data),
            folder,
            seeds,
            threads.orElse(Runtime.getRuntime().availableProcessors()),
            Shell.command("./evenhand", "reproduce", Arguments.of(spec)),
            images);
    try (ProgressBar progress = ProgressBar.on(spec.commandLine().getErr())) {
      List<Path> written = experiment.run(setting, progress);
      written.forEach(path -> out.printf("Written: %s%n", path));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ExperimentException(
          "The folder '%s' cannot be made, because a part of its path is a file or cannot be written to; name another with --out."
              .formatted(folder));
    }
  }

  private ImageChoices images(Experiment experiment) {
    boolean chosen =
        !kinds.isEmpty() || Stream.of(task, scale, work, device).anyMatch(Optional::isPresent);
    if (chosen && !experiment.ofImages()) {
      throw new ExperimentException(
          "--task, --scale, --kinds, --work and --device are for experiments on images; '%s' has no such choice."
              .formatted(experiment.name()));
    }
    return new ImageChoices(
        task,
        scale.map(Reproduce::size).orElse(ImageChoices.Size.SMALL),
        kinds,
        work.orElse(Path.of("target", "reproduce")),
        device.map(Device::new).orElse(Device.CPU));
  }

  private static ImageChoices.Size size(String name) {
    return switch (name) {
      case "small" -> ImageChoices.Size.SMALL;
      case "full" -> ImageChoices.Size.FULL;
      default ->
          throw new ExperimentException(
              "--scale is '%s'; it must be small or full.".formatted(name));
    };
  }
}
