package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.Classifier;
import org.evenhand.core.Correction;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.FeatureEncoder;
import org.evenhand.core.Formula;
import org.evenhand.core.InputColumn;
import org.evenhand.core.InputColumn.Kind;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Removal;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.ServedModel;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Written corrections in a program that asks the model itself. */
class CorrectionStepTest {
  private static final double TOLERANCE = 1e-6;
  private static final Classes CLASSES = Classes.of("no", "yes");
  private static final Table PEOPLE =
      Table.of(
          List.of(
              new NumericColumn("age", new double[] {34, Double.NaN, 61, 22}),
              TextColumn.of("city", List.of("A", "B", "B", ""))));
  private static final Classifier MODEL =
      Classifier.ofFunction(CLASSES, table -> new double[] {0.3, 0.62, 0.999, 0.47});

  private final Removal removal = RandomNetworks.distilled(PEOPLE, 2, 1, 3);
  private Path file = Path.of("");

  @BeforeEach
  void place(@TempDir Path folder) {
    file = folder.resolve("step.onnx");
  }

  private void write(Correction correction) {
    StepExporter.export(
        CLASSES, correction, DecisionRule.threshold(0.4), Map.of("evenhand.seed", "7"), file);
  }

  private static Answers.Soft answers() {
    return (Answers.Soft) MODEL.answer(PEOPLE);
  }

  private static double[] probabilities(Answers answers) {
    return Arrays.stream(((Answers.Soft) answers).logProbabilities()).map(Math::exp).toArray();
  }

  private static void assertRefused(Runnable use, String message) {
    assertThatThrownBy(use::run).isInstanceOf(OnnxException.class).hasMessage(message);
  }

  @Test
  void a_model_in_java_is_corrected_as_by_the_library_and_decides_by_the_rule() {
    write(removal);
    Answers.Soft expected = removal.apply(answers(), PEOPLE);

    try (CorrectionStep step = CorrectionStep.open(file)) {
      Answers given = step.after(MODEL).answer(PEOPLE);

      assertThat(probabilities(given)).containsExactly(probabilities(expected), within(TOLERANCE));
      assertThat(given.decisions(DecisionRule.OF_MODEL))
          .isEqualTo(expected.decisions(DecisionRule.threshold(0.4)));
      assertThat(step.after(MODEL).classes()).isEqualTo(CLASSES);
      assertThat(step.classes()).isEqualTo(CLASSES);
      assertThat(step.inputs())
          .containsExactly(new InputColumn("age", Kind.NUMBER), new InputColumn("city", Kind.TEXT));
      assertThat(step.metadata()).containsEntry("evenhand.seed", "7");
    }
  }

  @Test
  void answers_of_a_real_model_are_corrected_as_by_the_library() {
    Table people = DeployedModel.COMPAS_MLP.testSplit();
    try (OnnxClassifier model = OnnxClassifier.open(DeployedModel.COMPAS_MLP.path())) {
      Answers.Soft deployed = (Answers.Soft) model.answer(people);
      Table read = people.only(model.inputs().stream().map(InputColumn::name).toList());
      Removal real = RandomNetworks.distilled(read, 2, 1, 5);
      StepExporter.export(model.classes(), real, DecisionRule.MOST_PROBABLE, Map.of(), file);
      Answers.Soft expected = real.apply(deployed, people);

      try (CorrectionStep step = CorrectionStep.open(file)) {
        Answers.Soft given = step.apply(deployed, people);

        assertThat(probabilities(given))
            .containsExactly(probabilities(expected), within(TOLERANCE));
        assertThat(given.labels().orElseThrow())
            .isEqualTo(expected.decisions(DecisionRule.MOST_PROBABLE));
      }
    }
  }

  @Test
  void several_threads_get_the_answers_that_one_gets() {
    write(removal);
    try (CorrectionStep step = CorrectionStep.open(file)) {
      double[] expected = step.apply(answers(), PEOPLE).logProbabilities();

      assertThat(
              IntStream.range(0, 200)
                  .parallel()
                  .mapToObj(i -> step.apply(answers(), PEOPLE).logProbabilities())
                  .toList())
          .allSatisfy(given -> assertThat(given).containsExactly(expected));
    }
  }

  /** Adds to the second class where the column says 1; the deployed model does not read it. */
  private record Given() implements Correction {
    private static final PatchNetwork READER =
        new PatchNetwork(
            new TableEncoder(List.of(new FeatureEncoder.Standardized("given", 0, 1))),
            List.of(new DenseLayer(1, 2, new float[] {-50, 50}, new float[] {25, -25})));

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public List<Patch> patches() {
      return List.of(READER);
    }

    @Override
    public List<InputColumn> furtherInputs() {
      return List.of(new InputColumn("given", Kind.NUMBER));
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.times(formula.probabilities(READER), new float[] {0, 0, 0, 2}, 2);
    }
  }

  @Test
  void a_column_that_the_served_model_does_not_read_is_an_input_of_the_step() {
    Table given =
        Table.of(
            List.of(PEOPLE.column("age"), new NumericColumn("given", new double[] {1, 0, 1, 0})));
    StepExporter.export(
        new ServedModel(
            List.of(new ServedModel.Input("X", "FP64", 1, List.of("age"))),
            new ScoreOutput("p", Layout.SINGLE, ScoreScale.PROBABILITIES, 1),
            "FP64",
            CLASSES),
        new Given(),
        DecisionRule.MOST_PROBABLE,
        Map.of(),
        file);

    try (CorrectionStep step = CorrectionStep.open(file)) {
      assertThat(step.inputs()).containsExactly(new InputColumn("given", Kind.NUMBER));
      assertThat(probabilities(step.apply(answers(), given)))
          .containsExactly(probabilities(new Given().apply(answers(), given)), within(TOLERANCE));
    }
  }

  /** The same shift for everybody. */
  private record Prior() implements Correction {
    @Override
    public int classes() {
      return 2;
    }

    @Override
    public List<Patch> patches() {
      return List.of();
    }

    @Override
    public <T> T shift(Formula<T> formula) {
      return formula.everywhere(new float[] {0, 1});
    }
  }

  @Test
  void a_correction_that_asks_no_patch_reads_no_column() {
    write(new Prior());
    Table further = Table.of(List.of(new NumericColumn("x", new double[4])));

    try (CorrectionStep step = CorrectionStep.open(file)) {
      assertThat(step.inputs()).isEmpty();
      assertThat(probabilities(step.apply(answers(), further))[1])
          .isCloseTo(0.3 * Math.E / (0.7 + 0.3 * Math.E), within(TOLERANCE));
    }
  }

  @Test
  void nobody_is_corrected_to_nobody() {
    write(removal);
    int[] none = {};

    try (CorrectionStep step = CorrectionStep.open(file)) {
      assertThat(step.apply(answers().select(none), PEOPLE.select(none)).rows()).isZero();
    }
  }

  @Test
  void what_does_not_fit_is_refused_in_one_sentence() {
    write(removal);
    try (CorrectionStep step = CorrectionStep.open(file)) {
      Answers.Soft swapped =
          new Answers.Soft(Classes.of("yes", "no"), answers().logProbabilities());
      assertRefused(
          () -> step.apply(swapped, PEOPLE),
          "The correction is of a model that decides between no, yes, but the answers are between yes, no.");
      assertRefused(
          () -> step.apply(answers(), PEOPLE.select(new int[] {0})),
          "There are answers to 4 rows, but the table has 1.");
      assertThatThrownBy(() -> step.apply(answers(), PEOPLE.only(List.of("age"))))
          .hasMessage("The model reads column 'city', but the table has only age.");
      Classifier labels =
          new Classifier() {
            @Override
            public Classes classes() {
              return CLASSES;
            }

            @Override
            public Answers answer(Table inputs) {
              return new Answers.Hard(CLASSES, new int[inputs.rows()]);
            }

            @Override
            public void close() {}
          };
      assertThatThrownBy(() -> step.after(labels).answer(PEOPLE))
          .isInstanceOf(OnnxException.class)
          .hasMessageStartingWith(
              "The model answers with labels only; a correction needs its probabilities or logits.");
    }
  }

  @Test
  void a_file_that_is_no_step_is_refused_with_what_to_open() {
    NetworkExporter.exportPatch(removal.patches().get(0), Map.of(), file);

    assertRefused(
        () -> CorrectionStep.open(file),
        "'%s' is no correction that is run after a model: its metadata lack 'evenhand.classes'; open the file that erase wrote as a step, not a model or a patch."
            .formatted(file));
  }

  @Test
  void a_closed_step_cannot_be_used() {
    write(removal);
    CorrectionStep step = CorrectionStep.open(file);
    step.close();

    assertRefused(
        () -> step.apply(answers(), PEOPLE),
        "The model '%s' was closed and cannot be asked any more; open it again.".formatted(file));
  }
}
