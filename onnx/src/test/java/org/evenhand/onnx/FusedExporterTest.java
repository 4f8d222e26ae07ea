package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenhand.onnx.GraphBuilder.attribute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.Column;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.Formula;
import org.evenhand.core.InputColumn;
import org.evenhand.core.ModelContract;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SecondRuntime.class)
class FusedExporterTest {
  private static final int ROWS = 200;
  private static final List<String> NUMBERS = List.of("a", "b", "c");
  private static final OnnxOptions TENSOR =
      OnnxOptions.of(ModelContract.none().withFeatures(NUMBERS));

  private final Path folder;
  private final Path model;
  private final Path fused;

  FusedExporterTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = folder.resolve("model.onnx");
    this.fused = folder.resolve("fused.onnx");
  }

  /** Three numbers, whole ones so that they fit every numeric input, and a text. */
  private static Table people() {
    Random random = new Random(5);
    List<Column> columns = new ArrayList<>();
    for (String name : NUMBERS) {
      columns.add(new NumericColumn(name, random.ints(ROWS, -3, 4).asDoubleStream().toArray()));
    }
    List<String> texts = List.of("red", "green", "blue", "");
    columns.add(TextColumn.of("colour", random.ints(ROWS, 0, 4).mapToObj(texts::get).toList()));
    return Table.of(columns);
  }

  private void assertBothRulesFuse(OnnxOptions options, DecisionRule rule, Table rows) {
    try (OnnxClassifier deployed = OnnxClassifier.open(model, options)) {
      Table read = rows.only(deployed.inputs().stream().map(InputColumn::name).toList());
      int classes = deployed.classes().size();
      FusedModelAssert.assertFusedEqualsLibrary(
          deployed, options, RandomNetworks.distilled(read, classes, 0.9, 3), rule, rows, fused);
      FusedModelAssert.assertFusedEqualsLibrary(
          deployed, options, RandomNetworks.tabulated(read, classes, 1, 4), rule, rows, fused);
      FusedModelAssert.assertFusedEqualsLibrary(
          deployed,
          options,
          RandomNetworks.ofTwoAttributes(read, classes, 1, 5),
          rule,
          rows,
          fused);
    }
  }

  @ParameterizedTest
  @CsvSource({"7,0", "8,0", "9,1", "11,0", "12,2", "13,0", "15,3", "18,4", "21,0"})
  void a_tensor_network_of_any_operator_set_is_fused(int opset, int mlVersion) {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .output("logits", ElementType.FLOAT, 3)
        .write(model, opset, mlVersion);

    assertBothRulesFuse(TENSOR, DecisionRule.MOST_PROBABLE, people());
  }

  @ParameterizedTest
  @CsvSource({"9,1", "11,2", "13,2", "18,3"})
  void maps_with_text_labels_stay_maps_with_text_labels(int opset, int mlVersion) {
    var labels = attribute("classlabels_strings", List.of("low", "middle", "high"));
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier("x", "output_label", "scores", labels)
        .output("output_label", ElementType.STRING)
        .zipMap("scores", "output_probability", labels)
        .write(model, opset, mlVersion);

    assertBothRulesFuse(TENSOR, DecisionRule.MOST_PROBABLE, people());
  }

  @ParameterizedTest
  @CsvSource({"9,1", "11,1", "13,2", "18,3"})
  void maps_with_integer_labels_stay_maps_with_integer_labels(int opset, int mlVersion) {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier(
            "x", "output_label", "scores", attribute("classlabels_ints", new long[] {10, 20, 30}))
        .output("output_label", ElementType.INT64)
        .zipMap(
            "scores",
            "output_probability",
            attribute("classlabels_int64s", new long[] {10, 20, 30}))
        .write(model, opset, mlVersion);

    assertBothRulesFuse(TENSOR, DecisionRule.MOST_PROBABLE, people());
  }

  @ParameterizedTest
  @CsvSource({"7", "8", "9", "11", "13", "18", "21"})
  void one_sigmoid_over_columns_of_all_types_is_fused(int opset) {
    SmallModel small =
        new SmallModel()
            .input("a", ElementType.INT64, 1)
            .input("b", ElementType.DOUBLE)
            .input("c", ElementType.INT32, 1)
            .input("colour", ElementType.STRING)
            .output("score", ElementType.FLOAT, 1);
    joinColumns(small).dense("x", "z", 1).then("Sigmoid", "z", "score").write(model, opset, 1);

    assertBothRulesFuse(OnnxOptions.defaults(), DecisionRule.threshold(0.6), people());
  }

  private static SmallModel joinColumns(SmallModel small) {
    GraphBuilder builder = small.builder;
    String a = builder.cast("a", ElementType.FLOAT);
    String b = builder.reshape(builder.cast("b", ElementType.FLOAT), -1, 1);
    String c = builder.cast("c", ElementType.FLOAT);
    builder.addNamed("", "Concat", "x", List.of(a, b, c), attribute("axis", 1));
    return small;
  }

  /** Adds to the third class where the column says "red", and half as much where it is unknown. */
  private record GivenColour(InputColumn.Kind kind) implements Correction {
    private PatchNetwork reader() {
      FeatureEncoder encoder =
          kind == InputColumn.Kind.TEXT
              ? new FeatureEncoder.OneHot("given", List.of("red"))
              : new FeatureEncoder.Standardized("given", 0, 1);
      return new PatchNetwork(
          new TableEncoder(List.of(encoder)),
          List.of(new DenseLayer(1, 2, new float[] {50, 0}, new float[] {0, 0})));
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public List<Patch> patches() {
      return List.of(reader());
    }

    @Override
    public List<InputColumn> furtherInputs() {
      return List.of(new InputColumn("given", kind));
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.times(formula.probabilities(reader()), new float[] {0, 0, 2, 0, 0, 0}, 3);
    }
  }

  private static Table withGiven(Table people, Column given) {
    List<Column> columns = new ArrayList<>(people.columns());
    columns.add(given);
    return Table.of(columns);
  }

  @Test
  void a_column_that_the_deployed_model_does_not_read_becomes_a_further_input() {
    network();
    Random random = new Random(8);
    List<String> texts = List.of("red", "green", "");
    Table texted =
        withGiven(
            people(),
            TextColumn.of("given", random.ints(ROWS, 0, 3).mapToObj(texts::get).toList()));
    Table numbered =
        withGiven(
            people(),
            new NumericColumn("given", random.ints(ROWS, -1, 2).asDoubleStream().toArray()));

    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      FusedModelAssert.assertFusedEqualsLibrary(
          deployed,
          TENSOR,
          new GivenColour(InputColumn.Kind.TEXT),
          DecisionRule.MOST_PROBABLE,
          texted,
          fused);
      FusedModelAssert.assertFusedEqualsLibrary(
          deployed,
          TENSOR,
          new GivenColour(InputColumn.Kind.NUMBER),
          DecisionRule.MOST_PROBABLE,
          numbered,
          folder.resolve("numbered.onnx"));
    }
  }

  @Test
  void a_column_that_the_deployed_model_reads_is_read_from_its_input() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .input("given", ElementType.STRING, 1)
        .dense("x", "logits", 3)
        .output("logits", ElementType.FLOAT, 3)
        .write(model, 13, 1);
    Random random = new Random(8);
    List<String> texts = List.of("red", "green", "");
    Table rows =
        withGiven(
            people(),
            TextColumn.of("given", random.ints(ROWS, 0, 3).mapToObj(texts::get).toList()));

    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      FusedModelAssert.assertFusedEqualsLibrary(
          deployed,
          TENSOR,
          new GivenColour(InputColumn.Kind.TEXT),
          DecisionRule.MOST_PROBABLE,
          rows,
          fused);
    }
  }

  @Test
  void a_further_input_must_not_bear_the_name_of_something_else_in_the_model() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "given", 3)
        .output("given", ElementType.FLOAT, 3)
        .write(model, 13, 1);

    assertRefused(
        TENSOR,
        new GivenColour(InputColumn.Kind.TEXT),
        fused,
        "The correction needs an input 'given', but something else in the model '%s' bears that name; rename the column."
            .formatted(model));
  }

  @Test
  void a_flat_sigmoid_stays_flat() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "z", 1)
        .output("score", ElementType.FLOAT)
        .then("Sigmoid", "z", "s")
        .flattened("s", "score")
        .write(model, 13, 0);

    assertBothRulesFuse(TENSOR, DecisionRule.MOST_PROBABLE, people());
  }

  @Test
  void a_single_logit_is_corrected_in_its_own_space() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logit", 1)
        .output("logit", ElementType.FLOAT, 1)
        .write(model, 13, 0);

    assertBothRulesFuse(TENSOR, DecisionRule.threshold(0.5), people());
  }

  @Test
  void declared_sigmoids_are_fused_into_a_distribution() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "z", 3)
        .then("Sigmoid", "z", "scores")
        .output("scores", ElementType.FLOAT, 3)
        .write(model, 13, 0);
    OnnxOptions options =
        OnnxOptions.of(
            ModelContract.none().withFeatures(NUMBERS).withOutput(ModelContract.SIGMOID));

    assertBothRulesFuse(options, DecisionRule.MOST_PROBABLE, people());
  }

  @Test
  void a_label_column_of_32_bit_keeps_its_shape_and_type() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .then("ArgMax", "logits", "wide", attribute("axis", 1))
        .then("Cast", "wide", "label", attribute("to", ElementType.INT32.code()))
        .output("label", ElementType.INT32, 1)
        .output("probabilities", ElementType.FLOAT, 3)
        .write(model, 13, 0);

    assertBothRulesFuse(TENSOR, DecisionRule.MOST_PROBABLE, people());
  }

  @Test
  void classes_named_by_the_user_may_be_named_again_for_the_fused_model() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logits", 3)
        .then("ArgMax", "logits", "label", attribute("axis", 1), attribute("keepdims", 0))
        .output("label", ElementType.INT64)
        .output("logits", ElementType.FLOAT, 3)
        .write(model, 13, 0);
    // As in the German credit data, whose classes 1 and 2 a network numbers from 0.
    OnnxOptions options =
        OnnxOptions.of(
            ModelContract.none().withFeatures(NUMBERS).withClasses(List.of("1", "2", "3")));

    assertBothRulesFuse(options, DecisionRule.MOST_PROBABLE, people());
  }

  @Test
  void names_that_the_deployed_model_already_uses_are_avoided() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "patch/dense0", 3)
        .then("Softmax", "patch/dense0", "probabilities", attribute("axis", 1))
        .then("Neg", "patch/dense0", "removal/correction")
        .then("Neg", "patch/dense0", "deployed/probabilities")
        .then("Identity", "probabilities", "original_probabilities")
        .then("Identity", "removal/correction", "flipped")
        .output("probabilities", ElementType.FLOAT, 3)
        .output("flipped", ElementType.FLOAT, 3)
        .write(model, 13, 0);
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      Table rows = people().only(NUMBERS);

      FusedOutputs added =
          FusedExporter.export(
              deployed,
              RandomNetworks.distilled(rows, 3, 1, 3),
              DecisionRule.MOST_PROBABLE,
              Map.of(),
              fused);

      assertThat(added).isEqualTo(new FusedOutputs("original_probabilities_2", "flipped_2"));
    }
    OnnxOptions options =
        OnnxOptions.of(ModelContract.none().withFeatures(NUMBERS).withOutput("probabilities"));
    assertBothRulesFuse(options, DecisionRule.MOST_PROBABLE, people());
  }

  @Test
  void a_fused_model_can_be_fused_again() throws IOException {
    Path first = folder.resolve("first.onnx");
    network();
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      FusedExporter.export(
          deployed, removal(), DecisionRule.MOST_PROBABLE, Map.of("by", "test"), first);
    }
    Files.copy(first, model, StandardCopyOption.REPLACE_EXISTING);

    assertBothRulesFuse(TENSOR, DecisionRule.MOST_PROBABLE, people());
  }

  @Test
  void what_was_done_is_written_into_the_file_beside_what_was_there() {
    network();
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      FusedExporter.export(
          deployed,
          removal(),
          DecisionRule.MOST_PROBABLE,
          Map.of("estimator", "S4", "date", "2026-11-22"),
          fused);
    }

    assertThat(ModelFile.read(fused).getMetadataPropsList())
        .extracting(entry -> entry.getKey() + "=" + entry.getValue())
        .containsExactly(
            "date=2026-11-22",
            "estimator=S4",
            "evenhand.flipped=flipped",
            "evenhand.original_probabilities=original_probabilities");
  }

  @Test
  void the_original_answers_can_be_read_from_the_fused_model_by_name() {
    network();
    Table rows = people();
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      FusedOutputs added =
          FusedExporter.export(deployed, removal(), DecisionRule.MOST_PROBABLE, Map.of(), fused);
      OnnxOptions original =
          OnnxOptions.of(
              ModelContract.none().withFeatures(NUMBERS).withOutput(added.originalProbabilities()));

      try (OnnxClassifier before = OnnxClassifier.open(fused, original)) {
        assertThat(((Answers.Soft) before.answer(rows)).logProbabilities())
            .isEqualTo(((Answers.Soft) deployed.answer(rows)).logProbabilities());
      }
    }
  }

  @Test
  void removing_nothing_changes_no_decision() {
    network();
    Table rows = people();
    try (OnnxClassifier deployed = OnnxClassifier.open(model, TENSOR)) {
      Removal nothing = new Removal(removal().rule(), new float[3], 0);
      FusedOutputs added =
          FusedExporter.export(deployed, nothing, DecisionRule.MOST_PROBABLE, Map.of(), fused);

      try (OnnxClassifier corrected = OnnxClassifier.open(fused, TENSOR)) {
        assertThat(corrected.rawOutput(added.flipped(), rows)).containsOnly(0);
      }
    }
  }

  private void network() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .dense("x", "logits", 3)
        .then("Softmax", "logits", "probabilities", attribute("axis", 1))
        .output("probabilities", ElementType.FLOAT, 3)
        .write(model, 13, 0);
  }

  private static Removal removal() {
    return RandomNetworks.distilled(people().only(NUMBERS), 3, 1, 3);
  }

  private void assertRefused(OnnxOptions options, Correction removal, Path target, String message) {
    try (OnnxClassifier deployed = OnnxClassifier.open(model, options)) {
      assertThatThrownBy(
              () ->
                  FusedExporter.export(
                      deployed, removal, DecisionRule.MOST_PROBABLE, Map.of(), target))
          .isInstanceOf(OnnxException.class)
          .hasMessage(message);
    }
  }

  @Test
  void a_patch_may_only_read_what_the_deployed_model_reads() {
    network();
    Removal removal = RandomNetworks.distilled(people(), 3, 1, 3);

    assertRefused(
        TENSOR,
        removal,
        fused,
        "The patch reads column 'colour', but the deployed model does not; train the patch on the"
            + " model's own inputs: a, b, c.");
    assertThat(fused).doesNotExist();
  }

  @Test
  void a_patch_must_read_a_column_as_the_deployed_model_does() {
    network();
    Table asText = Table.of(List.of(TextColumn.of("a", List.of("1", "2"))));

    assertRefused(
        TENSOR,
        RandomNetworks.distilled(asText, 3, 1, 3),
        fused,
        "The patch reads column 'a' as text, but the deployed model's input takes numbers.");
  }

  @Test
  void hard_labels_cannot_be_corrected() {
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier(
            "x", "label", "scores", attribute("classlabels_ints", new long[] {0, 1, 2}))
        .output("label", ElementType.INT64)
        .write(model, 13, 1);

    assertRefused(
        TENSOR,
        removal(),
        fused,
        "The model '%s' only names classes; only probabilities or logits can be corrected."
            .formatted(model));
  }

  @Test
  void the_rule_must_have_the_models_classes() {
    network();

    assertRefused(
        TENSOR,
        RandomNetworks.distilled(people().only(NUMBERS), 2, 1, 3),
        fused,
        "The correction is of 2 classes, but the model '%s' has 3.".formatted(model));
  }

  @Test
  void only_networks_can_be_exported() {
    network();
    BiasRule.Distilled foreign = new BiasRule.Distilled(new UniformPatch());

    assertRefused(
        TENSOR,
        new Removal(foreign, new float[3], 1),
        fused,
        "Only a PatchNetwork, an ImagePatch or a FeaturePatch can be exported, but the patch is a UniformPatch.");
  }

  private record UniformPatch() implements Patch {
    @Override
    public int outputs() {
      return 3;
    }

    @Override
    public double[] logProbabilities(Table inputs) {
      return new double[3 * inputs.rows()];
    }
  }

  @Test
  void a_model_that_is_too_old_is_named_with_its_operator_set() {
    var labels = attribute("classlabels_ints", new long[] {0, 1, 2});
    new SmallModel()
        .input("x", ElementType.FLOAT, 3)
        .linearClassifier("x", "label", "probabilities", labels)
        .output("probabilities", ElementType.FLOAT, 3)
        .write(model, 6, 1);

    assertRefused(
        TENSOR,
        removal(),
        fused,
        "The model '%s' uses operator set 6; fusing needs 7 or newer, so export it again."
            .formatted(model));
  }

  @Test
  void the_deployed_model_is_never_overwritten() throws IOException {
    network();
    byte[] before = Files.readAllBytes(model);

    assertRefused(
        TENSOR,
        removal(),
        folder.resolve("..").resolve(folder.getFileName()).resolve("model.onnx"),
        "'%s' is the deployed model itself; write the fused model to another file."
            .formatted(folder.resolve("..").resolve(folder.getFileName()).resolve("model.onnx")));
    assertThat(model).hasBinaryContent(before);
  }

  @Test
  void a_target_in_no_folder_is_refused() {
    network();
    Path target = folder.resolve("none").resolve("fused.onnx");

    assertRefused(
        TENSOR,
        removal(),
        target,
        "'%s' cannot be written because there is no folder '%s'; make it first."
            .formatted(target, target.getParent()));
  }
}
