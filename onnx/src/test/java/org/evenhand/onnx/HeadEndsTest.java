package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.evenhand.onnx.GraphBuilder.attribute;
import static org.evenhand.onnx.Headless.TENSOR;
import static org.evenhand.onnx.Headless.TURNED;
import static org.evenhand.onnx.Headless.assertHead;
import static org.evenhand.onnx.Headless.network;
import static org.evenhand.onnx.Headless.rows;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Head;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A head is found through every end that exporters put behind a last layer. */
class HeadEndsTest {
  private final Path folder;

  HeadEndsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({"logits,logits", "LogSoftmax,scores"})
  void logits_and_log_probabilities_are_scores_too(String operator, String output) {
    SmallModel small = network().dense("h", "z", 3);
    small.then(operator.equals("logits") ? "Identity" : operator, "z", output);
    small.output(output, ElementType.FLOAT, 3);

    assertThat(assertHead(small, 13, 0, folder).link()).isEqualTo(Head.Link.SOFTMAX);
  }

  @Test
  void the_exponential_of_a_log_softmax_is_a_softmax() {
    SmallModel small =
        network()
            .dense("h", "z", 3)
            .then("LogSoftmax", "z", "log", attribute("axis", 1))
            .then("Exp", "log", "probabilities")
            .output("probabilities", ElementType.FLOAT, 3);

    assertThat(assertHead(small, 13, 0, folder).link()).isEqualTo(Head.Link.SOFTMAX);
  }

  @Test
  void one_sigmoid_is_the_second_class() {
    SmallModel small =
        network()
            .dense("h", "z", 1)
            .then("Sigmoid", "z", "score")
            .output("score", ElementType.FLOAT, 1);

    Head head = assertHead(small, 13, 0, folder);

    assertThat(head.link()).isEqualTo(Head.Link.SIGMOID);
    assertThat(head.layer().weights()).containsExactly(Arrays.copyOf(SmallModel.WEIGHTS, 3));
  }

  @Test
  void one_sigmoid_may_be_flat() {
    SmallModel small =
        network()
            .dense("h", "z", 1)
            .then("Sigmoid", "z", "s")
            .flattened("s", "score")
            .output("score", ElementType.FLOAT);

    assertThat(assertHead(small, 13, 0, folder).link()).isEqualTo(Head.Link.SIGMOID);
  }

  @Test
  void one_logit_stands_for_its_sigmoid() {
    SmallModel small = network().dense("h", "logit", 1).output("logit", ElementType.FLOAT, 1);

    assertThat(assertHead(small, 13, 0, folder).link()).isEqualTo(Head.Link.SIGMOID);
  }

  @Test
  void a_sigmoid_beside_its_complement_is_one_sigmoid() {
    SmallModel small = network().dense("h", "z", 1).then("Sigmoid", "z", "p");
    small
        .raw("one", new float[] {1}, 1)
        .node("Sub", List.of("one", "p"), "q")
        .node("Concat", List.of("q", "p"), "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 2);

    assertThat(assertHead(small, 13, 0, folder).link()).isEqualTo(Head.Link.SIGMOID);
  }

  @Test
  void features_of_three_dimensions_are_laid_flat() {
    SmallModel small = network();
    String cube = small.builder.reshape("h", -1, 1, 3);
    small
        .raw("w", TURNED, 3, 3)
        .node("MatMul", List.of(cube, "w"), "z")
        .then("Softmax", "z", "s", attribute("axis", 2));
    small
        .then("Flatten", "s", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3);

    assertThat(assertHead(small, 13, 0, folder).features()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"NONE", "SOFTMAX"})
  void a_linear_classifier_is_its_own_head(String postTransform) {
    SmallModel small =
        network()
            .linearClassifier(
                "h",
                "label",
                "scores",
                SmallModel.WEIGHTS,
                SmallModel.BIAS,
                postTransform,
                attribute("classlabels_ints", new long[] {10, 20, 30}))
            .output("label", ElementType.INT64)
            .output("scores", ElementType.FLOAT, 3);

    Head head = assertHead(small, 13, 2, folder);

    assertThat(head.layer().weights()).containsExactly(SmallModel.WEIGHTS);
    assertThat(head.layer().bias()).containsExactly(SmallModel.BIAS);
    assertThat(head.classes().names()).containsExactly("10", "20", "30");
  }

  @Test
  void the_end_of_a_scikit_learn_pipeline_is_walked_through() {
    var labels = attribute("classlabels_strings", List.of("low", "middle", "high"));
    SmallModel small = network().linearClassifier("h", "output_label", "scores", labels);
    small.builder.addNamed(
        GraphBuilder.ML_DOMAIN,
        "Normalizer",
        "normal",
        List.of("scores"),
        SmallModel.text("norm", "L1"));
    small.output("output_label", ElementType.STRING).zipMap("normal", "output_probability", labels);

    assertThat(assertHead(small, 13, 2, folder).classes().names())
        .containsExactly("low", "middle", "high");
  }

  @Test
  void two_opposite_rows_under_sigmoids_are_one_logit() {
    float[] row = Arrays.copyOf(SmallModel.WEIGHTS, 3);
    float[] both = {-row[0], -row[1], -row[2], row[0], row[1], row[2]};
    SmallModel small =
        network()
            .linearClassifier(
                "h",
                "label",
                "probabilities",
                both,
                new float[] {-0.3f, 0.3f},
                "LOGISTIC",
                attribute("classlabels_ints", new long[] {0, 1}))
            .output("label", ElementType.INT64)
            .output("probabilities", ElementType.FLOAT, 2);

    Head head = assertHead(small, 13, 2, folder);

    assertThat(head.link()).isEqualTo(Head.Link.SIGMOID);
    assertThat(head.layer().weights()).containsExactly(row);
    assertThat(head.layer().bias()).containsExactly(0.3f);
    try (OnnxClassifier written = OnnxClassifier.open(folder.resolve("repaired.onnx"), TENSOR)) {
      double[] probabilities = written.rawOutput("probabilities", rows());
      for (int i = 0; i < probabilities.length; i += 2) {
        assertThat(probabilities[i] + probabilities[i + 1]).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void one_row_under_a_sigmoid_is_one_logit() {
    SmallModel small =
        network()
            .linearClassifier(
                "h",
                "label",
                "probabilities",
                Arrays.copyOf(SmallModel.WEIGHTS, 3),
                new float[] {0.3f},
                "LOGISTIC",
                attribute("classlabels_ints", new long[] {0, 1}))
            .output("label", ElementType.INT64)
            .output("probabilities", ElementType.FLOAT, 2);

    assertThat(assertHead(small, 13, 2, folder).link()).isEqualTo(Head.Link.SIGMOID);
  }

  @Test
  void a_linear_model_on_whole_numbers_needs_no_standard_operators() {
    SmallModel small =
        new SmallModel()
            .input("a", ElementType.INT64, 3)
            .linearClassifier(
                "a", "label", "probabilities", attribute("classlabels_ints", new long[] {0, 1, 2}))
            .output("probabilities", ElementType.FLOAT, 3);
    Path model = small.write(folder.resolve("model.onnx"), 13, 1);
    Table whole =
        Table.of(
            Headless.COLUMNS.stream()
                .map(name -> new NumericColumn(name, new double[] {-2, 0, 1, 3}))
                .toList());

    try (OnnxHeadedClassifier headed = OnnxHeadedClassifier.open(model, TENSOR)) {
      HeadAssert.assertHeadIsTheModels(headed, TENSOR, whole, folder.resolve("repaired.onnx"));
    }
  }
}
