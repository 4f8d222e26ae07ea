package org.evenhand.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.evenhand.core.Table;

/** A model loaded into ONNX Runtime, asked in batches. */
final class OnnxSession implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "evenhand");

  private final Path path;
  private final OrtSession session;
  private final ModelInputs inputs;
  private final int batchSize;

  private OnnxSession(Path path, OrtSession session, ModelInputs inputs, int batchSize) {
    this.path = path;
    this.session = session;
    this.inputs = inputs;
    this.batchSize = batchSize;
  }

  static OnnxSession open(Path path, ModelInputs inputs, OnnxOptions options) {
    OptionalInt fixedRows = inputs.fixedRows();
    if (fixedRows.isPresent() && fixedRows.getAsInt() != 1) {
      throw new OnnxException(
          "The model '%s' answers exactly %d rows at a time; export it with an open batch dimension."
              .formatted(path, fixedRows.getAsInt()));
    }
    int threads = Math.min(options.threads(), Runtime.getRuntime().availableProcessors());
    try (OrtSession.SessionOptions settings = settings(threads)) {
      return new OnnxSession(
          path,
          ENVIRONMENT.createSession(path.toString(), settings),
          inputs,
          fixedRows.orElse(options.batchSize()));
    } catch (OrtException e) {
      throw notLoadable(path, e);
    }
  }

  private static OrtSession.SessionOptions settings(int threads) throws OrtException {
    OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
    settings.setIntraOpNumThreads(threads);
    settings.setInterOpNumThreads(1);
    // Spinning threads halve the throughput of a machine that has other work.
    settings.addConfigEntry("session.intra_op.allow_spinning", "0");
    return settings;
  }

  /** Refuses a model that ONNX Runtime would not load. */
  static void requireLoadable(byte[] model, Path target) {
    try (OrtSession.SessionOptions settings = settings(1);
        OrtSession session = ENVIRONMENT.createSession(model, settings)) {
      session.getNumInputs();
    } catch (OrtException e) {
      throw notLoadable(target, e);
    }
  }

  private static OnnxException notLoadable(Path path, OrtException e) {
    return new OnnxException(
        "ONNX Runtime cannot load the model '%s': %s".formatted(path, e.getMessage()), e);
  }

  /** The outputs of all rows; an output that says nothing about single rows is left out. */
  Map<String, OutputValues> run(Table table, Set<String> outputs) {
    inputs.check(table);
    Map<String, List<OutputValues>> parts = new LinkedHashMap<>();
    for (int from = 0; from < table.rows(); from += batchSize) {
      runBatch(table, from, Math.min(from + batchSize, table.rows()), outputs, parts);
    }
    Map<String, OutputValues> whole = new LinkedHashMap<>();
    parts.forEach((output, values) -> whole.put(output, OutputValues.concatenated(values)));
    return whole;
  }

  private void runBatch(
      Table table, int from, int to, Set<String> outputs, Map<String, List<OutputValues>> parts) {
    TensorFiller filler = new TensorFiller(table, from, to, paddedRows(to - from));
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (GraphInput input : inputs.inputs()) {
        tensors.put(input.name(), filler.fill(ENVIRONMENT, input));
      }
      try (OrtSession.Result result = session.run(tensors, outputs)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          OutputValues.copy(output.getValue(), filler.rows())
              .ifPresent(
                  values ->
                      parts
                          .computeIfAbsent(output.getKey(), name -> new ArrayList<>())
                          .add(values.first(to - from)));
        }
      }
    } catch (OrtException e) {
      throw new OnnxException(
          "The model '%s' failed on rows %d to %d: %s"
              .formatted(path, from, to - 1, e.getMessage()),
          e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /**
   * ONNX Runtime multiplies a single row by another routine than several, with other rounding; a
   * second row keeps answers independent of the batch size.
   */
  private int paddedRows(int rows) {
    return inputs.fixedRows().isPresent() ? rows : Math.max(rows, 2);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new OnnxException("The model '%s' cannot be closed.".formatted(path), e);
    }
  }
}
