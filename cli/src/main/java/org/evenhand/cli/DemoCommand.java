package org.evenhand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evenhand.terminal.ExitCode;
import org.evenhand.terminal.Shell;
import org.evenhand.terminal.Under;
import org.evenhand.workflow.DemoScene;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code evenhand demo}: the whole job on a model trained on the spot, by the very commands that a
 * user would type.
 */
@Command(
    name = "demo",
    header = "Runs the whole job on a model trained on the spot.",
    description =
        "Trains a model on biased records, audits it, erases its bias and audits it again, by commands that it prints.",
    footer = {
      "Use simulated people:",
      "evenhand demo",
      "Use real records, which are downloaded once:",
      "evenhand demo --dataset compas --out compas-out",
      "Draw other people:",
      "evenhand demo --seed 2 --out evenhand-out-2"
    },
    mixinStandardHelpOptions = true,
    customSynopsis = "evenhand demo [OPTIONS]",
    sortOptions = false)
@Under(Heading.OUTPUT)
final class DemoCommand implements Callable<Integer> {
  @Under(Heading.ROWS)
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "compas, lsac or adult (default: a simulated lending population).")
  private Optional<String> dataset = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "evenhand-out",
      description = "The folder for the results (default ${DEFAULT-VALUE}).")
  private Path folder = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of every random draw (default ${DEFAULT-VALUE}).")
  private long seed;

  @ParentCommand private Evenhand evenhand = new Evenhand();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Folders.make(folder, "--out");
    DemoScene scene =
        dataset
            .map(name -> DemoScene.ofDataset(name, folder, seed))
            .orElseGet(() -> DemoScene.simulated(folder, seed));
    out.println(scene.introduction());
    int audited = run(out, "audit", scene, List.of());
    if (audited != ExitCode.DONE) {
      return audited;
    }
    int erased =
        run(
            out,
            "erase",
            scene,
            List.of("--out", folder.resolve("fair.onnx").toString(), "--overwrite"));
    if (erased == ExitCode.DONE) {
      out.printf(
          "%nThe results lie in %s; open %s first.%n",
          folder.toAbsolutePath(), folder.resolve("fair.report.html"));
      out.flush();
    }
    return erased;
  }

  /** The options by which every command is told about a scene. */
  private static List<String> options(DemoScene scene) {
    return List.of(
        "--model",
        scene.model().toString(),
        "--data",
        scene.data().toString(),
        "--target",
        scene.target(),
        "--attribute",
        scene.attribute(),
        "--classes",
        String.join(",", scene.classes().names()),
        "--favourable",
        scene.favourable());
  }

  private int run(PrintWriter out, String command, DemoScene scene, List<String> more) {
    List<String> arguments = new ArrayList<>(options(scene));
    arguments.addAll(List.of("--seed", Long.toString(seed)));
    arguments.addAll(more);
    out.printf("%n$ %s%n%n", Shell.command("./evenhand", command, arguments));
    out.flush();
    arguments.add(0, command);
    if (evenhand.stacktrace()) {
      arguments.add("--stacktrace");
    }
    return Evenhand.commandLine()
        .setOut(out)
        .setErr(spec.commandLine().getErr())
        .execute(arguments.toArray(String[]::new));
  }
}
