package org.evenhand.onnx;

import java.nio.file.Path;
import java.util.Map;
import org.evenhand.core.Change;
import org.evenhand.core.CorrectedHead;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.EditedHead;
import org.evenhand.core.NewModel;
import org.evenhand.core.TemporaryFiles;

/**
 * Writes a deployed ONNX model with a change, whatever its kind, as one file to be served in the
 * old one's place.
 *
 * <pre>{@code
 * ChangeWriter.write(
 *     deployed, proposal.change(), DecisionRule.MOST_PROBABLE, Map.of(), Path.of("fair.onnx"));
 * }</pre>
 */
public final class ChangeWriter {
  private ChangeWriter() {}

  /**
   * Writes the changed model.
   *
   * @param deployed an {@link OnnxClassifier}; an {@link OnnxHeadedClassifier} for an edited head
   * @param change a correction becomes part of the graph, an edited head replaces the numbers of
   *     the old one in place, a new model is written alone
   * @param rule how the label is decided, where the change decides it
   * @param metadata properties written into the file; an edited head leaves the file's own alone
   * @param target the file; written whole or not at all, and never over the deployed model
   * @throws OnnxException if the model is no ONNX file, the change does not fit it, or the target
   *     cannot be written
   */
  public static void write(
      DeployedModel deployed,
      Change change,
      DecisionRule rule,
      Map<String, String> metadata,
      Path target) {
    if (change instanceof Correction correction) {
      FusedExporter.export(classifier(deployed), correction, rule, metadata, target);
    } else if (change instanceof EditedHead edited) {
      RepairedExporter.export(headed(deployed), edited.head(), target);
    } else if (change instanceof CorrectedHead both) {
      writeBoth(headed(deployed), both, rule, metadata, target);
    } else {
      NewModel model = (NewModel) change;
      ModelFile.requireOtherFile(classifier(deployed).path(), target, "new");
      NetworkExporter.exportClassifier(model.network(), metadata, target);
    }
  }

  private static void writeBoth(
      OnnxHeadedClassifier deployed,
      CorrectedHead change,
      DecisionRule rule,
      Map<String, String> metadata,
      Path target) {
    ModelFile.requireOtherFile(deployed.path(), target, "repaired");
    Path between = TemporaryFiles.beside(target.toAbsolutePath());
    try {
      RepairedExporter.export(deployed, change.edit().head(), between);
      try (OnnxClassifier edited = OnnxClassifier.open(between, deployed.classifier().options())) {
        FusedExporter.export(edited, change.correction(), rule, metadata, target);
      }
    } finally {
      TemporaryFiles.discard(between);
    }
  }

  private static OnnxClassifier classifier(DeployedModel deployed) {
    if (deployed instanceof OnnxClassifier model) {
      return model;
    }
    return headed(deployed).classifier();
  }

  private static OnnxHeadedClassifier headed(DeployedModel deployed) {
    if (deployed instanceof OnnxHeadedClassifier model) {
      return model;
    }
    throw new OnnxException(
        "Only a model in an ONNX file, opened so that it shows what the change needs, can be written with it; this one is: %s"
            .formatted(deployed.describe()));
  }
}
