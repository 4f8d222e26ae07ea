package org.evenhand.cli.examples;

import java.nio.file.Path;
import java.util.Arrays;
import org.evenhand.core.LabelledSet;
import org.evenhand.data.Flip;
import org.evenhand.onnx.OnnxHeadedClassifier;
import org.evenhand.onnx.OnnxOptions;
import org.evenhand.onnx.RepairedExporter;
import org.evenhand.unlearning.Explanation;
import org.evenhand.unlearning.ExplanationSettings;
import org.evenhand.unlearning.GroupGap;
import org.evenhand.unlearning.HeadRows;
import org.evenhand.unlearning.InfluenceOnBias;
import org.evenhand.unlearning.PairRows;
import org.evenhand.unlearning.TrainedHead;
import org.evenhand.unlearning.Unlearning;
import org.evenhand.unlearning.UnlearningProposal;
import org.evenhand.unlearning.UnlearningSettings;

/** Finding where bias comes from, and removing it from a head. */
public final class UnlearningExamples {
  private UnlearningExamples() {}

  /** Which training rows put bias into a head. */
  public static Explanation influence(
      Path folder, OnnxOptions options, LabelledSet training, LabelledSet calibration) {
    // docs:begin influence
    Explanation explanation;
    try (OnnxHeadedClassifier model =
        OnnxHeadedClassifier.open(folder.resolve("model.onnx"), options)) {
      TrainedHead head = TrainedHead.of(model.head(), HeadRows.of(model, training));
      PairRows pairs = PairRows.of(model, Flip.of("gender").pairs(calibration));
      explanation = Explanation.of(head, pairs, ExplanationSettings.DEFAULT);
      for (int row : explanation.harmful(5)) {
        System.out.printf("row %d: %.2e%n", row, explanation.influence()[row]);
      }
      double[] gap =
          new InfluenceOnBias(head, 1e-3)
              .of(
                  new GroupGap(
                      HeadRows.of(model, calibration),
                      calibration.attribute("gender").codes(),
                      1,
                      GroupGap.Criterion.EQUAL_OPPORTUNITY),
                  head.training());
      System.out.println(Arrays.stream(gap).max().orElseThrow());
    }
    // docs:end influence
    return explanation;
  }

  /** An edit of a head that is looked at before it is served. */
  public static UnlearningProposal unlearn(
      Path folder, OnnxOptions options, LabelledSet training, LabelledSet calibration) {
    // docs:begin unlearn
    UnlearningProposal proposal;
    try (OnnxHeadedClassifier model =
        OnnxHeadedClassifier.open(folder.resolve("model.onnx"), options)) {
      TrainedHead head = TrainedHead.of(model.head(), HeadRows.of(model, training));
      PairRows pairs = PairRows.of(model, Flip.of("gender").pairs(calibration));
      UnlearningSettings settings = UnlearningSettings.DEFAULT.withSeed(7);
      int[] gender = training.attribute("gender").codes();
      proposal = Unlearning.propose(head.withAttribute(gender), pairs, settings);
      System.out.println(proposal.settings() + ", " + proposal.certificate());
      if (proposal.declined().isEmpty()) {
        RepairedExporter.export(model, proposal.head(), folder.resolve("repaired.onnx"));
      }
    }
    // docs:end unlearn
    return proposal;
  }
}
