package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.evenhand.core.ProcessEnd;
import org.evenhand.core.Table;

/**
 * A model loaded into ONNX Runtime, asked in batches. ONNX Runtime computes each batch on the
 * calling thread, so nothing spins and no cores are oversubscribed. Several threads may ask at
 * once; closing waits for them.
 */
final class OnnxSession implements AutoCloseable {
  /** Started when it is first needed, so that its failure is not one of this class. */
  private static final class Started {
    private static Optional<OrtEnvironment> environment = Optional.empty();

    private static synchronized OrtEnvironment environment() {
      if (environment.isEmpty()) {
        environment = Optional.of(RuntimeStart.environment());
      }
      return environment.get();
    }
  }

  /**
   * A network's layers take many times the memory of its images. Measured on a convolutional
   * network of 112 × 112 pixels, batches of 64 MiB cost a quarter more processor time than ones of
   * 2 MiB.
   */
  private static final long MOST_TENSOR_BYTES = 4 << 20;

  private final Path path;
  private final OrtSession session;
  private final ModelInputs inputs;
  private final int batchSize;
  private final int threads;

  /** Read by running batches; written to close, which would free what they use. */
  private final ReentrantReadWriteLock using = new ReentrantReadWriteLock();

  private boolean closed;

  private OnnxSession(
      Path path, OrtSession session, ModelInputs inputs, int batchSize, int threads) {
    this.path = path;
    this.session = session;
    this.inputs = inputs;
    this.batchSize = batchSize;
    this.threads = threads;
  }

  static OnnxSession open(Path path, ModelInputs inputs, OnnxOptions options) {
    return open(
        path,
        settings -> Started.environment().createSession(path.toString(), settings),
        inputs,
        options);
  }

  /**
   * A session of a file that was read.
   *
   * @param model what the file holds
   */
  static OnnxSession open(Path path, ModelProto model, ModelInputs inputs, OnnxOptions options) {
    return PlainTypes.neededBy(model)
        ? inMemory(path, ExternalWeights.inside(model, path), inputs, options)
        : open(path, inputs, options);
  }

  /**
   * A session of a model in memory.
   *
   * @param path what the user calls it
   * @param model with all of its weights inside
   */
  static OnnxSession inMemory(
      Path path, ModelProto model, ModelInputs inputs, OnnxOptions options) {
    byte[] plain = (PlainTypes.neededBy(model) ? PlainTypes.around(model) : model).toByteArray();
    return open(
        path, settings -> Started.environment().createSession(plain, settings), inputs, options);
  }

  private interface Loader {
    OrtSession load(OrtSession.SessionOptions settings) throws OrtException;
  }

  private static OnnxSession open(
      Path path, Loader loader, ModelInputs inputs, OnnxOptions options) {
    OptionalInt fixedRows = inputs.fixedRows();
    if (fixedRows.isPresent() && fixedRows.getAsInt() != 1) {
      throw new OnnxException(
          "The model '%s' answers exactly %d rows at a time; export it with an open batch dimension."
              .formatted(path, fixedRows.getAsInt()));
    }
    try (OrtSession.SessionOptions settings = settings()) {
      return new OnnxSession(
          path,
          ProcessEnd.waitsFor(() -> loader.load(settings)),
          inputs,
          fixedRows.orElse(options.batchSize()),
          Math.min(options.threads(), Runtime.getRuntime().availableProcessors()));
    } catch (OrtException e) {
      throw notLoadable(path, e);
    }
  }

  private static OrtSession.SessionOptions settings() throws OrtException {
    // Before any other class of ONNX Runtime, which would unpack it.
    Started.environment();
    OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
    settings.setIntraOpNumThreads(1);
    settings.setInterOpNumThreads(1);
    return settings;
  }

  /** Refuses a model that ONNX Runtime would not load. */
  static void requireLoadable(byte[] model, Path target) {
    try (OrtSession.SessionOptions settings = settings()) {
      ProcessEnd.waitsFor(() -> Started.environment().createSession(model, settings)).close();
    } catch (OrtException e) {
      throw notLoadable(target, e);
    }
  }

  private static OnnxException notLoadable(Path path, OrtException e) {
    return new OnnxException(
        "ONNX Runtime cannot load the model '%s' (%s).".formatted(path, reason(e)), e);
  }

  /** ONNX Runtime's first line, without the places in its source that it names. */
  private static String reason(OrtException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    String bare = line.replaceFirst("^Error code - \\w+ - message: ", "");
    String said = bare.replaceAll("\\S+\\.(cc|h):\\d+ .*?\\) ?", "").strip();
    String shown = said.length() <= 300 ? said : said.substring(0, 300) + "…";
    return shown.endsWith(".") ? shown.substring(0, shown.length() - 1) : shown;
  }

  /** The outputs of all rows; an output that says nothing about single rows is left out. */
  Map<String, OutputValues> run(Table table, Set<String> outputs) {
    inputs.requireIn(table);
    List<Supplier<Map<String, OutputValues>>> batches = new ArrayList<>();
    int size = rowsOfBatch(table);
    for (int from = 0; from < table.rows(); from += size) {
      int first = from;
      int end = Math.min(from + size, table.rows());
      batches.add(() -> runBatch(table, first, end, outputs));
    }
    Map<String, List<OutputValues>> parts = new LinkedHashMap<>();
    for (Map<String, OutputValues> answered : runAll(batches)) {
      answered.forEach(
          (output, values) -> parts.computeIfAbsent(output, o -> new ArrayList<>()).add(values));
    }
    Map<String, OutputValues> whole = new LinkedHashMap<>();
    parts.forEach((output, values) -> whole.put(output, OutputValues.concatenated(values)));
    return whole;
  }

  /** The element type of a tensor among the outputs, as ONNX Runtime found it out. */
  ElementType outputType(String output) {
    try {
      NodeInfo found = Objects.requireNonNull(session.getOutputInfo().get(output), output);
      return ElementType.valueOf(((TensorInfo) found.getInfo()).type.name());
    } catch (OrtException e) {
      throw notLoadable(path, e);
    }
  }

  /** The shape of a tensor among the outputs, as ONNX Runtime found it out; -1 for any size. */
  long[] outputShape(String output) {
    try {
      NodeInfo found = Objects.requireNonNull(session.getOutputInfo().get(output), output);
      return found.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
    } catch (OrtException e) {
      throw notLoadable(path, e);
    }
  }

  private int rowsOfBatch(Table table) {
    int perThread = (table.rows() + threads - 1) / threads;
    long perMemory = MOST_TENSOR_BYTES / Math.max(1, inputs.tensorBytes(table));
    return (int) Math.max(1, Math.min(Math.min(batchSize, perThread), perMemory));
  }

  /**
   * Threads run whole batches, each on one thread: inside a batch, ONNX Runtime would sum the trees
   * of an ensemble in an order that depends on the number of threads.
   */
  private <T> List<T> runAll(List<Supplier<T>> tasks) {
    if (threads == 1) {
      return tasks.stream().map(Supplier::get).toList();
    }
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      List<Callable<T>> calls = tasks.stream().map(task -> (Callable<T>) task::get).toList();
      for (Future<T> result : workers.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new OnnxException("The model '%s' failed.".formatted(path), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OnnxException("Asking the model '%s' was interrupted.".formatted(path), e);
    } finally {
      workers.shutdownNow();
    }
  }

  private Map<String, OutputValues> runBatch(Table table, int from, int to, Set<String> outputs) {
    using.readLock().lock();
    try {
      if (closed) {
        throw new OnnxException(
            "The model '%s' was closed and cannot be asked any more; open it again."
                .formatted(path));
      }
      return runOpen(table, from, to, outputs);
    } finally {
      using.readLock().unlock();
    }
  }

  private Map<String, OutputValues> runOpen(Table table, int from, int to, Set<String> outputs) {
    TensorFiller filler = new TensorFiller(table, from, to);
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    Map<String, OutputValues> answered = new LinkedHashMap<>();
    try {
      for (GraphInput input : inputs.inputs()) {
        tensors.put(input.name(), filler.fill(Started.environment(), input));
      }
      try (OrtSession.Result result = ProcessEnd.waitsFor(() -> session.run(tensors, outputs))) {
        for (Map.Entry<String, OnnxValue> output : result) {
          OutputValues.copy(output.getValue(), to - from)
              .ifPresent(values -> answered.put(output.getKey(), values));
        }
      }
      return answered;
    } catch (OrtException e) {
      throw new OnnxException(
          "The model '%s' failed on rows %d to %d (%s).".formatted(path, from, to - 1, reason(e)),
          e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    using.writeLock().lock();
    try {
      // A shutdown hook may close it, when all is about to be freed anyway.
      if (!closed && !ProcessEnd.isEnding()) {
        closed = true;
        ProcessEnd.waitsFor(
            () -> {
              session.close();
              return path;
            });
      }
    } catch (OrtException e) {
      throw new OnnxException("The model '%s' cannot be closed.".formatted(path), e);
    } finally {
      using.writeLock().unlock();
    }
  }
}
