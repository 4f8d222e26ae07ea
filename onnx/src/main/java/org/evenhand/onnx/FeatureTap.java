package org.evenhand.onnx;

import static org.evenhand.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;

/**
 * A copy of a model that also puts out what its head reads.
 *
 * @param model the copy
 * @param output the added output, {@code double [N,d]}: features of more dimensions are laid flat
 */
record FeatureTap(ModelProto model, String output) {
  static FeatureTap of(ModelProto original, GraphHead head) {
    GraphProto.Builder graph = original.getGraph().toBuilder();
    GraphBuilder builder = new GraphBuilder(graph, new GraphNames(original.getGraph()));
    String features = builder.cast(head.features(), ElementType.DOUBLE);
    if (head.featuresFirst()) {
      features = builder.node("Transpose", "head/rows_first", List.of(features));
    }
    String output =
        builder.node("Flatten", "head/features", List.of(features), attribute("axis", 1));
    graph.addOutput(GraphBuilder.tensor(output, ElementType.DOUBLE, "N", head.inputs()));
    ModelProto.Builder copy = original.toBuilder().setGraph(graph);
    ModelFile.requireDomain(copy, "", GraphBuilder.OLDEST_OPSET);
    return new FeatureTap(copy.build(), output);
  }
}
