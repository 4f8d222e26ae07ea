package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.Headless.TENSOR;
import static org.evenhand.onnx.Headless.assertHead;
import static org.evenhand.onnx.Headless.network;
import static org.evenhand.onnx.Headless.softmax;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.evenhand.core.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A head is found behind constants that scale its outputs, and behind columns made of one. */
class HeadScalingTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  private final Path folder;

  HeadScalingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static float[] first(float[] values, int size) {
    return Arrays.copyOf(values, size);
  }

  private void assertScaled(Head head, double[] factors, double[] terms) {
    int inputs = head.layer().inputs();
    for (int k = 0; k < factors.length; k++) {
      for (int j = 0; j < inputs; j++) {
        assertThat(head.layer().weights()[k * inputs + j])
            .isCloseTo((float) (SmallModel.WEIGHTS[k * inputs + j] * factors[k]), ROUNDING);
      }
      assertThat(head.layer().bias()[k])
          .isCloseTo((float) (SmallModel.BIAS[k] * factors[k] + terms[k]), ROUNDING);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mul", "Div", "Add", "Sub"})
  void a_constant_behind_the_layer_is_part_of_it(String operator) {
    SmallModel small = network().dense("h", "scores", 3).raw("c", new float[] {4}, 1);
    small.node(operator, List.of("scores", "c"), "z");

    double factor = operator.equals("Mul") ? 4 : operator.equals("Div") ? 0.25 : 1;
    double term = operator.equals("Add") ? 4 : operator.equals("Sub") ? -4 : 0;
    assertScaled(
        assertHead(softmax(small), 13, 0, folder),
        new double[] {factor, factor, factor},
        new double[] {term, term, term});
  }

  @Test
  void each_class_may_have_a_constant_of_its_own() {
    SmallModel small =
        network()
            .dense("h", "scores", 3)
            .raw("factors", new float[] {2, 0.5f, -1}, 3)
            .raw("terms", new float[] {0, 1, -3}, 1, 3)
            .node("Mul", List.of("factors", "scores"), "scaled")
            .node("Add", List.of("scaled", "terms"), "z");

    assertScaled(
        assertHead(softmax(small), 13, 0, folder),
        new double[] {2, 0.5, -1},
        new double[] {0, 1, -3});
  }

  /** The margins of scikit-learn's linear models, as their exporter writes them. */
  @Test
  void the_negative_of_a_score_beside_it_is_one_logit() {
    SmallModel small =
        network()
            .dense("h", "score", 1)
            .raw("minus", new float[] {-1}, 1)
            .node("Mul", List.of("score", "minus"), "negated")
            .node("Concat", List.of("negated", "score"), "scores", attribute("axis", 1))
            .output("scores", ElementType.FLOAT, 2);

    Head head = assertHead(small, 13, 0, folder);

    assertThat(head.link()).isEqualTo(Head.Link.SIGMOID);
    assertScaled(head, new double[] {1}, new double[] {0});
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 0})
  void the_softmax_of_a_score_beside_a_multiple_of_it_is_one_sigmoid(float multiple) {
    SmallModel small =
        network()
            .dense("h", "score", 1)
            .raw("m", new float[] {multiple}, 1)
            .node("Mul", List.of("score", "m"), "other")
            .node("Concat", List.of("other", "score"), "both", attribute("axis", 1))
            .then("Softmax", "both", "probabilities", attribute("axis", 1))
            .output("probabilities", ElementType.FLOAT, 2);

    Head head = assertHead(small, 13, 0, folder);

    assertThat(head.link()).isEqualTo(Head.Link.SIGMOID);
    assertScaled(head, new double[] {1 - multiple}, new double[] {0});
  }

  /** As scikit-learn's logistic regression in 64 bits is written. */
  @Test
  void two_opposite_columns_under_sigmoids_may_be_divided_by_their_sum() {
    float[] columns = {-0.9f, 0.9f, 0.4f, -0.4f, -0.2f, 0.2f};
    SmallModel small =
        network().wide("w", columns, 3, 2).wide("b", new float[] {-0.3f, 0.3f}, 1, 2);
    String wide = small.builder.cast("h", ElementType.DOUBLE);
    small
        .node("MatMul", List.of(wide, "w"), "product")
        .node("Add", List.of("product", "b"), "scores")
        .then("Sigmoid", "scores", "sigmoids")
        .then("Abs", "sigmoids", "sizes")
        .then(
            "ReduceSum",
            "sizes",
            "sum",
            attribute("axes", new long[] {1}),
            attribute("keepdims", 1))
        .node("Div", List.of("sigmoids", "sum"), "probabilities")
        .output("probabilities", ElementType.DOUBLE, 2);

    Head head = assertHead(small, 12, 0, folder);

    assertThat(head.link()).isEqualTo(Head.Link.SIGMOID);
    assertThat(head.layer().weights()).containsExactly(0.9f, -0.4f, 0.2f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gather", "ArrayFeatureExtractor"})
  void the_second_of_two_opposite_scores_is_one_logit(String picker) {
    float[] row = first(SmallModel.WEIGHTS, 3);
    float[] both = {-row[0], -row[1], -row[2], row[0], row[1], row[2]};
    SmallModel small =
        network()
            .linearClassifier(
                "h",
                "label",
                "margins",
                both,
                new float[] {-0.3f, 0.3f},
                "NONE",
                attribute("classlabels_ints", new long[] {0, 1}));
    String index = small.builder.constant("index", new long[] {1});
    if (picker.equals("Gather")) {
      small.node(picker, List.of("margins", index), "score", attribute("axis", 1));
    } else {
      small.builder.addNamed(GraphBuilder.ML_DOMAIN, picker, "score", List.of("margins", index));
    }
    small.output("label", ElementType.INT64).output("score", ElementType.FLOAT, 1);

    Head head = assertHead(small, 13, 2, folder);

    assertThat(head.link()).isEqualTo(Head.Link.SIGMOID);
    assertThat(head.layer().weights()).containsExactly(row);
  }

  @Test
  void what_is_added_needs_a_bias_to_take_it_up() {
    SmallModel small =
        network()
            .raw("w", Headless.TURNED, 3, 3)
            .raw("two", new float[] {2}, 1)
            .raw("c", new float[] {1, 2, 3}, 3)
            .node("MatMul", List.of("h", "w"), "product")
            .node("Mul", List.of("product", "two"), "scaled")
            .node("Add", List.of("scaled", "c"), "z");
    Path model = softmax(small).write(folder.resolve("model.onnx"), 13, 0);

    assertThatThrownBy(() -> OnnxHeadedClassifier.open(model, TENSOR))
        .hasMessage(
            "The model '%s' has no head that can be edited: MatMul 'node/product' has no bias that could take up what is added behind it; use erase, which needs the answers only."
                .formatted(model));
  }
}
