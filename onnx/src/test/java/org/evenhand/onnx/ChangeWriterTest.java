package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.SmallClassifiers.TENSOR;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.Change;
import org.evenhand.core.Classes;
import org.evenhand.core.CorrectedHead;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.DeployedModel;
import org.evenhand.core.EditedHead;
import org.evenhand.core.Formula;
import org.evenhand.core.Head;
import org.evenhand.core.NewModel;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of change is written, and the file answers as the library says it would. */
class ChangeWriterTest {
  private static final Table ROWS =
      Table.of(
          List.of(
              new NumericColumn("a", new double[] {0, 1, -2, 3}),
              new NumericColumn("b", new double[] {2, -1, 0, 1}),
              new NumericColumn("c", new double[] {-1, 0, 2, 1})));
  private static final Classes CLASSES = Classes.of("0", "1", "2");

  private final Path model;
  private final Path changed;

  ChangeWriterTest(@TempDir Path folder) {
    this.model = folder.resolve("model.onnx");
    this.changed = folder.resolve("changed.onnx");
  }

  @BeforeEach
  void write_a_network() {
    Headless.softmax(Headless.network().dense("h", "z", 3)).write(model, 13, 0);
  }

  /** Uses every operation of a formula, the answers among them. */
  private record Sharpened(Patch patch) implements Correction {
    @Override
    public int classes() {
      return 3;
    }

    @Override
    public List<Patch> patches() {
      return List.of(patch);
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      T rotated = formula.times(formula.answers(), new float[] {0, 1, 0, 0, 0, 1, 1, 0, 0}, 3);
      T asked = formula.minus(formula.probabilities(patch), formula.logProbabilities(patch, 0.1));
      T row = formula.everywhere(new float[] {0.5f, 0, -0.5f});
      T sum = formula.plus(row, formula.plus(asked, formula.scaled(rotated, -0.25)));
      return formula.plus(sum, formula.logarithm(formula.softmax(formula.answers()), 0.2));
    }
  }

  static List<BiasRule> rules() {
    BiasRule.Sum sum = (BiasRule.Sum) RandomNetworks.ofTwoAttributes(ROWS, 3, 1, 7).rule();
    return List.of(
        RandomNetworks.distilled(ROWS, 3, 1, 5).rule(),
        RandomNetworks.tabulated(ROWS, 3, 1, 6).rule(),
        sum.rules().get(1),
        sum);
  }

  static List<Change> changes() {
    return Stream.concat(
            rules().stream()
                .map(rule -> (Change) new Removal(rule, new float[] {0.2f, 0, -0.1f}, 0.75)),
            Stream.of(
                new Sharpened(RandomNetworks.over(ROWS, 3, 3)),
                new EditedHead(edited()),
                new CorrectedHead(
                    new EditedHead(edited()), new Sharpened(RandomNetworks.over(ROWS, 3, 5))),
                new NewModel(CLASSES, RandomNetworks.over(ROWS, 3, 4))))
        .toList();
  }

  /** A head of the network's shape. */
  private static Head edited() {
    return new Head(
        CLASSES,
        new DenseLayer(
            3, 3, new float[] {1, 0, 0.5f, -1, 2, 0, 0, 0.25f, 1}, new float[] {0.5f, 0, -1}),
        true,
        Head.Link.SOFTMAX);
  }

  /** A kind that is added without an example here, and so perhaps without an emitter, fails. */
  @Test
  void every_kind_of_change_and_of_rule_has_an_example() {
    assertExamples(BiasRule.class, rules());
    assertExamples(Change.class, changes());
  }

  private static <T> void assertExamples(Class<T> closed, List<T> examples) {
    Set<Class<?>> missing =
        Arrays.stream(closed.getPermittedSubclasses())
            .filter(kind -> examples.stream().noneMatch(kind::isInstance))
            .collect(Collectors.toSet());
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void the_written_file_answers_as_the_library_does(Change change) {
    Answers.Soft expected;
    try (OnnxHeadedClassifier deployed = OnnxHeadedClassifier.open(model, TENSOR)) {
      ChangeWriter.write(deployed, change, DecisionRule.MOST_PROBABLE, Map.of(), changed);
      expected = (Answers.Soft) change.applyTo(deployed).answer(ROWS);
      assertThat(expected.logProbabilities())
          .isNotEqualTo(deployed.answer(ROWS).logProbabilities());
    }
    OnnxOptions options = change instanceof NewModel ? OnnxOptions.defaults() : TENSOR;
    try (OnnxClassifier written = OnnxClassifier.open(changed, options)) {
      HeadAssert.assertSameProbabilities(expected, (Answers.Soft) written.answer(ROWS));
    }
  }

  @Test
  void a_correction_needs_no_head() {
    Change change = changes().get(0);
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      ChangeWriter.write(
          deployed, change, DecisionRule.MOST_PROBABLE, Map.of("evenhand.seed", "7"), changed);
    }
    try (OnnxClassifier written = OnnxClassifier.open(changed, TENSOR)) {
      assertThat(written.metadata()).containsEntry("evenhand.seed", "7");
    }
  }

  @Test
  void a_head_can_only_be_written_into_a_model_that_was_opened_with_it() {
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      assertRefused(
          deployed,
          new EditedHead(edited()),
          changed,
          "Only a model in an ONNX file, opened so that it shows what the change needs, can be written with it; this one is: "
              + deployed.describe());
    }
  }

  @Test
  void a_model_that_is_no_file_cannot_be_written() {
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      Change change = changes().get(0);
      assertRefused(
          change.applyTo(deployed),
          change,
          changed,
          "Only a model in an ONNX file, opened so that it shows what the change needs, can be written with it; this one is: "
              + deployed.describe());
    }
  }

  @Test
  void a_new_model_never_overwrites_the_deployed_one() {
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      byte[] before = HeadAssert.bytes(model);
      assertRefused(
          deployed,
          new NewModel(CLASSES, RandomNetworks.over(ROWS, 3, 4)),
          model,
          "'%s' is the deployed model itself; write the new model to another file."
              .formatted(model));
      assertThat(model).hasBinaryContent(before);
    }
  }

  @Test
  void a_correction_that_reads_the_answers_cannot_be_written_without_the_model() {
    Correction change = new Sharpened(RandomNetworks.over(ROWS, 3, 3));

    assertThatThrownBy(() -> NetworkExporter.exportCorrection(change, Map.of(), changed))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "The correction reads the model's answers, so it cannot be written without the model.");
  }

  private void assertRefused(DeployedModel deployed, Change change, Path target, String message) {
    assertThatThrownBy(
            () ->
                ChangeWriter.write(deployed, change, DecisionRule.MOST_PROBABLE, Map.of(), target))
        .isInstanceOf(OnnxException.class)
        .hasMessage(message);
    assertThat(changed).doesNotExist();
  }
}
