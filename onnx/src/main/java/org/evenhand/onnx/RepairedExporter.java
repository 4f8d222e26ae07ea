package org.evenhand.onnx;

import java.nio.file.Path;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;

/**
 * Writes a deployed model with an edited head.
 *
 * <p>The file is the deployed model's, byte for byte, but for those of the head's numbers that
 * changed: same length, same inputs, outputs and metadata, whatever wrote it.
 *
 * <pre>{@code
 * RepairedExporter.export(model, edited, Path.of("repaired.onnx"));
 * }</pre>
 */
public final class RepairedExporter {
  private RepairedExporter() {}

  /**
   * Writes a repaired model, once ONNX Runtime has accepted it.
   *
   * @param deployed the deployed model; its file is not touched
   * @param edited {@code deployed.head()} with other weights and biases
   * @param target the file; written whole or not at all, and never over the deployed model
   * @throws OnnxException if the edited head is of another shape or holds a number that is not
   *     finite, if the deployed model's file has changed, or if the target cannot be written
   */
  public static void export(OnnxHeadedClassifier deployed, Head edited, Path target) {
    requireFits(deployed, edited);
    ModelFile.requireOtherFile(deployed.path(), target, "repaired");
    ModelFile.write(target, deployed.fileWith(edited.layer()));
  }

  private static void requireFits(OnnxHeadedClassifier deployed, Head edited) {
    Head head = deployed.head();
    boolean fits =
        edited.classes().equals(head.classes())
            && edited.features() == head.features()
            && edited.link() == head.link()
            && edited.biased() == head.biased();
    if (!fits) {
      throw new OnnxException(
          "The edited head is %s, but the head of the model '%s' is %s; edit the model's own with head().with(layer)."
              .formatted(shape(edited), deployed.path(), shape(head)));
    }
    requireFinite(edited.layer().weights());
    requireFinite(edited.layer().bias());
  }

  private static String shape(Head head) {
    DenseLayer layer = head.layer();
    return "%d features to %d outputs %s bias, %s over classes %s"
        .formatted(
            layer.inputs(),
            layer.outputs(),
            head.biased() ? "with" : "without",
            head.link(),
            String.join(", ", head.classes().names()));
  }

  private static void requireFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new OnnxException(
            "The edited head holds %s; every weight and bias must be finite.".formatted(value));
      }
    }
  }
}
