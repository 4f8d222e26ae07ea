package org.evenhand.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Damages sound inputs and gives them to the command: it must end with a result or with one
 * sentence of ours, soon. {@code fuzz/run MINUTES} runs it; the same seed damages alike.
 */
final class Fuzz implements AutoCloseable {
  private static final long SECONDS_PER_INPUT = 20;
  private static final long[] ODD = {
    0, 1, -1, 127, 128, 255, 256, 32767, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 40
  };

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
    Path labels = write("labels.csv", FuzzSeeds.labels());
    Path ofImages = write("images.onnx", FuzzSeeds.onnx(true));
    byte[] png = FuzzSeeds.image("png");
    byte[] jpeg = FuzzSeeds.image("jpg");
    String[] scores = {"--scores-column", "p"};
    harnesses.put("csv", file("damaged.csv", FuzzSeeds.csv(), "--data", rows, scores));
    harnesses.put(
        "parquet", file("damaged.parquet", FuzzSeeds.parquet(folder), "--data", rows, scores));
    harnesses.put("onnx", file("damaged.onnx", FuzzSeeds.onnx(false), "--model", rows));
    for (String packed : List.of("zip", "tar")) {
      byte[] seed = packed.equals("zip") ? FuzzSeeds.zip(png) : FuzzSeeds.tar(png);
      harnesses.put(
          packed,
          random -> images(ofImages, labels, write("damaged." + packed, damaged(seed, random))));
    }
    for (byte[] image : List.of(png, jpeg)) {
      harnesses.put(
          image == png ? "png" : "jpeg",
          random ->
              images(ofImages, labels, write("images.tar", FuzzSeeds.tar(damaged(image, random)))));
    }
    harnesses.put(
        "http",
        random -> {
          boolean first = random.nextInt(3) == 0;
          metadata = first ? damaged(FuzzSeeds.metadata(), random) : FuzzSeeds.metadata();
          reply = first ? FuzzSeeds.reply() : damaged(FuzzSeeds.reply(), random);
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
    harnesses.put("command line", random -> commandLine(rows, random));
  }

  private Harness file(String name, byte[] seed, String option, Path rows, String... more) {
    return random -> {
      Path damaged = write(name, damaged(seed, random));
      List<String> arguments = new ArrayList<>(audit(option, damaged));
      arguments.addAll(List.of(more));
      if (!option.equals("--data")) {
        arguments.addAll(List.of("--data", rows.toString()));
      }
      return arguments;
    };
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

  private static List<String> commandLine(Path rows, SplittableRandom random) {
    List<String> options =
        new ArrayList<>(
            Objects.requireNonNull(Evenhand.commandLine("audit").getSubcommands().get("audit"))
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
            rows.toString());
    List<String> arguments =
        new ArrayList<>(List.of("audit", "--data", rows.toString(), "--target", "t"));
    for (int i = random.nextInt(5); i >= 0; i--) {
      arguments.add(options.get(random.nextInt(options.size())));
      if (random.nextInt(4) > 0) {
        arguments.add(values.get(random.nextInt(values.size())));
      }
    }
    // Would write files elsewhere or wait for others.
    arguments.removeIf(argument -> argument.matches("--(report|evidence|answer-cache)"));
    return arguments;
  }

  private Path write(String name, byte[] bytes) throws java.io.IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] damaged(byte[] seed, SplittableRandom random) {
    byte[] bytes = seed.clone();
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      bytes = damagedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] damagedOnce(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> {
        out.write(bytes[at] ^ (1 << random.nextInt(8)));
        out.write(bytes, at + 1, bytes.length - at - 1);
      }
      case 1 -> out.write(bytes, at + length, bytes.length - at - length);
      case 2 -> {
        out.write(bytes, at, length);
        out.write(bytes, at, bytes.length - at);
      }
      case 3 -> {
        long odd = ODD[random.nextInt(ODD.length)];
        int width = Math.min(1 << random.nextInt(4), bytes.length - at);
        for (int i = 0; i < width; i++) {
          out.write((int) (odd >>> (8 * i)));
        }
        out.write(bytes, at + width, bytes.length - at - width);
      }
      case 4 -> {
        out.writeBytes(
            Long.toString(ODD[random.nextInt(ODD.length)])
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.write(bytes, at + length, bytes.length - at - length);
      }
      default -> {
        if (random.nextInt(4) > 0) {
          out.write(random.nextInt(256));
          out.write(bytes, at + 1, bytes.length - at - 1);
        }
      }
    }
    return out.toByteArray();
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
      String[] line = arguments.toArray(String[]::new);
      Future<Cli.Outcome> running = worker.submit(() -> Cli.run(line));
      Cli.Outcome outcome = running.get(SECONDS_PER_INPUT, TimeUnit.SECONDS);
      return outcome.exitCode() == 4
          ? "%s, seed %d: %s".formatted(kind, seed, outcome.err().strip())
          : "";
    } catch (Exception e) {
      return "%s, seed %d: %s %s".formatted(kind, seed, e, e.getCause());
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
