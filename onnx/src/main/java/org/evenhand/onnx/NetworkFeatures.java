package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;

/**
 * What a deployed network over images computes on its way to an answer, summed up per channel: mean
 * over places, root of the mean of squares and maximum of every activation, and of the image
 * itself. Of activations with very many places only every second, third, … across and down counts.
 * A patch that reads them needs no second network ({@link FeaturePatchTrainer}).
 *
 * <p>An image's features are computed once and kept while they take less than 256 MiB. Several
 * threads may ask.
 */
public final class NetworkFeatures {
  static final String OUTPUT = "evenhand_features";

  private static final long MOST_KEPT = 256L << 20;

  private final OnnxClassifier deployed;
  private final GraphInput images;
  private final List<Activation> activations;
  private final ModelProto model;

  /** By source and the index in it. */
  private final IdentityHashMap<TensorColumn.Source, Map<Integer, float[]>> kept =
      new IdentityHashMap<>();

  private long keptBytes;

  private NetworkFeatures(OnnxClassifier deployed, GraphInput images) {
    this.deployed = deployed;
    this.images = images;
    ModelProto whole = ExternalWeights.inside(deployed.model(), deployed.path());
    this.activations =
        new ActivationFinder(whole, deployed.graph(), images)
            .find(deployed.path(), deployed.modelInputs());
    this.model = tapped(whole);
  }

  /**
   * The features of a model.
   *
   * @param deployed reads images; it need not stay open
   * @throws OnnxException if it reads no images or others beside them, is too old, or shows no
   *     activations
   */
  public static NetworkFeatures of(OnnxClassifier deployed) {
    List<GraphInput> inputs = deployed.modelInputs().inputs();
    if (inputs.size() != 1 || !inputs.get(0).holdsTensors()) {
      throw new OnnxException(
          "The model '%s' does not read images alone, so there are no activations of images to read."
              .formatted(deployed.path()));
    }
    return new NetworkFeatures(deployed, inputs.get(0));
  }

  private ModelProto tapped(ModelProto whole) {
    GraphProto.Builder graph = whole.getGraph().toBuilder();
    GraphBuilder builder = new GraphBuilder(graph, new GraphNames(whole.getGraph()));
    String features = new ActivationEmitter(builder, name -> name).features(activations);
    builder.addNamed("", "Identity", OUTPUT, List.of(features));
    graph.clearOutput().addOutput(GraphBuilder.tensor(OUTPUT, ElementType.FLOAT, "N", size()));
    ModelProto.Builder copy = whole.toBuilder().setGraph(Pruning.toOutputs(graph.build()));
    ModelFile.requireDomain(copy, "", GraphBuilder.OLDEST_OPSET);
    return copy.build();
  }

  /** The number of features. */
  public int size() {
    return activations.stream().mapToInt(Activation::features).sum();
  }

  /**
   * The features of every row, one column of numbers each.
   *
   * @param inputs has the model's column of images; further ones are ignored
   * @throws OnnxException if the model fails
   */
  public Table of(Table inputs) {
    TensorColumn column = images.tensors(inputs);
    float[][] rows = new float[column.rows()][];
    synchronized (kept) {
      Map<Integer, float[]> known = kept.getOrDefault(column.source(), Map.of());
      Arrays.setAll(rows, row -> known.getOrDefault(column.indices()[row], new float[0]));
    }
    int[] missing = IntStream.range(0, rows.length).filter(row -> rows[row].length == 0).toArray();
    if (missing.length > 0) {
      compute(inputs.select(missing), missing, rows);
      keep(column, missing, rows);
    }
    List<Column> columns = new ArrayList<>();
    for (int feature = 0; feature < size(); feature++) {
      double[] values = new double[rows.length];
      for (int row = 0; row < rows.length; row++) {
        values[row] = rows[row][feature];
      }
      columns.add(new NumericColumn(name(feature), values));
    }
    return Table.of(columns);
  }

  private void compute(Table asked, int[] missing, float[][] rows) {
    OnnxOptions options = deployed.options();
    try (OnnxSession session =
        OnnxSession.inMemory(deployed.path(), model, deployed.modelInputs(), options)) {
      OutputValues.Numbers answered =
          (OutputValues.Numbers) OnnxClassifier.perRow(OUTPUT, session.run(asked, Set.of(OUTPUT)));
      int width = size();
      for (int i = 0; i < missing.length; i++) {
        float[] features = new float[width];
        for (int j = 0; j < width; j++) {
          features[j] = (float) answered.values()[i * width + j];
        }
        rows[missing[i]] = features;
      }
    }
  }

  private void keep(TensorColumn column, int[] computed, float[][] rows) {
    synchronized (kept) {
      Map<Integer, float[]> ofSource =
          kept.computeIfAbsent(column.source(), source -> new HashMap<>());
      for (int row : computed) {
        if (keptBytes >= MOST_KEPT) {
          return;
        }
        if (ofSource.put(column.indices()[row], rows[row]) == null) {
          keptBytes += (long) Float.BYTES * rows[row].length;
        }
      }
    }
  }

  static String name(int feature) {
    return "feature " + feature;
  }

  /** The deployed graph up to the features, which are its only output. */
  ModelProto model() {
    return model;
  }

  List<Activation> activations() {
    return activations;
  }

  /** Whether they are those of this very model. */
  boolean areOf(OnnxClassifier other) {
    return deployed == other || deployed.model().equals(other.model());
  }

  OnnxException notWithoutModel() {
    return new OnnxException(
        "The patch reads the activations of the model '%s', so it cannot be written without that model."
            .formatted(deployed.path()));
  }

  /** The deployed graph's inputs. */
  List<ValueInfoProto> inputs() {
    return deployed.graph().inputs();
  }
}
