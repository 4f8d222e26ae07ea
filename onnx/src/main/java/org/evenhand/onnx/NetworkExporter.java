package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.Correction;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;

/**
 * Writes our own networks as ONNX files with one input per column: {@code float [N,1]} for numbers,
 * {@code string [N,1]} for texts, {@code float [N, …]} for images. A missing number (NaN) counts as
 * the mean, an unknown category as none.
 */
public final class NetworkExporter {
  /** The output of {@link #exportCorrection}. */
  public static final String CORRECTION = "correction";

  private static final int OPSET = 13;
  private static final int ML_OPSET = 2;
  private static final int IR_VERSION = 7;

  private NetworkExporter() {}

  /**
   * Writes a patch; its only output is {@code probabilities}, {@code float [N, outputs]}.
   *
   * @param patch a {@link PatchNetwork}, an {@link ImagePatch} or a {@link FeaturePatch}, which
   *     takes the deployed network up to its activations with it
   * @param metadata properties written into the file
   * @param target the file; written whole or not at all
   * @throws OnnxException if the target cannot be written, a column is named like an output or the
   *     patch is of another kind
   */
  public static void exportPatch(Patch patch, Map<String, String> metadata, Path target) {
    write(patch, List.of("probabilities"), metadata, target);
  }

  /**
   * Writes a network as a deployed classifier would come, with the outputs {@code label} (the
   * number of the class, {@code int64 [N]}), {@code probabilities} and {@code logits} (both {@code
   * float [N,K]}).
   *
   * @param network has one output a class
   * @param metadata properties written into the file
   * @param target the file; written whole or not at all
   * @throws OnnxException if the target cannot be written or a column is named like an output
   */
  public static void exportClassifier(Patch network, Map<String, String> metadata, Path target) {
    write(network, List.of("label", "probabilities", "logits"), metadata, target);
  }

  /**
   * Writes a correction on its own, for a model that cannot be fused with it. The only output is
   * {@code correction}, {@code double [N,K]}, in nats: whoever holds the model's log-probabilities
   * subtracts it and normalises each row (equation 21 of Rule Eraser).
   *
   * @param correction does not read the model's answers; its patches are {@link PatchNetwork}s or
   *     {@link ImagePatch}es over the same columns
   * @param metadata properties written into the file
   * @param target the file; written whole or not at all
   * @throws OnnxException if the target cannot be written, a column is named like the output or the
   *     patch is no network
   */
  public static void exportCorrection(
      Correction correction, Map<String, String> metadata, Path target) {
    GraphProto.Builder graph = graph(inputs(correction), List.of(CORRECTION));
    graph.addOutput(GraphBuilder.tensor(CORRECTION, ElementType.DOUBLE, "N", correction.classes()));
    GraphBuilder builder = new GraphBuilder(graph, new GraphNames(graph.build()));
    String shift =
        correction.shift(
            new GraphFormula(builder, new InputsAreColumns(false), GraphFormula.NO_ANSWERS));
    builder.addNamed("", "Neg", CORRECTION, List.of(shift));
    ModelFile.write(target, model(graph, metadata));
  }

  /** A correction that asks no patch reads no column. */
  private static List<ValueInfoProto> inputs(Correction correction) {
    return correction.patches().isEmpty()
        ? List.of()
        : PatchEmitter.inputs(correction.patches().get(0));
  }

  private static void write(
      Patch patch, List<String> outputs, Map<String, String> metadata, Path target) {
    GraphProto.Builder graph =
        patch instanceof FeaturePatch features
            ? upToFeatures(features.features().model().getGraph(), outputs)
            : graph(PatchEmitter.inputs(patch), outputs);
    for (String output : outputs) {
      graph.addOutput(
          output.equals("label")
              ? GraphBuilder.tensor(output, ElementType.INT64, "N")
              : GraphBuilder.tensor(output, ElementType.FLOAT, "N", patch.outputs()));
    }
    GraphBuilder builder = new GraphBuilder(graph, new GraphNames(graph.build()));
    addNodes(builder, patch, new HashSet<>(outputs));
    ModelFile.write(
        target,
        patch instanceof FeaturePatch features
            ? model(features.features().model(), graph, metadata)
            : model(graph, metadata));
  }

  /** The deployed graph up to its features, without the names of the outputs that it will have. */
  private static GraphProto.Builder upToFeatures(GraphProto deployed, List<String> outputs) {
    GraphNames names = new GraphNames(deployed);
    Map<String, String> aside = new HashMap<>();
    for (String output : outputs) {
      aside.put(output, names.fresh("deployed/" + output));
    }
    GraphProto.Builder graph = graph(deployed.getInputList(), outputs);
    GraphProto renamed = new TensorRenaming(aside).applyTo(deployed);
    return graph.addAllInitializer(renamed.getInitializerList()).addAllNode(renamed.getNodeList());
  }

  private static ModelProto model(
      ModelProto deployed, GraphProto.Builder graph, Map<String, String> metadata) {
    ModelProto.Builder model = deployed.toBuilder().setGraph(graph);
    ModelFile.requireDomain(model, GraphBuilder.ML_DOMAIN, 1);
    ModelFile.setMetadata(model, metadata);
    return model.build();
  }

  /** A graph with these inputs that will have these outputs. */
  static GraphProto.Builder graph(List<ValueInfoProto> inputs, List<String> outputs) {
    for (ValueInfoProto input : inputs) {
      if (outputs.contains(input.getName())) {
        throw new OnnxException(
            "Column '%s' is named like an output of the exported network; rename the column."
                .formatted(input.getName()));
      }
    }
    return GraphProto.newBuilder().setName("evenhand").addAllInput(inputs);
  }

  private static void addNodes(GraphBuilder graph, Patch patch, Set<String> outputs) {
    String logits =
        new PatchEmitter(graph, new InputsAreColumns(true), ElementType.FLOAT).logits(patch);
    graph.addNamed("", "Softmax", "probabilities", List.of(logits), attribute("axis", 1));
    if (outputs.contains("logits")) {
      graph.addNamed("", "Identity", "logits", List.of(logits));
      graph.addNamed(
          "", "ArgMax", "label", List.of(logits), attribute("axis", 1), attribute("keepdims", 0));
    }
  }

  static ModelProto model(GraphProto.Builder graph, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("evenhand")
            .setGraph(graph);
    model.addOpsetImportBuilder().setDomain("").setVersion(OPSET);
    model.addOpsetImportBuilder().setDomain(GraphBuilder.ML_DOMAIN).setVersion(ML_OPSET);
    ModelFile.setMetadata(model, metadata);
    return model.build();
  }

  /**
   * Inputs are columns.
   *
   * @param network whether a deployed network up to its features is in the graph
   */
  private record InputsAreColumns(boolean network) implements ColumnSource {
    @Override
    public String number(String column) {
      return column;
    }

    @Override
    public String text(String column) {
      return column;
    }

    @Override
    public String images(String column, List<Integer> shape) {
      return column;
    }

    @Override
    public String features(NetworkFeatures features) {
      if (!network) {
        throw features.notWithoutModel();
      }
      return NetworkFeatures.OUTPUT;
    }
  }
}
