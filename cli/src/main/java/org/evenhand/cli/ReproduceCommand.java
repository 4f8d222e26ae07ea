package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.experiments.Experiment;
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
    String data =
        Optional.ofNullable(System.getenv("EVENHAND_DATA"))
            .orElseThrow(
                () ->
                    new CliException(
                        "The experiment needs the given data and models; set EVENHAND_DATA to their folder."));
    Output.makeFolder(folder);
    Experiment.Setting setting =
        new Experiment.Setting(
            Path.of(data),
            folder,
            seeds,
            threads.orElse(Runtime.getRuntime().availableProcessors()),
            Shell.command("./evenhand", "reproduce", Arguments.of(spec)));
    try (ProgressBar progress = ProgressBar.on(spec.commandLine().getErr())) {
      List<Path> written = experiment.run(setting, progress);
      written.forEach(path -> out.printf("Written: %s%n", path));
    }
    out.flush();
    return ExitCode.DONE;
  }
}
