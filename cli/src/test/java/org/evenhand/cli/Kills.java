package org.evenhand.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.datasets.SimulatedLending;

/**
 * Ends running commands at random moments: by the signals that a user or a system sends, after
 * which nothing may be left, and by SIGKILL, after which no model may be there without what
 * describes it and the same command must work. {@code fuzz/kill COUNT} runs it.
 */
final class Kills {
  /** Signals with the exit code that a shell sees. */
  private static final Map<String, Integer> SIGNALS = Map.of("INT", 130, "TERM", 143, "KILL", 137);

  /** The first reads a Parquet file, for which DuckDB unpacks itself. */
  private static final List<String> COMMANDS = List.of("audit", "erase", "repair", "unlearn");

  private static final Set<String> OUTPUTS =
      Set.of("fair.onnx", "fair.patch.onnx", "fair.report.html", "fair.evidence.json");
  private static final Set<String> OUTPUTS_WITHOUT_PATCH =
      Set.of("fair.onnx", "fair.report.html", "fair.evidence.json");

  /** Where other programs keep the machine busy, a run takes minutes. */
  private static final long MOST_SECONDS = 900;

  private final Path folder;
  private final Lending lending;
  private final Path parquet;
  private final Map<String, Long> milliseconds = new TreeMap<>();

  /** How often a command ended by a signal with an exit code. */
  private final Map<String, Integer> ends = new TreeMap<>();

  /** What killed processes left, by kind. */
  private final Map<String, Integer> left = new TreeMap<>();

  Kills(Path folder) throws IOException {
    this.folder = folder;
    this.lending = Lending.in(Files.createDirectory(folder.resolve("given")));
    this.parquet = lending.writeParquet(lending.folder().resolve("people.parquet"));
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path temporary() {
    return folder.resolve("temporary");
  }

  private Path crash() {
    return folder.resolve("crash.log");
  }

  private Process start(String command) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary(),
                "-XX:ErrorFile=" + crash(),
                "-cp",
                System.getProperty("java.class.path"),
                Evenhand.class.getName(),
                command,
                "--model",
                lending.model().toString(),
                "--data",
                (command.equals("audit") ? parquet : lending.data()).toString(),
                "--target",
                SimulatedLending.TARGET,
                "--attribute",
                SimulatedLending.ATTRIBUTE,
                "--classes",
                "no,yes",
                // So that most of the time is spent in calls into ONNX Runtime.
                "--batch-size",
                "1"));
    if (command.equals("unlearn")) {
      line.addAll(List.of("--flip", SimulatedLending.ATTRIBUTE));
    }
    if (!command.equals("audit")) {
      line.addAll(
          List.of("--force", "--overwrite", "--out", out().resolve("fair.onnx").toString()));
    }
    return new ProcessBuilder(line)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("output.txt").toFile())
        .redirectError(folder.resolve("errors.txt").toFile())
        .start();
  }

  private void empty() throws IOException {
    for (Path each : List.of(out(), temporary())) {
      if (Files.isDirectory(each)) {
        delete(each);
      }
      Files.createDirectory(each);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted((one, other) -> other.compareTo(one))
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private int end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      // Java then writes what each thread waits for.
      send("QUIT", process);
      process.waitFor(5, TimeUnit.SECONDS);
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("the process hangs, see " + folder.resolve("output.txt"));
    }
    return process.exitValue();
  }

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  private static Set<String> names(Path folder) {
    return new TreeSet<>(Arrays.asList(Objects.requireNonNull(folder.toFile().list())));
  }

  /** Runs a command without a signal, so that it is known how long it takes. */
  private String whole(String command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int exitCode = end(start(command));
    milliseconds.putIfAbsent(command, (System.nanoTime() - start) / 1_000_000);
    boolean written = command.equals("audit") || isWhole(names(out()));
    return exitCode == 0 && written
        ? ""
        : "%s ends with %d and %s: %s"
            .formatted(
                command, exitCode, names(out()), Files.readString(folder.resolve("errors.txt")));
  }

  private static boolean isWhole(Set<String> outputs) {
    return outputs.equals(OUTPUTS) || outputs.equals(OUTPUTS_WITHOUT_PATCH);
  }

  /**
   * Sends a signal to a command at a random moment.
   *
   * @return what was wrong with how it ended, and with what it left; empty if nothing
   */
  String end(String signal, String command, long seed) throws IOException, InterruptedException {
    empty();
    if (!milliseconds.containsKey(command)) {
      String wrong = whole(command);
      empty();
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    Process process = start(command);
    Thread.sleep(new SplittableRandom(seed).nextLong(milliseconds.getOrDefault(command, 0L)));
    send(signal, process);
    int exitCode = end(process);
    ends.merge("%s SIG%s → %d".formatted(command, signal, exitCode), 1, Integer::sum);
    List<String> wrong = new ArrayList<>();
    if (exitCode != 0 && exitCode != SIGNALS.getOrDefault(signal, 0)) {
      wrong.add("exit code " + exitCode);
    }
    if (Files.exists(crash())) {
      wrong.add("a crash: " + Files.readString(crash()).lines().limit(40).toList());
      Files.delete(crash());
    }
    boolean killed = signal.equals("KILL");
    Set<String> outputs = names(out());
    if (killed) {
      names(temporary()).forEach(name -> left("temporary " + name.replaceAll("\\d.*", "…")));
      // What a killed process had begun has another name, and the next removes it.
      outputs.removeIf(this::isBegun);
    }
    // A kill between two moves: the model, which is moved last, is not there.
    boolean described = killed && !outputs.contains("fair.onnx");
    if (described && !outputs.isEmpty()) {
      left("outputs without a model");
    } else if (!outputs.isEmpty() && !isWhole(outputs)) {
      wrong.add("outputs " + outputs);
    }
    if (!killed && !names(temporary()).isEmpty()) {
      wrong.add("temporary files " + names(temporary()));
    }
    if (killed) {
      age();
      String next = whole(command);
      if (!next.isEmpty()) {
        wrong.add("the next run: " + next);
      }
    }
    return wrong.isEmpty()
        ? ""
        : "%s, SIG%s, seed %d: %s".formatted(command, signal, seed, String.join("; ", wrong));
  }

  private boolean isBegun(String output) {
    boolean begun = output.startsWith(".") && output.endsWith(".tmp");
    if (begun) {
      left("a begun output");
    }
    return begun;
  }

  private void left(String what) {
    left.merge(what, 1, Integer::sum);
  }

  /** How often which command ended in which way, and what was left by those that were killed. */
  private String summary() {
    return "%s; left by kills: %s"
        .formatted(listed(ends), left.isEmpty() ? "nothing" : listed(left));
  }

  private static String listed(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(each -> "%s ×%d".formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** What is a minute old may be swept; younger files may be those of another machine. */
  private void age() throws IOException {
    for (String name : names(out())) {
      Files.setLastModifiedTime(
          out().resolve(name), FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
    }
  }

  /**
   * Sends SIGTERM and SIGINT in turn, and as many SIGKILLs.
   *
   * @param arguments how many of either
   */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    Kills kills = new Kills(Files.createTempDirectory("kills"));
    int failures = 0;
    for (int i = 0; i < 2 * count; i++) {
      String signal = i >= count ? "KILL" : i % 2 == 0 ? "TERM" : "INT";
      String wrong = kills.end(signal, COMMANDS.get(i / 2 % COMMANDS.size()), i);
      if (!wrong.isEmpty()) {
        failures++;
        System.out.println(wrong);
      }
    }
    System.out.printf(
        "%d signals and %d kills, %d failures: %s.%n", count, count, failures, kills.summary());
    delete(kills.folder);
    System.exit(failures == 0 ? 0 : 1);
  }
}
