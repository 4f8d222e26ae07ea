package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.SmallClassifiers.TENSOR;
import static org.evenhand.onnx.SmallClassifiers.numbers;
import static org.evenhand.onnx.SmallClassifiers.probabilities;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.LabelAgreement;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One score that a model gives in two columns is read as one, and corrected as one. */
class OneScoreTest {
  private final Path model;
  private final Path fused;

  OneScoreTest(@TempDir Path folder) {
    this.model = folder.resolve("model.onnx");
    this.fused = folder.resolve("fused.onnx");
  }

  /** One tree: the first leaf where a ≤ 0, else the second; both vote for one class. */
  private void tree(long voted, String transform, float first, float second, float... base) {
    treeModel("probabilities", voted, transform, first, second, base)
        .output("probabilities", ElementType.FLOAT, 2)
        .write(model, 13, 1);
  }

  private static SmallModel treeModel(
      String scores, long voted, String transform, float first, float second, float... base) {
    SmallModel small =
        new SmallModel().input("x", ElementType.FLOAT, 3).output("label", ElementType.INT64);
    List<AttributeProto> attributes =
        new ArrayList<>(
            List.of(
                attribute("nodes_treeids", new long[] {0, 0, 0}),
                attribute("nodes_nodeids", new long[] {0, 1, 2}),
                attribute("nodes_featureids", new long[] {0, 0, 0}),
                attribute("nodes_values", new float[] {0, 0, 0}),
                attribute("nodes_modes", List.of("BRANCH_LEQ", "LEAF", "LEAF")),
                attribute("nodes_truenodeids", new long[] {1, 0, 0}),
                attribute("nodes_falsenodeids", new long[] {2, 0, 0}),
                attribute("class_treeids", new long[] {0, 0}),
                attribute("class_nodeids", new long[] {1, 2}),
                attribute("class_ids", new long[] {voted, voted}),
                attribute("class_weights", new float[] {first, second}),
                attribute("classlabels_int64s", new long[] {0, 1}),
                SmallModel.text("post_transform", transform)));
    if (base.length > 0) {
      attributes.add(attribute("base_values", base));
    }
    small.graph.addNode(
        NodeProto.newBuilder()
            .setDomain(GraphBuilder.ML_DOMAIN)
            .setOpType("TreeEnsembleClassifier")
            .addInput("x")
            .addOutput("label")
            .addOutput(scores)
            .addAllAttribute(attributes));
    return small;
  }

  private String read() {
    try (OnnxClassifier opened = OnnxClassifier.open(model, TENSOR)) {
      return opened.describe().replaceFirst("Answers are read from output 'probabilities' ", "");
    }
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private void assertFuses() {
    Table rows = numbers(-3, -2, -1, -0.5, 0.5, 1, 2, 3);
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      FusedModelAssert.assertFusedEqualsLibrary(
          deployed,
          TENSOR,
          RandomNetworks.distilled(rows, 2, 0.9, 3),
          DecisionRule.MOST_PROBABLE,
          rows,
          fused);
    }
  }

  /** Of −s and s, and of 1 − s and s, half the difference is the logit. */
  @ParameterizedTest
  @CsvSource({
    "0, NONE, -2, 3, -2, 3",
    "0, SOFTMAX, -2, 3, -2, 3",
    "0, SOFTMAX, 0.2, 0.9, -0.3, 0.4",
    "0, NONE, 0.2, 3, -0.3, 2.5",
  })
  void a_score_that_nothing_has_squeezed_is_one_logit(
      long voted, String transform, float first, float second, double low, double high) {
    tree(voted, transform, first, second);

    assertThat(read()).startsWith("(one logit, mirrored, one column per class)");
    assertThat(probabilities(model, TENSOR, numbers(-1, 1)))
        .containsExactly(
            new double[] {sigmoid(-low), sigmoid(low), sigmoid(-high), sigmoid(high)},
            within(1e-6));
    assertFuses();
  }

  @Test
  void votes_that_stay_between_0_and_1_are_probabilities() {
    tree(0, "NONE", 0.2f, 0.9f);

    assertThat(read()).startsWith("(probabilities, one column per class)");
    assertFuses();
  }

  @Test
  void a_base_value_counts_when_it_is_asked_what_the_leaves_can_sum_to() {
    tree(0, "NONE", 0.2f, 0.9f, 0.25f);

    assertThat(read()).startsWith("(one logit, mirrored, one column per class)");
  }

  /** ONNX Runtime answers ½ for the first class then, whatever the second's probability is. */
  @ParameterizedTest
  @CsvSource({"-2, 3", "0.2, 0.9"})
  void a_probability_may_stand_beside_a_column_that_says_nothing(float first, float second) {
    tree(1, "LOGISTIC", first, second);

    assertThat(read())
        .startsWith("(probabilities, of the second class, beside a column that says nothing)");
    assertThat(probabilities(model, TENSOR, numbers(-1, 1)))
        .containsExactly(
            new double[] {sigmoid(-first), sigmoid(first), sigmoid(-second), sigmoid(second)},
            within(1e-6));
    assertFuses();
  }

  /** Of ½ and a probability both are stretched, so that the label follows another threshold. */
  @Test
  void a_column_that_says_nothing_is_noticed_behind_other_operators_too() {
    treeModel("squeezed", 1, "LOGISTIC", -2, 3)
        .then("Sqrt", "squeezed", "probabilities")
        .output("probabilities", ElementType.FLOAT, 2)
        .write(model, 13, 1);

    assertThat(read())
        .startsWith("(probabilities, of the second class, beside a column that says nothing)");
    assertThat(probabilities(model, TENSOR, numbers(1))[1])
        .isCloseTo(Math.sqrt(sigmoid(3)), within(1e-6));
    assertFuses();
  }

  /** ONNX Runtime squeezes a score without negative leaves, and yet decides at a score of ½. */
  @Test
  void a_label_that_contradicts_its_probability_is_noticed() {
    tree(0, "LOGISTIC", 0.2f, 0.9f);

    try (OnnxClassifier opened = OnnxClassifier.open(model, TENSOR)) {
      Answers.Soft answers = (Answers.Soft) opened.answer(numbers(-1, 1));
      assertThat(answers.decisions(DecisionRule.OF_MODEL)).containsExactly(0, 1);
      assertThat(answers.decisions(DecisionRule.MOST_PROBABLE)).containsExactly(1, 1);
      assertThat(LabelAgreement.of(answers).warning())
          .hasValueSatisfying(warning -> assertThat(warning).contains("1 of 2 rows, which a"));
    }
  }
}
