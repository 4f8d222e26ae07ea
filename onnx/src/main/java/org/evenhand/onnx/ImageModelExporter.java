package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenhand.core.Classes;
import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;

/**
 * Writes a network over images as a deployed classifier would come.
 *
 * <p>Its only input is {@code float [N, …]} of the network's shape, named like its column. Its
 * outputs are {@code logits} and {@code probabilities}, both {@code float [N,K]} under a softmax
 * and {@code float [N,1]}, of the second class, under a sigmoid. The classes' names are kept in the
 * file's metadata, where {@link OnnxClassifier} finds them.
 *
 * <pre>{@code
 * ImageModelExporter.export(
 *     network, Classes.of("dark", "blond"), Head.Link.SOFTMAX, Map.of(), Path.of("faces.onnx"));
 * }</pre>
 */
public final class ImageModelExporter {
  /**
   * Where a file's metadata say how images are made into its input; the text is for whoever decodes
   * them.
   */
  public static final String PREPROCESSING = "evenhand.preprocessing";

  static final String LOGITS = "logits";
  private static final String PROBABILITIES = "probabilities";

  private ImageModelExporter() {}

  /**
   * Writes a network, once ONNX Runtime has accepted it.
   *
   * @param network has one output a class, or a single one under a sigmoid
   * @param classes in the order of the outputs
   * @param link how logits become probabilities
   * @param metadata properties written into the file
   * @param target the file; written whole or not at all
   * @throws OnnxException if the network's outputs do not fit the classes, a class's name has a
   *     line break, the column is named like an output, or the target cannot be written
   */
  public static void export(
      ImageNetwork network,
      Classes classes,
      Head.Link link,
      Map<String, String> metadata,
      Path target) {
    requireFits(network, classes, link);
    Map<String, String> properties = new LinkedHashMap<>(metadata);
    properties.put(ClassLabels.KEY, ClassLabels.written(classes));
    ModelFile.write(target, model(network, link, properties));
  }

  private static void requireFits(ImageNetwork network, Classes classes, Head.Link link) {
    boolean sigmoid = link == Head.Link.SIGMOID;
    if (sigmoid && classes.size() != 2) {
      throw new OnnxException(
          "A SIGMOID decides between two classes, but %d are named; use a SOFTMAX."
              .formatted(classes.size()));
    }
    int expected = sigmoid ? 1 : classes.size();
    if (network.outputs() != expected) {
      throw new OnnxException(
          "Under a %s over %d classes, the network's number of outputs must be %d, but is %d."
              .formatted(link, classes.size(), expected, network.outputs()));
    }
  }

  /** The network as a model with both outputs. */
  static ModelProto model(ImageNetwork network, Head.Link link, Map<String, String> metadata) {
    List<String> outputs = List.of(LOGITS, PROBABILITIES);
    GraphProto.Builder graph = NetworkExporter.graph(List.of(PatchEmitter.input(network)), outputs);
    outputs.forEach(
        output ->
            graph.addOutput(
                GraphBuilder.tensor(output, ElementType.FLOAT, "N", network.outputs())));
    GraphBuilder builder = new GraphBuilder(graph, new GraphNames(graph.build()));
    String logits = new ImageNetworkEmitter(builder, "model").logits(network, network.column());
    builder.addNamed("", "Identity", LOGITS, List.of(logits));
    if (link == Head.Link.SIGMOID) {
      builder.addNamed("", "Sigmoid", PROBABILITIES, List.of(logits));
    } else {
      builder.addNamed("", "Softmax", PROBABILITIES, List.of(logits), attribute("axis", 1));
    }
    return NetworkExporter.model(graph, metadata);
  }
}
