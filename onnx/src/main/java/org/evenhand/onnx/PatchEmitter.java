package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;

/**
 * Adds a patch of any kind to a graph.
 *
 * @param graph what it is added to
 * @param columns where it finds its columns
 * @param precision of its logits: FLOAT or DOUBLE
 */
record PatchEmitter(GraphBuilder graph, ColumnSource columns, ElementType precision) {
  /** The inputs of a graph that holds the patch alone: one per column, named like it. */
  static List<ValueInfoProto> inputs(Patch patch) {
    if (patch instanceof PatchNetwork network) {
      return network.encoder().features().stream().map(PatchEmitter::input).toList();
    } else if (patch instanceof ImagePatch images) {
      return List.of(input(images.network()));
    } else if (patch instanceof FeaturePatch own) {
      return own.features().inputs();
    }
    throw notExportable(patch);
  }

  private static ValueInfoProto input(FeatureEncoder feature) {
    boolean text = feature instanceof FeatureEncoder.OneHot;
    return GraphBuilder.tensor(
        feature.column(), text ? ElementType.STRING : ElementType.FLOAT, "N", 1);
  }

  static ValueInfoProto input(ImageNetwork network) {
    return GraphBuilder.tensor(
        network.column(),
        ElementType.FLOAT,
        "N",
        network.shape().stream().mapToInt(Integer::intValue).toArray());
  }

  /** Adds the patch and returns its logits, {@code [N, outputs]} of the precision. */
  String logits(Patch patch) {
    if (patch instanceof PatchNetwork network) {
      return new NetworkEmitter(graph, columns, precision).logits(network);
    } else if (patch instanceof ImagePatch images) {
      return logits(images.network());
    } else if (patch instanceof FeaturePatch own) {
      ColumnSource features = new FeatureColumns(columns.features(own.features()));
      return new NetworkEmitter(graph, features, precision).logits(own.network());
    }
    throw notExportable(patch);
  }

  private String logits(ImageNetwork network) {
    String images = columns.images(network.column(), network.shape());
    String logits = new ImageNetworkEmitter(graph, "patch").logits(network, images);
    return precision == ElementType.FLOAT ? logits : graph.cast(logits, precision);
  }

  private static OnnxException notExportable(Patch patch) {
    return new OnnxException(
        "Only a PatchNetwork, an ImagePatch or a FeaturePatch can be exported, but the patch is a %s."
            .formatted(patch.getClass().getSimpleName()));
  }
}
