package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.evenhand.experiments.Experiment;
import org.evenhand.experiments.ImageChoices;
import org.evenhand.training.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evenhand reproduce}: runs an experiment and writes its tables. */
@Command(
    name = "reproduce",
    description = "Runs an experiment and writes its tables; without a name, lists them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReproduceCommand implements Callable<Integer> {
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
          "The task of Table I: colored-mnist (colored-mnist=0.99 for another share of digits on their own colour), celeba-blond or utkface.")
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
          "Deployed models to train: vanilla, adversarial, contrastive, unfair; each with its own number of seeds, as in vanilla=3 (default all).")
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
                    new CliException(
                        "The experiment needs the given data and models; set EVENHAND_DATA to their folder."));
    Folders.make(folder, "--out");
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

  private ImageChoices images(Experiment experiment) {
    boolean chosen =
        !kinds.isEmpty() || Stream.of(task, scale, work, device).anyMatch(Optional::isPresent);
    if (chosen && !experiment.ofImages()) {
      throw new CliException(
          "--task, --scale, --kinds, --work and --device are for experiments on images; '%s' has no such choice."
              .formatted(experiment.name()));
    }
    return new ImageChoices(
        task,
        scale.map(ReproduceCommand::size).orElse(ImageChoices.Size.SMALL),
        kinds,
        work.orElse(Path.of("target", "reproduce")),
        device.map(Device::new).orElse(Device.CPU));
  }

  private static ImageChoices.Size size(String name) {
    return switch (name) {
      case "small" -> ImageChoices.Size.SMALL;
      case "full" -> ImageChoices.Size.FULL;
      default ->
          throw new CliException("--scale is '%s'; it must be small or full.".formatted(name));
    };
  }
}
