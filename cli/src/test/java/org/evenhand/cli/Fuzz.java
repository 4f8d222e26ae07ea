package org.evenhand.cli;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Damages sound inputs and gives them to the command: it must end with a result or with one
 * sentence of ours, soon. {@code fuzz/run MINUTES} runs it; the same seed damages alike.
 */
final class Fuzz implements AutoCloseable {
  private static final long SECONDS_PER_INPUT = 20;

  /** Enough for an erasure. */
  private static final int ROWS_OF_MODELS = 120;

  /** Those that only read what they are given and write where they are told. */
  private static final List<String> COMMANDS =
      List.of("audit", "repair", "erase", "explain", "unlearn", "explain-decision");

  /** One kind of input. */
  private interface Harness {
    List<String> arguments(SplittableRandom random) throws Exception;
  }

  private final Path folder;
  private final HttpServer server;
  private final ExecutorService worker = Executors.newCachedThreadPool(Fuzz::daemon);
  private final Map<String, Harness> harnesses = new LinkedHashMap<>();
  private volatile byte[] metadata = {};
  private volatile byte[] reply = {};

  Fuzz(Path folder) throws Exception {
    this.folder = folder;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v2/models/m",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = exchange.getRequestURI().getPath().endsWith("infer") ? reply : metadata;
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    add();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fuzz");
    thread.setDaemon(true);
    return thread;
  }

  private void add() throws Exception {
    Path rows = write("rows.csv", FuzzSeeds.csv());
    String[] scores = {"--scores-column", "p"};
    harnesses.put("csv", file("damaged.csv", FuzzSeeds.csv(), scores));
    harnesses.put("csv.gz", random -> packedRows(random, scores));
    harnesses.put("parquet", file("damaged.parquet", FuzzSeeds.parquet(folder), scores));
    addModels();
    addImages();
    addServer(rows);
    harnesses.put("command line", random -> commandLine(rows, random));
  }

  private List<String> packedRows(SplittableRandom random, String... scores) throws IOException {
    // What is damaged is what is packed, or the package.
    boolean inside = random.nextBoolean();
    byte[] rows = FuzzSeeds.csv();
    byte[] packed = FuzzSeeds.gzip(inside ? Damage.damaged(rows, random) : rows);
    Path file = write("damaged.csv.gz", inside ? packed : Damage.damaged(packed, random));
    return with(audit("--data", file), scores);
  }

  /** Models are damaged in their bytes and in their fields; some are changed as well as asked. */
  private void addModels() throws Exception {
    Path rows = write("more.csv", FuzzSeeds.csv(ROWS_OF_MODELS));
    ModelProto linear = FuzzSeeds.onnx(false);
    ModelProto trees = FuzzSeeds.trees();
    ModelProto fused = fused(trees, rows);
    harnesses.put(
        "onnx", random -> asked(Damage.damaged(linear.toByteArray(), random), rows, random));
    Map<String, ModelProto> models = Map.of("linear", linear, "trees", trees, "fused", fused);
    for (String name : List.of("linear", "trees", "fused")) {
      ModelProto model = Objects.requireNonNull(models.get(name));
      harnesses.put(
          "onnx fields of " + name, random -> asked(Damage.damaged(model, random), rows, random));
    }
  }

  private ModelProto fused(ModelProto model, Path rows) throws IOException {
    Path deployed = write("sound.onnx", model.toByteArray());
    Path fused = folder.resolve("fused.onnx");
    Cli.Outcome outcome = Cli.run(with(on("erase", deployed, rows), changing(fused)));
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(outcome.err());
    }
    return ModelProto.parseFrom(Files.readAllBytes(fused));
  }

  private List<String> asked(byte[] model, Path rows, SplittableRandom random) throws IOException {
    Path damaged = write("damaged.onnx", model);
    Path out = folder.resolve("changed.onnx");
    return switch (random.nextInt(8)) {
      case 0, 1 -> with(on("erase", damaged, rows), changing(out));
      case 2 ->
          List.of(
              "unlearn",
              "--model",
              damaged.toString(),
              "--data",
              rows.toString(),
              "--target",
              "t",
              "--flip",
              "b",
              "--update",
              "remove",
              "--force",
              "--overwrite",
              "--out",
              out.toString());
      case 3 ->
          List.of(
              "explain",
              "--model",
              damaged.toString(),
              "--data",
              rows.toString(),
              "--target",
              "t",
              "--flip",
              "b");
      default -> with(on("audit", damaged, rows), "--json");
    };
  }

  private static List<String> on(String command, Path model, Path rows) {
    return List.of(
        command,
        "--target",
        "t",
        "--attribute",
        "b",
        "--data",
        rows.toString(),
        "--model",
        model.toString());
  }

  private static String[] changing(Path out) {
    return new String[] {
      "--estimator", "P1", "--folds", "2", "--force", "--overwrite", "--out", out.toString()
    };
  }

  private void addImages() throws IOException {
    Path labels = write("labels.csv", FuzzSeeds.labels());
    ModelProto sound = FuzzSeeds.onnx(true);
    Path model = write("images.onnx", sound.toByteArray());
    byte[] png = FuzzSeeds.image("png");
    for (String packed : List.of("zip", "tar", "tar.gz")) {
      byte[] seed =
          switch (packed) {
            case "zip" -> FuzzSeeds.zip(png);
            case "tar" -> FuzzSeeds.tar(png);
            default -> FuzzSeeds.gzip(FuzzSeeds.tar(png));
          };
      harnesses.put(
          packed,
          random ->
              images(model, labels, write("damaged." + packed, Damage.damaged(seed, random))));
    }
    Path pack = write("sound.tar", FuzzSeeds.tar(png));
    harnesses.put(
        "onnx fields of images",
        random -> images(write("damaged.onnx", Damage.damaged(sound, random)), labels, pack));
    for (String format : List.of("png", "jpeg")) {
      byte[] image = FuzzSeeds.image(format);
      harnesses.put(
          format,
          random ->
              images(
                  model,
                  labels,
                  write("images.tar", FuzzSeeds.tar(Damage.damaged(image, random)))));
    }
  }

  private void addServer(Path rows) {
    harnesses.put(
        "http",
        random -> {
          boolean first = random.nextInt(3) == 0;
          metadata = first ? Damage.damaged(FuzzSeeds.metadata(), random) : FuzzSeeds.metadata();
          reply = first ? FuzzSeeds.reply() : Damage.damaged(FuzzSeeds.reply(), random);
          return audit(
              "--data",
              rows,
              "--features",
              "p,a",
              "--retries",
              "0",
              "--timeout",
              "5",
              "--model",
              "http://127.0.0.1:%d/v2/models/m".formatted(server.getAddress().getPort()));
        });
  }

  private Harness file(String name, byte[] seed, String... more) {
    return random -> with(audit("--data", write(name, Damage.damaged(seed, random))), more);
  }

  private static List<String> with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all;
  }

  private static List<String> audit(Object... options) {
    List<String> arguments =
        new ArrayList<>(List.of("audit", "--target", "t", "--attribute", "b", "--json"));
    for (Object option : options) {
      arguments.add(option.toString());
    }
    return arguments;
  }

  private static List<String> images(Path model, Path labels, Path pack) {
    return audit(
        "--model",
        model,
        "--images",
        pack,
        "--labels",
        labels,
        "--image-column",
        "file",
        "--on-bad-image",
        "skip");
  }

  private List<String> commandLine(Path rows, SplittableRandom random) {
    String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
    List<String> options =
        new ArrayList<>(
            Objects.requireNonNull(Evenhand.commandLine(command).getSubcommands().get(command))
                .getCommandSpec()
                .optionsMap()
                .keySet());
    List<String> values =
        List.of(
            "t",
            "b",
            "p",
            "",
            "-1",
            "0",
            "1e999",
            "nan",
            "a=b",
            "a=1,2",
            ";",
            "=",
            "0,1",
            "\u001b[2J",
            "😀",
            "9".repeat(40),
            "x".repeat(3000),
            "%s%n",
            folder.resolve("sound.onnx").toString(),
            rows.toString());
    List<String> arguments =
        new ArrayList<>(List.of(command, "--data", rows.toString(), "--target", "t"));
    for (int i = random.nextInt(5); i >= 0; i--) {
      arguments.add(options.get(random.nextInt(options.size())));
      if (random.nextInt(4) > 0) {
        arguments.add(values.get(random.nextInt(values.size())));
      }
    }
    // Would write files elsewhere or wait for others.
    arguments.removeIf(
        argument ->
            argument.matches("--(out|report|evidence|answer-cache|patch-file|checkpoints)(=.*)?"));
    if (command.matches("repair|erase|unlearn")) {
      arguments.addAll(List.of("--overwrite", "--out", folder.resolve("changed.onnx").toString()));
    }
    return arguments;
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** The kinds of input. */
  List<String> kinds() {
    return List.copyOf(harnesses.keySet());
  }

  /**
   * Gives one damaged input to the command.
   *
   * @return what was wrong with how it ended; empty if nothing
   */
  String run(String kind, long seed) {
    List<String> arguments = List.of();
    try {
      arguments = Objects.requireNonNull(harnesses.get(kind)).arguments(new SplittableRandom(seed));
      String[] line = with(arguments, "--stacktrace").toArray(String[]::new);
      Cli.Outcome outcome = outcome(line);
      return outcome.exitCode() == 4
          ? "%s, seed %d: %s".formatted(kind, seed, outcome.err().strip())
          : "";
    } catch (Exception e) {
      return "%s, seed %d: %s %s".formatted(kind, seed, e, e.getCause());
    }
  }

  /** Asked once more and waited for longer where a busy machine may have been the reason. */
  private Cli.Outcome outcome(String... line) throws Exception {
    try {
      return worker.submit(() -> Cli.run(line)).get(SECONDS_PER_INPUT, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return worker.submit(() -> Cli.run(line)).get(3 * SECONDS_PER_INPUT, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    worker.shutdownNow();
  }

  /**
   * Runs all kinds in turn and says what went wrong.
   *
   * @param arguments minutes, and the first seed where it is not that of the clock
   */
  public static void main(String[] arguments) throws Exception {
    long end = System.nanoTime() + (long) (60e9 * Double.parseDouble(arguments[0]));
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.currentTimeMillis();
    Path folder = Files.createTempDirectory("fuzz");
    Map<String, Integer> counts = new LinkedHashMap<>();
    int failures = 0;
    try (Fuzz fuzz = new Fuzz(folder)) {
      while (System.nanoTime() < end) {
        for (String kind : fuzz.kinds()) {
          // Asked in runs, because the larger part of the time of some is the first input.
          int run = kind.equals("parquet") ? 5 : 50;
          for (int i = 0; i < run && System.nanoTime() < end; i++, seed++) {
            Files.writeString(folder.resolve("running"), kind + " " + seed);
            String wrong = fuzz.run(kind, seed);
            counts.merge(kind, 1, Integer::sum);
            if (!wrong.isEmpty()) {
              failures++;
              System.out.println(wrong);
            }
          }
        }
      }
    }
    System.out.printf(
        "%d damaged inputs (%s), %d failures.%n",
        counts.values().stream().mapToInt(Integer::intValue).sum(), counts, failures);
    System.exit(failures == 0 ? 0 : 1);
  }
}
