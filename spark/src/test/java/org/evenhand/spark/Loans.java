package org.evenhand.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Goal;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.ModelContract;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.data.Labelling;
import org.evenhand.datasets.SimulatedLending;
import org.evenhand.eraser.Distillation;
import org.evenhand.eraser.Estimator;
import org.evenhand.onnx.ChangeWriter;
import org.evenhand.onnx.NetworkExporter;
import org.evenhand.onnx.OnnxClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.onnx.StepExporter;
import org.evenhand.patch.Perceptron;
import org.evenhand.patch.PerceptronSettings;

/** A deployed model of loans, its correction, and people whom nobody has decided about. */
final class Loans {
  static final OnnxOptions OPTIONS =
      OnnxOptions.of(ModelContract.none().withClasses(List.of("no", "yes")));

  private Loans() {}

  static Table people(int rows) {
    return SimulatedLending.table(rows, 2).without(Set.of("split"));
  }

  /** Writes {@code model.onnx}, {@code fused.onnx} and {@code step.onnx}. */
  static void write(Path folder) {
    LabelledSet records =
        Labelling.of("repaid", List.of("gender"))
            .apply(SimulatedLending.table(3_000, 1).without(Set.of("split")));
    double[] labels = new double[2 * records.rows()];
    for (int row = 0; row < records.rows(); row++) {
      labels[2 * row + records.target().codes()[row]] = 1;
    }
    Perceptron trainer = new Perceptron(PerceptronSettings.DEFAULT);
    PatchNetwork network = trainer.train(records.inputs(), labels, 2, records.weights(), 1);
    NetworkExporter.exportClassifier(network, Map.of(), folder.resolve("model.onnx"));
    try (OnnxClassifier model = OnnxClassifier.open(folder.resolve("model.onnx"), OPTIONS)) {
      Answers.Soft answers = (Answers.Soft) model.answer(records.inputs());
      Removal removal =
          Distillation.of(records, List.of("gender"), answers, trainer, 1)
              .removal(Estimator.of("S4"), Goal.UNIFORM, 1);
      DecisionRule rule = DecisionRule.MOST_PROBABLE;
      ChangeWriter.write(model, removal, rule, Map.of(), folder.resolve("fused.onnx"));
      StepExporter.export(model.classes(), removal, rule, Map.of(), folder.resolve("step.onnx"));
    }
  }
}
