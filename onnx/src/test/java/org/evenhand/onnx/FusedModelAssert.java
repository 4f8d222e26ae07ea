package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenhand.core.Answers;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.Table;

/** What every fused model must fulfil. */
final class FusedModelAssert {
  /** Acceptance: probabilities of the fused model and of the library differ by at most this. */
  private static final double TOLERANCE = 1e-5;

  private FusedModelAssert() {}

  static void assertFusedEqualsLibrary(
      OnnxClassifier deployed,
      OnnxOptions options,
      Correction correction,
      DecisionRule rule,
      Table rows,
      Path target) {
    Answers.Soft original = (Answers.Soft) deployed.answer(rows);
    Answers.Soft corrected = correction.apply(original, rows);
    int[] before = original.decisions(rule);
    int[] after = corrected.decisions(rule);

    FusedOutputs added = FusedExporter.export(deployed, correction, rule, Map.of(), target);

    try (OnnxClassifier fused = OnnxClassifier.open(target, options)) {
      assertSameSignature(deployed, fused, correction.furtherInputs(), added);
      assertProbabilities(fused, corrected, rows);
      assertLabels(fused, after, rows);
      double[] flipped = fused.rawOutput(added.flipped(), rows);
      for (int row = 0; row < flipped.length; row++) {
        assertThat(flipped[row] == 1).as("row %d", row).isEqualTo(before[row] != after[row]);
      }
      assertOriginals(deployed, fused, added, rows);
      SecondRuntime.add(fused, rows);
    }
  }

  private static void assertSameSignature(
      OnnxClassifier deployed,
      OnnxClassifier fused,
      List<InputColumn> furtherInputs,
      FusedOutputs added) {
    List<ValueInfoProto> inputs = deployed.model().getGraph().getInputList();
    List<String> read = deployed.inputs().stream().map(InputColumn::name).toList();
    assertThat(fused.model().getGraph().getInputList().subList(0, inputs.size())).isEqualTo(inputs);
    assertThat(
            fused
                .model()
                .getGraph()
                .getInputList()
                .subList(inputs.size(), fused.model().getGraph().getInputCount()))
        .extracting(ValueInfoProto::getName)
        .isEqualTo(
            furtherInputs.stream()
                .map(InputColumn::name)
                .filter(name -> !read.contains(name))
                .toList());
    List<ValueInfoProto> outputs = fused.graph().outputs();
    int count = deployed.graph().outputs().size();
    assertThat(outputs.subList(0, count)).isEqualTo(deployed.graph().outputs());
    assertThat(outputs.subList(count, count + 2))
        .extracting(ValueInfoProto::getName)
        .containsExactly(added.originalProbabilities(), added.flipped());
    assertThat(fused.classes()).isEqualTo(deployed.classes());
  }

  /** Every output with scores must hold the corrected ones. */
  private static void assertProbabilities(
      OnnxClassifier fused, Answers.Soft corrected, Table rows) {
    for (ScoreOutput score : fused.modelOutputs().scores()) {
      OutputValues values = values(fused, score.name(), rows);
      double[] matrix = Scores.matrix(score, Map.of(score.name(), values), fused.classes().names());
      double[] answered = score.scale().answers(fused.classes(), matrix).logProbabilities();
      for (int i = 0; i < answered.length; i++) {
        assertThat(Math.exp(answered[i]))
            .as("'%s' %d", score.name(), i)
            .isCloseTo(Math.exp(corrected.logProbabilities()[i]), within(TOLERANCE));
      }
    }
  }

  private static void assertLabels(OnnxClassifier fused, int[] after, Table rows) {
    if (fused.modelOutputs().label().isPresent()) {
      LabelOutput label = fused.modelOutputs().label().get();
      List<String> labels = ((OutputValues.Labels) values(fused, label.name(), rows)).values();
      for (int row = 0; row < after.length; row++) {
        assertThat(labels.get(row)).as("row %d", row).isEqualTo(label.values().get(after[row]));
      }
    }
  }

  private static void assertOriginals(
      OnnxClassifier deployed, OnnxClassifier fused, FusedOutputs added, Table rows) {
    double[] kept = fused.rawOutput(added.originalProbabilities(), rows);
    deployed.modelOutputs().scores().stream()
        .filter(score -> !score.scale().isLogits() && score.layout() != Layout.BESIDE)
        .findFirst()
        .ifPresent(
            score -> {
              OutputValues values = values(deployed, score.name(), rows);
              double[] expected =
                  values instanceof OutputValues.Numbers numbers
                      ? numbers.values()
                      : Scores.matrix(
                          score, Map.of(score.name(), values), deployed.classes().names());
              assertThat(kept).isEqualTo(expected);
            });
  }

  private static OutputValues values(OnnxClassifier model, String output, Table rows) {
    try (OnnxSession session =
        OnnxSession.open(
            model.path(), model.model(), model.modelInputs(), OnnxOptions.defaults())) {
      return session.run(rows, Set.of(output)).values().iterator().next();
    }
  }
}
