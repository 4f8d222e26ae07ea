package org.evenhand.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.Head;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.LogSpace;
import org.evenhand.core.Patch;
import org.evenhand.core.Table;

/**
 * A network over images as a patch, answered by ONNX Runtime. The network computes with 32-bit
 * numbers, the softmax over its outputs with 64-bit ones. Every call loads the network anew, so ask
 * about many rows at once; images are read a few MiB at a time.
 *
 * <pre>{@code
 * Patch patch = new ImagePatch(network, 4);
 * double[] logProbabilities = patch.logProbabilities(images);
 * }</pre>
 *
 * @param network has a column of tensors to read
 * @param threads how many batches of images are read and computed at once, at least 1; more than
 *     the machine has are not used, and their number does not change an answer
 */
public record ImagePatch(ImageNetwork network, int threads) implements Patch {
  /**
   * @throws OnnxException if the number of threads is below 1
   */
  public ImagePatch {
    OnnxOptions.defaults().withThreads(threads);
  }

  /**
   * A patch that answers on one thread.
   *
   * @param network has a column of tensors to read
   */
  public ImagePatch(ImageNetwork network) {
    this(network, 1);
  }

  @Override
  public int outputs() {
    return network.outputs();
  }

  @Override
  public String title() {
    List<String> shape = network.shape().stream().map(String::valueOf).toList();
    return "network over images of " + String.join(" × ", shape);
  }

  /**
   * Log-probabilities of every row, rows × outputs, row-major.
   *
   * @param inputs has the network's column; further ones are ignored
   * @throws org.evenhand.core.CoreException if that column is missing, or holds no tensors or ones
   *     of another shape
   * @throws OnnxException if the network does not answer with finite numbers
   */
  @Override
  public double[] logProbabilities(Table inputs) {
    if (inputs.rows() == 0) {
      return new double[0];
    }
    ModelProto model = ImageModelExporter.model(network, Head.Link.SOFTMAX, Map.of());
    ModelInputs columns =
        new ModelInputs(List.of(GraphInput.of(PatchEmitter.input(network))), Set.of());
    OnnxOptions options = OnnxOptions.defaults().withThreads(threads);
    try (OnnxSession session = OnnxSession.inMemory(Path.of("patch"), model, columns, options)) {
      OutputValues logits =
          OnnxClassifier.perRow(
              ImageModelExporter.LOGITS, session.run(inputs, Set.of(ImageModelExporter.LOGITS)));
      double[] answers = ((OutputValues.Numbers) logits).values();
      requireFinite(answers);
      LogSpace.normalizeRows(answers, outputs());
      return answers;
    }
  }

  private void requireFinite(double[] logits) {
    for (int i = 0; i < logits.length; i++) {
      if (!Double.isFinite(logits[i])) {
        throw new OnnxException(
            "The patch answers %s to the image in row %d; every number of an image and of the patch must be finite."
                .formatted(logits[i], i / outputs()));
      }
    }
  }
}
