package org.evenhand.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Removal;
import org.evenhand.core.ScoreOutput;
import org.evenhand.core.ScoreOutput.Layout;
import org.evenhand.core.ScoreScale;
import org.evenhand.core.ServedModel;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A correction as a model that is run after a served one. */
class StepExporterTest {
  private static final int ROWS = 40;
  private static final double TOLERANCE = 1e-6;
  private static final Classes NUMBERED = Classes.of("0", "1");

  private final Table people = people();
  private final Removal removal = RandomNetworks.distilled(people, 2, 1, 3);
  private Path file = Path.of("");

  @BeforeEach
  void place(@TempDir Path folder) {
    file = folder.resolve("step.onnx");
  }

  private static Table people() {
    SplittableRandom random = new SplittableRandom(5);
    return Table.of(
        List.of(
            new NumericColumn("age", random.doubles(ROWS, 18, 80).toArray()),
            new NumericColumn("income", random.doubles(ROWS, 0, 9).toArray()),
            TextColumn.of(
                "city",
                IntStream.range(0, ROWS)
                    .mapToObj(row -> List.of("A", "B").get(row % 2))
                    .toList())));
  }

  private static Answers.Soft answers(Classes classes) {
    SplittableRandom random = new SplittableRandom(9);
    double[] both = new double[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      both[2 * row + 1] = (float) random.nextDouble(0.2, 0.8);
      both[2 * row] = 1 - both[2 * row + 1];
    }
    return Answers.Soft.ofProbabilities(classes, both, Answers.FLOAT_FLOOR);
  }

  private static ServedModel served(ScoreOutput scores, Classes classes) {
    return new ServedModel(
        List.of(
            new ServedModel.Input("num", "FP64", 2, List.of("age", "income")),
            new ServedModel.Input("city", "BYTES", 1, List.of("city"))),
        scores,
        "FP32",
        classes);
  }

  private static ScoreOutput matrix() {
    return new ScoreOutput("p", Layout.MATRIX, ScoreScale.PROBABILITIES, 2);
  }

  @ParameterizedTest
  @EnumSource(ScoreScale.class)
  void a_step_corrects_scores_of_every_scale_and_form_as_the_library_does(ScoreScale scale) {
    Answers.Soft deployed = answers(NUMBERED);
    double[] expected = removal.apply(deployed, people).logProbabilities();
    for (ScoreOutput scores :
        List.of(
            new ScoreOutput("p", Layout.MATRIX, scale, 2),
            new ScoreOutput("p", Layout.SINGLE, scale, 1),
            new ScoreOutput("p", Layout.SINGLE, scale, 2),
            new ScoreOutput("p", Layout.COLUMNS, scale, 1, List.of("p", "q")))) {
      ServedModel served = served(scores, NUMBERED);
      StepExporter.export(served, removal, DecisionRule.MOST_PROBABLE, Map.of(), file);

      try (CorrectionStep step = CorrectionStep.open(file)) {
        Answers.Soft given = step.apply(deployed, people);

        assertThat(exp(given.logProbabilities())).containsExactly(exp(expected), within(TOLERANCE));
        assertThat(given.labels().orElseThrow())
            .isEqualTo(removal.apply(deployed, people).decisions(DecisionRule.MOST_PROBABLE));
      }
    }
  }

  private static double[] exp(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }

  @Test
  void onnx_runtime_alone_gets_probabilities_label_and_flag_from_scores_and_inputs()
      throws OrtException {
    Classes classes = Classes.of("no", "yes");
    DecisionRule rule = DecisionRule.threshold(0.45);
    Answers.Soft deployed = answers(classes);
    StepExporter.export(
        served(matrix(), classes), removal, rule, Map.of("evenhand.seed", "1"), file);
    int[] before = deployed.decisions(rule);
    Answers.Soft corrected = removal.apply(deployed, people);
    int[] after = corrected.decisions(rule);

    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor scores = OnnxTensor.createTensor(environment, scores(deployed));
        OnnxTensor numbers = OnnxTensor.createTensor(environment, numbers());
        OnnxTensor city =
            OnnxTensor.createTensor(
                environment,
                IntStream.range(0, ROWS)
                    .mapToObj(row -> ((TextColumn) people.column("city")).value(row))
                    .toArray(String[]::new));
        OrtSession.Result result =
            session.run(Map.of("model_p", scores, "num", numbers, "city", city))) {
      String[][] labels = (String[][]) result.get("label").orElseThrow().getValue();
      boolean[][] flipped = (boolean[][]) result.get("flipped").orElseThrow().getValue();
      float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
      int flips = 0;
      for (int row = 0; row < ROWS; row++) {
        assertThat(probabilities[row][1])
            .isCloseTo((float) Math.exp(corrected.logProbabilities()[2 * row + 1]), within(1e-6f));
        assertThat(labels[row]).containsExactly(classes.names().get(after[row]));
        assertThat(flipped[row]).containsExactly(before[row] != after[row]);
        flips += before[row] != after[row] ? 1 : 0;
      }
      assertThat(flips).isBetween(1, ROWS - 1);
    }
  }

  private static float[][] scores(Answers.Soft answers) {
    float[][] scores = new float[ROWS][2];
    for (int row = 0; row < ROWS; row++) {
      scores[row][0] = (float) Math.exp(answers.logProbabilities()[2 * row]);
      scores[row][1] = (float) Math.exp(answers.logProbabilities()[2 * row + 1]);
    }
    return scores;
  }

  private double[][] numbers() {
    double[][] numbers = new double[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      numbers[row] =
          new double[] {
            ((NumericColumn) people.column("age")).values()[row],
            ((NumericColumn) people.column("income")).values()[row]
          };
    }
    return numbers;
  }

  @Test
  void a_datatype_that_onnx_runtime_cannot_take_is_named() {
    ServedModel served =
        new ServedModel(
            List.of(new ServedModel.Input("num", "BF16", 2, List.of("age", "income"))),
            matrix(),
            "FP32",
            NUMBERED);

    assertThatThrownBy(
            () -> StepExporter.export(served, removal, DecisionRule.MOST_PROBABLE, Map.of(), file))
        .isInstanceOf(OnnxException.class)
        .hasMessage("'num' has datatype BF16, which a step in ONNX cannot take.");
  }
}
